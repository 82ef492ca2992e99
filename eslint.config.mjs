import stylistic from '@stylistic/eslint-plugin'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import ts from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { iconButtonName } from './tests/lint/icon-button-name.mjs'

const anywhere = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
  'eqeqeq': ['error', 'always'],
  'max-depth': ['error', 4],
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'no-console': 'error',
  'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' }],
  'prefer-const': 'error',
}

const typed = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false, properties: false } }],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
}

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.tsbuild/**', '.data/**', 'tests/test-results/**'] },
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: false, commaDangle: 'always-multiline', braceStyle: 'stroustrup' }),
  {
    rules: {
      '@stylistic/max-statements-per-line': ['error', { max: 2 }],
      '@stylistic/multiline-ternary': 'off',
      '@stylistic/operator-linebreak': ['error', 'before', { overrides: { '=': 'after' } }],
      '@stylistic/quote-props': 'off',
      '@stylistic/arrow-parens': 'off',
      '@stylistic/no-mixed-operators': 'off',
      '@stylistic/indent-binary-ops': 'off',
      '@stylistic/indent': 'off',
      '@stylistic/member-delimiter-style': ['error', { multiline: { delimiter: 'none' }, singleline: { delimiter: 'comma', requireLast: false }, overrides: { interface: { singleline: { delimiter: 'comma' } } } }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.base],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts', 'shared/vitest.config.ts', 'backend/vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    rules: { ...anywhere, ...typed },
  },
  {
    files: ['**/*.test.ts', '**/*.spec.ts', 'tests/**/*.ts'],
    // A scenario is told in one piece; the stand-in's console is its screen.
    rules: { 'max-lines': 'off', '@typescript-eslint/switch-exhaustiveness-check': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.vue'],
    extends: [...vue.configs['flat/recommended'], ...accessibility.configs['flat/recommended']],
    plugins: { '@typescript-eslint': ts.plugin, 'comptoir': { rules: { 'icon-button-name': iconButtonName } } },
    languageOptions: { parser: vueParser, parserOptions: { parser: ts.parser, sourceType: 'module' } },
    rules: {
      ...anywhere,
      '@typescript-eslint/no-unused-vars': 'off',
      'comptoir/icon-button-name': 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: true }],
      'vue/attributes-order': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': ['error', 2],
      'vue/html-self-closing': ['error', { html: { void: 'never', normal: 'any', component: 'always' } }],
      'vue/max-attributes-per-line': 'off',
      'vue/multi-word-component-names': ['error', { ignores: ['App'] }],
      'vue/multiline-html-element-content-newline': 'off',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vuejs-accessibility/label-has-for': 'off',
      'vuejs-accessibility/no-autofocus': 'off',
    },
  },
)

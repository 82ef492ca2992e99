import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const inertTypes = fileURLToPath(new URL('./inert-typebox.ts', import.meta.url))

/**
 * Leaves out of the page what it never runs, 16 kB of it (brotli):
 * - TypeBox: the browser reads a contract's method and path only, the server alone checks shapes;
 * - the kit's own way to its notes: `App.vue` loads them after the first screen;
 * - the kit's icons that only authors of Markdown can name (brands, documentation links).
 */
export function lean(): Plugin {
  return {
    name: 'comptoir:lean',
    apply: 'build',
    enforce: 'pre',
    resolveId: id => id === 'typebox' ? inertTypes : null,
    transform(code, id) {
      if (id.endsWith('/b24ui-nuxt/dist/runtime/components/App.vue'))
        return { code: code.replace('import B24Toaster from "./Toaster.vue";', 'const B24Toaster = null;'), map: null }
      if (!id.endsWith('/b24ui-nuxt/dist/runtime/dictionary/icons.js'))
        return null
      return { code: code.replace(/^ {2}\w+Icon,?$/gm, '').replace(/^ {2}MdnWebDocIcon: .*$/m, ''), map: null }
    },
  }
}

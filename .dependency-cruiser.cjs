/** The walls. Each says why; a new feature is walled from birth by the back-reference. */
const tests = '\\.test\\.ts$|/testing/'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no reading order.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-knows-nobody',
      comment: 'Both sides run shared code: it may know neither of them, and no runtime of one side.',
      severity: 'error',
      from: { path: '^shared/src', pathNot: tests },
      to: { pathNot: '^shared/src|node_modules/(\\.pnpm/)?(typebox|stdnum|ibantools)' },
    },
    {
      name: 'no-frontend-in-backend',
      comment: 'They meet in shared contracts only, types included.',
      severity: 'error',
      from: { path: '^backend/' },
      to: { path: '^frontend/' },
    },
    {
      name: 'no-backend-in-frontend',
      comment: 'They meet in shared contracts only, types included.',
      severity: 'error',
      from: { path: '^frontend/' },
      to: { path: '^backend/' },
    },
    {
      name: 'features-do-not-meet',
      comment: 'Two features meet in composition (app) or through a port that the consumer owns.',
      severity: 'error',
      from: { path: '^(frontend|backend)/src/features/([^/]+)/' },
      to: { path: '^$1/src/features/', pathNot: '^$1/src/features/$2/' },
    },
    {
      name: 'rules-stay-pure',
      comment: 'A file without a suffix is a rule or a use case: values and ports in, values out. Edges carry a suffix, compose.ts wires.',
      severity: 'error',
      from: { path: '^backend/src/features/', pathNot: '(\\.(routes|postgres|job|test)|/compose)\\.ts$|/testing/' },
      to: { path: '^backend/src/features/.*\\.postgres\\.ts$|^backend/src/platform/(storage|bitrix24|jobs)/|node_modules/(fastify|kysely|pg|pg-boss)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'Features stand on the platform, not the other way round.',
      severity: 'error',
      from: { path: '^(frontend|backend)/src/(platform|ui)/' },
      to: { path: '^(frontend|backend)/src/(features|app)/' },
    },
    {
      name: 'features-do-not-compose',
      comment: 'Composition knows the features; a feature never knows the composition.',
      severity: 'error',
      from: { path: '^(frontend|backend)/src/features/' },
      to: { path: '^frontend/src/app/|^(frontend|backend)/src/(app|main)\\.ts$' },
    },
    {
      name: 'chart-js-in-one-place',
      comment: 'One component owns the table twin, the summary and the states of every chart.',
      severity: 'error',
      from: { path: '^frontend/src/', pathNot: '^frontend/src/ui/(ChartFigure\\.vue|chart[^/]*|charts?/.*)' },
      to: { path: 'node_modules/.*chart\\.js' },
    },
    {
      name: 'sdk-in-one-place',
      comment: 'The host\'s SDK stays behind our frame adapter.',
      severity: 'error',
      from: { path: '^frontend/src/', pathNot: '^frontend/src/platform/' },
      to: { path: 'node_modules/.*b24jssdk' },
    },
    {
      name: 'no-tests-in-product',
      comment: 'The product never needs the stand-in or a factory.',
      severity: 'error',
      from: { path: '^(shared|backend|frontend)/src', pathNot: tests },
      to: { path: '^tests/' },
    },
    {
      name: 'portal-knows-no-app',
      comment: 'The stand-in would hide our faults if it knew us.',
      severity: 'error',
      from: { path: '^tests/portal/' },
      to: { path: '^(shared|backend|frontend)/src' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.tsbuild|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'], extensions: ['.ts', '.mjs', '.js', '.vue', '.json'] },
  },
}

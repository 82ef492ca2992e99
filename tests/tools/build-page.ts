import { buildOnce } from './build-once.ts'

/** Builds the frontend when one of its sources has changed since the last build. */
export const buildPage = (): void => buildOnce({
  title: 'Building the pages…',
  cwd: 'frontend',
  args: [],
  sources: ['frontend/{src,build,public}/**/*', 'frontend/*.{ts,html,json}', 'shared/src/**/*.ts'],
})

if (import.meta.main)
  buildPage()

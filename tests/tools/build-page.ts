import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Builds the frontend when one of its sources has changed since the last build. */
export function buildPage(): void {
  const stamp = join(root, 'frontend/dist/.built-from')
  const sources = globSync(['frontend/{src,build,public}/**/*', 'frontend/*.{ts,html,json}', 'shared/src/**/*.ts', 'pnpm-lock.yaml'], { cwd: root, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of sources)
    hash.update(file.slice(root.length)).update(readFileSync(file))
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return
  process.stderr.write('Building the pages…\n')
  const vite = join(root, 'frontend/node_modules/vite/bin/vite.js')
  // A test that builds the pages runs as NODE_ENV=test: Vue would come with its development warnings.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'frontend'), stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
  })
  if (status !== 0)
    process.exit(status ?? 1)
  writeFileSync(stamp, wanted)
}

if (import.meta.main)
  buildPage()

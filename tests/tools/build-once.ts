import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
const vite = join(root, 'frontend/node_modules/vite/bin/vite.js')

export interface Build {
  readonly title: string
  readonly cwd: string
  readonly args: readonly string[]
  /** Patterns of the files it is made from. */
  readonly sources: readonly string[]
}

/** Runs Vite when one of the sources has changed since the last build. */
export function buildOnce({ title, cwd, args, sources }: Build): void {
  const stamp = join(root, cwd, 'dist/.built-from')
  const files = globSync([...sources, 'pnpm-lock.yaml'], { cwd: root, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash.update(file.slice(root.length)).update(readFileSync(file))
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return
  process.stderr.write(`${title}\n`)
  // A test that builds runs as NODE_ENV=test: Vue would come with its development warnings.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], {
    cwd: join(root, cwd), stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
  })
  if (status !== 0)
    throw new Error(`The build failed: ${title}`)
  writeFileSync(stamp, wanted)
}

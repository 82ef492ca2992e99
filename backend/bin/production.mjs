// How the server runs in production; the demo and the benchmarks run it the same way.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

// A small nursery: bursts of a synchronisation leave a smaller heap behind. Below this the steps of a hundred
// waiting workflows no longer fit in it, and a third of the time goes into collecting them.
export const productionFlags = ['--max-semi-space-size=8']

export const productionEnvironment = {
  // Compiled code is kept: the start is quicker, and the compiler for types is never loaded (30 MB).
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/comptoir'),
  // glibc hands memory back instead of keeping it per thread for later (20 MB); elsewhere nobody reads these.
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '65536',
}

/** Fills the store of compiled code, so that the very first start finds it as every later one does. */
export function compileAhead(node) {
  if (existsSync(productionEnvironment.NODE_COMPILE_CACHE))
    return
  const program = `await import(${JSON.stringify(new URL('../src/app.ts', import.meta.url).href)}); process.exit()`
  spawnSync(node, ['--input-type=module', '--disable-warning=ExperimentalWarning', '--eval', program], {
    cwd: root, stdio: 'ignore', env: { ...process.env, ...productionEnvironment },
  })
}

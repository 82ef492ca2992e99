// How the server runs in production; the demo and the benchmarks run it the same way.
import { fileURLToPath } from 'node:url'

// A small nursery: bursts of a synchronisation leave a smaller heap behind. Below this the steps of a hundred
// waiting workflows no longer fit in it, and a third of the time goes into collecting them.
export const productionFlags = ['--max-semi-space-size=8']

export const productionEnvironment = {
  // Compiled code is kept: every start but the first is quicker.
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/comptoir', import.meta.url)),
  // glibc hands memory back instead of keeping it per thread for later (20 MB); elsewhere nobody reads these.
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '65536',
}

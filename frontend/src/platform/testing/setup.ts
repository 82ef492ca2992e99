import { afterEach } from 'vitest'

/** A test that reaches for the network fails: what it needs is handed in. */
const blocked: typeof fetch = (input) => {
  const address = input instanceof Request ? input.url : String(input)
  return Promise.reject(new TypeError(`the network is blocked in tests: ${address}`))
}
globalThis.fetch = blocked

// How long a component that is loaded late takes depends on the machine, and no test on the machine.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/vue')
  configure({ asyncUtilTimeout: 10_000 })
}

afterEach(async () => {
  globalThis.fetch = blocked
  if (typeof document === 'undefined')
    return
  const { cleanup } = await import('@testing-library/vue')
  cleanup()
})

/** A test that reaches for the network fails: what it needs is handed in. */
globalThis.fetch = (input) => {
  const address = input instanceof Request ? input.url : String(input)
  return Promise.reject(new TypeError(`the network is blocked in tests: ${address}`))
}

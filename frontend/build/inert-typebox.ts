/** A schema that can be put together like any other and says nothing. */
const inert: unknown = new Proxy(() => inert, {
  get: (_, name) => typeof name === 'symbol' ? undefined : inert,
})

/** Stands in for TypeBox's builder in the page; see lean.ts. */
export const Type = inert
export default inert

/** One thing that is not the same on both sides; a side that lacks it says nothing. */
export interface Difference {
  readonly path: readonly string[]
  readonly before?: unknown
  readonly after?: unknown
}

/** From one JSON value to another. Objects are compared name by name, everything else as a whole. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (isNamed(before) && isNamed(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap(name => differences(ownOf(before, name), ownOf(after, name), [...path, name]))
  }
  if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)))
    return []
  return [{ path, ...before !== undefined && { before }, ...after !== undefined && { after } }]
}

/** The same value with its names in alphabetical order, so that equal settings are equal texts. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted)
  if (!isNamed(value))
    return value
  return Object.fromEntries(Object.keys(value).sort().map(name => [name, sorted(value[name])]))
}

export const isNamed = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const ownOf = (value: Record<string, unknown>, name: string): unknown => Object.hasOwn(value, name) ? value[name] : undefined

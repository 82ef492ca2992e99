/** A PHP array as it comes out of json_encode: a list when its keys count up from 0, `[]` when it is empty. */
export function phpArray(entries: [string, unknown][]): unknown {
  if (entries.every(([key], at) => key === String(at)))
    return entries.map(([, value]) => value)
  return Object.fromEntries(entries)
}

/** An empty map leaves PHP as `[]`. */
export function phpMap(map: Record<string, unknown>): unknown {
  return phpArray(Object.entries(map))
}

/** The host writes in PHP: an empty map comes as a list, a list as a map, a text as a list of one. */
export const mapOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}

/** The names of the dialog's options come in either case, by the portal's version. */
export const lowerKeys = (value: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(mapOf(value)).map(([key, inner]) => [key.toLowerCase(), inner]))

export const valuesOf = (value: unknown): readonly unknown[] => {
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
  return value === undefined || value === null || value === '' ? [] : [value]
}

export const firstText = (value: unknown): string => {
  const [first] = valuesOf(value)
  return typeof first === 'string' || typeof first === 'number' ? String(first) : ''
}

/** Inner keys come as `Name` or as `NAME`, by the portal's version. */
export const innerText = (value: unknown, key: string): string => {
  const map = mapOf(value)
  return firstText(map[key] ?? map[key.toUpperCase()])
}

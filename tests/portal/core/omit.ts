/** A copy without some of its keys. */
export function omit<T extends object, K extends string>(record: T, ...keys: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !(keys as string[]).includes(key))) as Omit<T, K>
}

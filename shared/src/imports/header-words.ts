/** A header as words: no case, accents, punctuation or currency sign; "Paid_Date ", "PaidDate" and "paid date" are one. */
export const headerWords = (header: string): string => header
  .normalize('NFKD')
  .replace(/\p{M}/gu, '')
  .replace(/([a-z])([A-Z])/g, '$1 $2')
  .toLowerCase()
  .replace(/\(.*?\)|\[.*?\]/g, ' ')
  .replace(/[n№]°|nº|#/g, ' n ')
  .replace(/[^\p{L}\p{N}]+/gu, ' ')
  .trim()

/** The shape of a file: its headers in their order. Files of one shape share their mapping. */
export const headerSignature = (headers: readonly string[]): string => headers.map(headerWords).join('|')

const bigrams = (text: string): Map<string, number> => {
  const pairs = new Map<string, number>()
  for (let index = 0; index < text.length - 1; index++) {
    const pair = text.slice(index, index + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

/** Dice's coefficient over letter pairs: 1 for equal texts, 0 for nothing in common. */
export function likeness(one: string, other: string): number {
  if (one === other)
    return 1
  if (one.length < 2 || other.length < 2)
    return 0
  const [left, right] = [bigrams(one), bigrams(other)]
  let shared = 0
  for (const [pair, count] of left)
    shared += Math.min(count, right.get(pair) ?? 0)
  return 2 * shared / (one.length + other.length - 2)
}

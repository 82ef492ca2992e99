import { nameKey } from './name-key.ts'

/** As banks answer a verification of payee since October 2025; null where no holder is known to compare with. */
export type PayeeNameVerdict = 'match' | 'close' | 'no_match'

const wordsOf = (name: string): string[] => nameKey(name).split(' ').filter(word => word !== '' && word !== 'et')

/** Letters to insert, remove, replace or swap with their neighbour until one word is the other. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line[column] = Math.min(
        rows[row - 1]![column]! + 1, line[column - 1]! + 1, rows[row - 1]![column - 1]! + (isSame ? 0 : 1),
        isSwap ? rows[row - 2]![column - 2]! + 1 : Infinity,
      )
    }
    rows.push(line)
  }
  return rows.at(-1)!.at(-1)!
}

/** One slip in a short word or two in a long one; an initial stands for its word. */
const isAlike = (one: string, other: string): boolean =>
  one === other
  || (Math.min(one.length, other.length) === 1 && one[0] === other[0])
  || distance(one, other) <= (Math.min(one.length, other.length) >= 8 ? 2 : Math.min(one.length, other.length) >= 4 ? 1 : 0)

const isSaying = (word: string): boolean => word.length >= 3 && !/^\d+$/.test(word)

/** Every word of the shorter name has its own in the longer one, and one of them at least says something. */
function isPartOf(shorter: readonly string[], longer: readonly string[]): boolean {
  const left = [...longer]
  for (const word of shorter) {
    const place = left.findIndex(candidate => isAlike(word, candidate))
    if (place === -1)
      return false
    left.splice(place, 1)
  }
  return shorter.some(isSaying)
}

/**
 * Whether an account's holder is the vendor: legal forms, accents, signs and the order of words aside. What is cut short,
 * abbreviated or written with a slip is close; a person looks at it before paying.
 */
export function checkPayeeName(holder: string | null, legalName: string): PayeeNameVerdict | null {
  if (!holder?.trim())
    return null
  const [held, known] = [wordsOf(holder), wordsOf(legalName)]
  if (held.toSorted().join('') === known.toSorted().join('') || held.join('') === known.join(''))
    return 'match'
  const [shorter, longer] = held.length <= known.length ? [held, known] : [known, held]
  return isPartOf(shorter, longer) || isPartOf([held.join('')], [known.join('')]) ? 'close' : 'no_match'
}

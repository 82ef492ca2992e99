import type { FecLine } from './fec-file.ts'

export const fecFileFaultCodes = ['column_missing', 'bad_day', 'bad_account', 'bad_amount', 'unbalanced', 'gap', 'empty_text', 'no_opening'] as const
export type FecFileFaultCode = (typeof fecFileFaultCodes)[number]

export interface FecFileFault {
  readonly code: FecFileFaultCode
  readonly count: number
  /** Lines, entries or columns, a few of them. */
  readonly examples: string[]
}

const shown = 3
const fault = (code: FecFileFaultCode, found: readonly string[]): FecFileFault[] => found.length > 0 ? [{ code, count: found.length, examples: found.slice(0, shown) }] : []

/** Balance of each entry, numbering without gaps, texts that are there, balances of the year before. */
export function checkLines(lines: readonly FecLine[]): FecFileFault[] {
  const balances = new Map<string, number>()
  for (const { journal, entryNumber, entryOn, debitMinor, creditMinor } of lines) {
    const key = `${journal} ${entryNumber} ${entryOn}`
    balances.set(key, (balances.get(key) ?? 0) + debitMinor - creditMinor)
  }
  return [
    ...fault('unbalanced', [...balances].filter(([, balance]) => balance !== 0).map(([key]) => key)),
    ...fault('gap', missingNumbers(lines)),
    ...fault('empty_text', lines.filter(({ text, reference }) => text === '' && reference === '').map(({ lineNo }) => String(lineNo))),
    ...lines.length > 0 && !lines.some(({ isOpening }) => isOpening) ? [{ code: 'no_opening' as const, count: 1, examples: [] }] : [],
  ]
}

/** Numbers run through the file or through each journal: the law accepts both, so the kinder reading is taken. */
function missingNumbers(lines: readonly FecLine[]): string[] {
  const byJournal = Map.groupBy(lines, ({ journal }) => journal)
  const whole = gapsOf(lines, '')
  const each = [...byJournal].flatMap(([journal, of]) => gapsOf(of, journal))
  return whole.length <= each.length ? whole : each
}

const mostGaps = 1_000

function gapsOf(lines: readonly FecLine[], journal: string): string[] {
  const numbers = [...new Set(lines.map(({ entryNumber }) => Number(/\d+$/.exec(entryNumber)?.[0] ?? Number.NaN)).filter(Number.isSafeInteger))].sort((a, b) => a - b)
  const gaps: string[] = []
  for (let at = 1; at < numbers.length && gaps.length < mostGaps; at++) {
    for (let number = numbers[at - 1]! + 1; number < numbers[at]! && gaps.length < mostGaps; number++)
      gaps.push(`${journal} ${number}`.trim())
  }
  return gaps
}

import type { RowIssue } from '@comptoir/shared/imports/row-context'
import type { SettledRow } from './import-batch.ts'
import type { CarriedCounts } from './import-record.ts'

export const noCounts: CarriedCounts = {
  rows: 0, usableRows: 0, purchasesCreated: 0, purchasesKnown: 0, sums: {}, negativeRows: 0, firstDay: null, lastDay: null, notes: {},
}

/** Said of nearly every row when said at all: one note for the file instead of a line for each. */
export const noteCodes: ReadonlySet<string> = new Set(['date.period_proposed', 'currency.no_rate'])

const notedLines = 20

const earlier = (one: string | null, other: string): string => one === null || other < one ? other : one
const later = (one: string | null, other: string): string => one === null || other > one ? other : one

function addNotes(notes: CarriedCounts['notes'], issues: ReadonlyMap<number, readonly RowIssue[]>): CarriedCounts['notes'] {
  const sum: Record<string, CarriedCounts['notes'][string]> = { ...notes }
  for (const [line, found] of issues) {
    for (const { code, severity } of found.filter(issue => noteCodes.has(issue.code))) {
      const known = sum[code] ?? { severity, count: 0, lines: [] }
      sum[code] = { severity, count: known.count + 1, lines: known.lines.length < notedLines ? [...known.lines, line] : known.lines }
    }
  }
  return sum
}

export interface BatchCounts {
  readonly rows: number
  readonly settled: readonly SettledRow[]
  readonly issues: ReadonlyMap<number, readonly RowIssue[]>
  readonly purchasesCreated: number
}

export function addCounts(counts: CarriedCounts, batch: BatchCounts): CarriedCounts {
  const purchases = batch.settled.flatMap(({ purchase }) => purchase ?? [])
  const sums = { ...counts.sums }
  let { firstDay, lastDay, negativeRows } = counts
  for (const { amountMinor, currency, day } of purchases) {
    sums[currency] = (sums[currency] ?? 0) + amountMinor
    negativeRows += amountMinor < 0 ? 1 : 0
    firstDay = earlier(firstDay, day)
    lastDay = later(lastDay, day)
  }
  return {
    rows: counts.rows + batch.rows,
    usableRows: counts.usableRows + batch.settled.length,
    purchasesCreated: counts.purchasesCreated + batch.purchasesCreated,
    purchasesKnown: counts.purchasesKnown + purchases.length - batch.purchasesCreated,
    sums,
    negativeRows,
    firstDay,
    lastDay,
    notes: addNotes(counts.notes, batch.issues),
  }
}

import { AppError } from '@comptoir/shared/errors'
import { foldAdCosts, readAdCost, type AdCost, type AdCostPlan, type AdCostReading, type AdFault, type KeyedAdCost } from '@comptoir/shared/sources/ad-cost'
import { planOfSettings, type AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { AdCostReadingReport } from '@comptoir/shared/sources/source.contract'
import type { SourceTable } from './read-table.ts'

const shownRows = 8
const shownLines = 5

/** What a table would become, and what of it would not. Null while day, cost or channel is missing. */
export function reportReading(table: SourceTable, settings: AdCostSettings): AdCostReadingReport | null {
  const plan = planOfSettings(settings, table.headers)
  if (!plan)
    return null
  const faults = new Map<AdFault, { count: number, lines: number[] }>()
  const note = (fault: AdFault, line: number | null): void => {
    const known = faults.get(fault) ?? { count: 0, lines: [] }
    faults.set(fault, { count: known.count + 1, lines: line !== null && known.lines.length < shownLines ? [...known.lines, line] : known.lines })
  }
  const accepted: AdCost[] = []
  for (const { line, cells } of table.rows) {
    const reading = readAdCost(cells, plan)
    if (reading.ok)
      accepted.push(reading.row)
    else
      note(reading.fault, line)
  }
  const { rows, mixed } = foldAdCosts(accepted)
  for (let left = mixed; left > 0; left--)
    note('currency_mixed', null)
  const days = rows.map(({ day }) => day).sort()
  return {
    accepted: accepted.length - mixed,
    keys: rows.length,
    faults: [...faults].map(([fault, { count, lines }]) => ({ fault, count, lines })),
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    costs: costsOf(rows),
    rows: table.rows.slice(0, shownRows).map(({ line, cells }) => shownRow(line, readAdCost(cells, plan))),
  }
}

const nothing = { day: null, channel: null, campaign: null, impressions: null, clicks: null, costMinor: null, currency: null }
const shownRow = (line: number, reading: AdCostReading): AdCostReadingReport['rows'][number] =>
  reading.ok ? { line, ...reading.row, fault: null } : { line, ...nothing, fault: reading.fault }

function costsOf(rows: readonly KeyedAdCost[]): { currency: string, minor: number }[] {
  const sums = new Map<string, number>()
  for (const { currency, costMinor } of rows)
    sums.set(currency, (sums.get(currency) ?? 0) + costMinor)
  return [...sums].map(([currency, minor]) => ({ currency, minor }))
}

export interface ReadDelivery {
  readonly rows: readonly KeyedAdCost[]
  readonly read: number
  readonly refused: number
}

/**
 * The rows of a delivery, one per key.
 * @throws AppError source.columns_missing, source.no_rows
 */
export function readDelivery(table: SourceTable, settings: AdCostSettings): ReadDelivery {
  const plan = planOfSettings(settings, table.headers)
  if (!plan)
    throw new AppError('source.columns_missing')
  const { rows, mixed } = foldAdCosts(acceptedRows(table, plan))
  const accepted = [...acceptedRows(table, plan)].length - mixed
  if (accepted === 0)
    throw new AppError('source.no_rows', { details: { rows: table.rows.length } })
  return { rows, read: table.rows.length, refused: table.rows.length - accepted }
}

function* acceptedRows(table: SourceTable, plan: AdCostPlan): Generator<AdCost> {
  for (const { cells } of table.rows) {
    const reading = readAdCost(cells, plan)
    if (reading.ok)
      yield reading.row
  }
}

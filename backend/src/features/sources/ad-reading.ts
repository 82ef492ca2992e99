import { parseDate } from '@comptoir/shared/imports/dates'
import { AppError } from '@comptoir/shared/errors'
import { foldAdCosts, minorOf, readAdCost, withoutTotal, type AdCost, type AdCostPlan, type AdCostReading, type AdFault, type KeyedAdCost } from '@comptoir/shared/sources/ad-cost'
import { lastDayColumn, planOfSettings, type AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { AdCostReadingReport } from '@comptoir/shared/sources/source.contract'
import { withBreath } from '../../platform/pace/breath.ts'
import type { SourceTable } from './read-table.ts'

const shownRows = 8
const shownLines = 5

type Faults = Map<AdFault, { count: number, lines: number[] }>

interface ReadRows {
  /** Rows under their keys. */
  readonly rows: readonly KeyedAdCost[]
  /** Rows of the table that are in them. */
  readonly accepted: number
  readonly faults: Faults
  /** The line that only repeats the sum of the others. */
  readonly totalLine: number | null
}

async function readRows({ rows: lines }: SourceTable, plan: AdCostPlan): Promise<ReadRows> {
  const faults: Faults = new Map()
  const note = (fault: AdFault, line: number | null): void => {
    const known = faults.get(fault) ?? { count: 0, lines: [] }
    faults.set(fault, { count: known.count + 1, lines: line !== null && known.lines.length < shownLines ? [...known.lines, line] : known.lines })
  }
  const lineOf = new Map<AdCost, number>()
  await withBreath(lines, ({ line, cells }) => {
    const reading = readAdCost(cells, plan)
    if (reading.ok)
      lineOf.set(reading.row, line)
    else
      note(reading.fault, line)
  })
  const { rows: sound, total } = withoutTotal([...lineOf.keys()])
  const totalLine = total && (lineOf.get(total) ?? null)
  if (total)
    note('total', totalLine)
  const { rows, mixed } = await foldAdCosts(sound, withBreath)
  for (let left = mixed; left > 0; left--)
    note('currency_mixed', null)
  return { rows, accepted: sound.length - mixed, faults, totalLine }
}

/** What a table would become, and what of it would not. Null while day, cost or channel is missing. */
export async function reportReading(table: SourceTable, settings: AdCostSettings): Promise<AdCostReadingReport | null> {
  const plan = planOfSettings(settings, table.headers)
  if (!plan)
    return null
  const { rows, accepted, faults, totalLine } = await readRows(table, plan)
  const days = [...new Set(rows.map(({ day }) => day))].sort()
  return {
    accepted,
    keys: rows.length,
    faults: [...faults].map(([fault, { count, lines }]) => ({ fault, count, lines })),
    longer: await countLonger(table.rows.filter(({ line }) => line !== totalLine), lastDayColumn(table.headers), plan),
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    costs: costsOf(rows),
    impressions: sumOf(rows, 'impressions'),
    clicks: sumOf(rows, 'clicks'),
    rows: table.rows.slice(0, shownRows).map(({ line, cells }) => shownRow(line, line === totalLine ? { ok: false, fault: 'total' } : readAdCost(cells, plan))),
  }
}

/** Rows that tell of several days at once. */
async function countLonger(rows: SourceTable['rows'], last: number, plan: AdCostPlan): Promise<number> {
  const dayIn = (cell: string | undefined): string | null => {
    const read = parseDate(cell ?? '', plan.dateOrder)
    return read.ok ? read.day : null
  }
  let longer = 0
  await withBreath(last < 0 ? [] : rows, ({ cells }) => {
    longer += (dayIn(cells[last]) ?? '') > (dayIn(cells[plan.columns.day ?? -1]) ?? '9999') ? 1 : 0
  })
  return longer
}

const nothing = { day: null, channel: null, campaign: null, impressions: null, clicks: null, costMinor: null, currency: null }

function shownRow(line: number, reading: AdCostReading): AdCostReadingReport['rows'][number] {
  if (!reading.ok)
    return { line, ...nothing, fault: reading.fault }
  const { costParts, ...row } = reading.row
  return { line, ...row, costMinor: minorOf({ costParts }), fault: null }
}

function costsOf(rows: readonly KeyedAdCost[]): { currency: string, minor: number }[] {
  const sums = new Map<string, number>()
  for (const { currency, costMinor } of rows)
    sums.set(currency, (sums.get(currency) ?? 0) + costMinor)
  return [...sums].map(([currency, minor]) => ({ currency, minor }))
}

/** Null where nobody counted. */
const sumOf = (rows: readonly KeyedAdCost[], count: 'impressions' | 'clicks'): number | null =>
  rows.reduce<number | null>((sum, row) => row[count] === null ? sum : (sum ?? 0) + row[count], null)

export interface ReadDelivery {
  readonly rows: readonly KeyedAdCost[]
  readonly read: number
  readonly refused: number
}

/**
 * The rows of a delivery, one per key.
 * @throws AppError source.columns_missing, source.no_rows
 */
export async function readDelivery(table: SourceTable, settings: AdCostSettings): Promise<ReadDelivery> {
  const read = table.rows.length
  const plan = planOfSettings(settings, table.headers)
  if (!plan && read > 0)
    throw new AppError('source.columns_missing')
  const { rows, accepted } = plan ? await readRows(table, plan) : { rows: [], accepted: 0 }
  if (accepted === 0)
    throw new AppError('source.no_rows', { details: { rows: read } })
  return { rows, read, refused: read - accepted }
}

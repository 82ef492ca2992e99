import { sql, type RawBuilder } from 'kysely'
import { addDays } from '@comptoir/shared/insights/calendar'
import type { Measure, MetricDefinition, Subject, TimeBasis } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { isBound, type DayRange } from '@comptoir/shared/insights/period'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { leadCreatedOn } from './answered-leads.postgres.ts'
import type { Ask } from './ask.ts'
import { kindsOf, partsOfCells, tallyOfCells, tallyOfCycles, type Cell, type CycleCell } from './cells.ts'
import { closedCells, cycleCells, dayCells, daysOfDeals, type Split } from './closed-deals.postgres.ts'
import { costedParts } from './costed-deals.postgres.ts'
import { customerTally } from './customer-source.postgres.ts'
import { judgedRange, needsCost, youngRange } from './deal-source.postgres.ts'
import { invoicedOn } from './receivables.postgres.ts'
import { keepLessons, usesLessons } from './lessons.postgres.ts'
import { isMedianAmount, medianTally } from './median-amount.postgres.ts'
import { openCells, staleTally, weightedParts } from './open-deals.postgres.ts'
import { paidParts } from './paid-origins.postgres.ts'
import { countParts, countRecords } from './sources.postgres.ts'
import { purchasesWithoutDeal, spendCells, spendDays } from './spend.postgres.ts'
import { isOfWorkedDays, isOfWorkedDeals, workedParts, workedTally } from './worked-deals.postgres.ts'

/** Vendors and people beyond this are in the total, not in the parts. */
export const partsAtMost = 50

const whole: Split = { kind: 'none' }

export async function readTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  if (usesLessons(metric))
    await keepLessons(db, ask)
  if (metric.measure === 'weighted' && isRolledUp(metric, ask))
    return (await weightedParts(db, ask, whole)).get('')!
  if (needsCost(metric) && isRolledUp(metric, ask))
    return (await costedParts(db, metric, ask, whole)).get('') ?? emptyTally
  if (metric.channels === 'paid')
    return (await paidParts(db, metric, ask, whole)).get('') ?? emptyTally
  if (!isAddedUp(metric, ask))
    return (ask.segment === null ? partlyAdded(metric) : countRecords)(db, metric, ask)
  if (metric.measure === 'cycle_days') {
    const [closed, cycles] = await Promise.all([closedCells(db, ask, whole), cycleCells(db, ask, whole)])
    return cycleTally(metric, closed, cycles)
  }
  const [cells, withoutDeal, young] = await Promise.all([
    readCells(db, metric, ask, whole),
    metric.subject === 'purchase' ? purchasesWithoutDeal(db, ask) : 0,
    metric.timeBasis === 'cohort' ? countYoung(db, ask) : 0,
  ])
  const tally = withDealless(tallyOfCells(metric, cells), withoutDeal)
  return young > 0 ? { ...tally, leftOut: { ...tally.leftOut, too_young: young } } : tally
}

/** Where no rollup says the whole number, one may say a part of it; no rollup knows segments. */
function partlyAdded(metric: MetricDefinition): typeof countRecords {
  if (metric.subject === 'customer')
    return customerTally
  if (isMedianAmount(metric))
    return medianTally
  if (metric.favourable === 'stale')
    return staleTally
  return isOfWorkedDeals(metric) ? workedTally : countRecords
}

export async function readTallies(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  if (usesLessons(metric))
    await keepLessons(db, ask)
  // Nothing is added up by company or source.
  if (split.kind === 'customer' || split.kind === 'source')
    return countParts(db, metric, ask, split)
  if (metric.measure === 'weighted' && isRolledUp(metric, ask))
    return weightedParts(db, ask, split)
  if (needsCost(metric) && isRolledUp(metric, ask))
    return costedParts(db, metric, ask, split)
  if (metric.channels === 'paid')
    return paidParts(db, metric, ask, split)
  if (isOfWorkedDays(metric, ask, split))
    return workedParts(db, metric, ask, split)
  if (!isAddedUp(metric, ask))
    return countParts(db, metric, ask, split)
  if (metric.measure !== 'cycle_days')
    return partsOfCells(metric, await readCells(db, metric, ask, split))
  const [closed, cycles] = await Promise.all([closedCells(db, ask, split), cycleCells(db, ask, split)])
  const won = partsOfCells(metricCatalogue.deals_won, closed)
  const byKey = Map.groupBy(cycles, ({ key }) => key ?? '')
  return new Map([...won].map(([key, tally]) => [key, tallyOfCycles(byKey.get(key) ?? [], tally)]))
}

const readOneByOne: readonly Measure[] = ['margin_at_risk', 'activities', 'stage_days', 'discount', 'list_value']

/** Whether a rollup answers it; everything else is counted record by record: rollups know no segments. */
function isAddedUp(metric: MetricDefinition, { segment }: Ask): boolean {
  const { subject, channels, timeBasis, measure, aggregate, favourable } = metric
  if (subject === 'purchase')
    return true
  if (subject !== 'deal' || channels === 'paid' || segment !== null || needsCost(metric) || readOneByOne.includes(measure) || favourable === 'stale')
    return false
  return ['closed', 'created', 'cohort', 'now'].includes(timeBasis) && !(measure === 'amount' && aggregate === 'median')
}

/** Whether its number costs the same on a thousand deals and on a million. */
export const isRolledUp = (metric: MetricDefinition, ask: Ask): boolean => isAddedUp(metric, ask) || (metric.measure === 'weighted' || needsCost(metric)) && ask.segment === null

export function cycleTally(metric: MetricDefinition, closed: readonly Cell[], cycles: readonly CycleCell[]): Tally {
  const won = tallyOfCells({ ...metricCatalogue.deals_won, leavesOut: metric.leavesOut }, closed)
  return tallyOfCycles(cycles, won)
}

export const withDealless = (tally: Tally, purchases: number): Tally =>
  purchases > 0 ? { ...tally, leftOut: { ...tally.leftOut, without_deal: purchases } } : tally

async function countYoung(db: Database, ask: Ask): Promise<number> {
  const cells = await dayCells(db, { ...ask, range: youngRange(ask) }, whole, ['created'])
  return cells.reduce((sum, { records }) => sum + records, 0)
}

function readCells(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Cell[]> {
  const { timeBasis } = metric
  if (timeBasis === 'now')
    return openCells(db, ask, split)
  if (timeBasis === 'spent')
    return spendCells(db, ask, split, split.kind === 'vendor' ? { atMost: partsAtMost } : {})
  return dayCells(db, timeBasis === 'cohort' ? { ...ask, range: judgedRange(ask) } : ask, split, timeBasis === 'closed' ? ['won', 'lost'] : kindsOf(metric))
}

/** The days on which a range without limits begins and ends for this metric. */
export async function readDataDays(db: Database, metric: MetricDefinition, ask: Ask): Promise<DayRange> {
  if (isBound(ask.range))
    return ask.range
  const [first] = metric.ingredients
  if (first !== undefined)
    return readDataDays(db, metricCatalogue[first], ask)
  if (metric.subject === 'ad_cost')
    return columnDays(db, ask, { table: sql`ad_costs`, day: sql`day` })
  if (metric.measure === 'response_hours')
    return columnDays(db, ask, { table: sql`crm_leads`, day: leadCreatedOn(ask, sql`crm_leads`) })
  if (metric.timeBasis === 'spent')
    return spendDays(db, ask)
  if (metric.timeBasis === 'created' || metric.timeBasis === 'cohort')
    return daysOfDeals(db, ask, ['created'])
  const column = subjectDays[metric.subject] ?? dayColumns[metric.timeBasis]
  if (!column)
    return daysOfDeals(db, ask, ['won', 'lost'])
  const days = await columnDays(db, ask, column)
  return ['owed', 'overdue', 'scored'].includes(metric.timeBasis) ? { ...days, to: addDays(ask.today, 1) } : days
}

interface DayColumn { readonly table: RawBuilder<unknown>, readonly day: RawBuilder<unknown> }

const issued: DayColumn = { table: sql`payables`, day: sql`issued_on` }
const invoiced: DayColumn = { table: sql`crm_invoices`, day: invoicedOn(sql`crm_invoices`) }
const dayColumns: Partial<Record<TimeBasis, DayColumn>> = {
  planned: { table: sql`crm_deals`, day: sql`case when semantics = 'P' then closes_on end` },
  postponed: { table: sql`crm_deal_plans`, day: sql`old_on` },
  promised: { table: sql`purchase_order_lines`, day: sql`promised_on` },
  issued,
  owed: issued,
  overdue: issued,
}
const subjectDays: Partial<Record<Subject, DayColumn>> = {
  receivable: invoiced,
  vendor_invoice: { table: sql`vendor_invoices`, day: sql`issued_on` },
  scored_vendor: { table: sql`scorecard_months`, day: sql`(month + interval '1 month' - interval '1 day')::date` },
  forecast: { table: sql`forecast_snapshots`, day: sql`from_month` },
}

async function columnDays(db: Database, { portalId }: Ask, { table, day }: DayColumn): Promise<DayRange> {
  const { rows: [row] } = await sql<{ from: string | null, to: string | null }>`
    select min(${day}) as from, max(${day}) + 1 as to from ${table} where portal_id = ${portalId}`.execute(db)
  return row ?? { from: null, to: null }
}

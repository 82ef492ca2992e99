import { sql, type RawBuilder } from 'kysely'
import { addDays, addMonths, daysBetween, startOfMonth } from '@comptoir/shared/insights/calendar'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Measure, MetricDefinition, MetricId } from '@comptoir/shared/insights/metric'
import { isBound, splitMonths, type BoundRange, type DayRange } from '@comptoir/shared/insights/period'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { tallyOfCells } from './cells.ts'
import { closedCells, isDayIn, isMomentIn, type Split } from './closed-deals.postgres.ts'
import { dealSource } from './deal-source.postgres.ts'
import { tallyOfTotals, totalsOf, type Narrowed, type RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

/** Companies with a won deal: those of the time before the period, or of the period itself. */
export function customerSource(metric: MetricDefinition, ask: Ask, { leftOut }: Narrowed): RecordSource {
  if (leftOut !== undefined)
    return dealSource({ ...metricCatalogue.deals_won, leavesOut: [] }, { ...ask, range: soldRange(metric, ask) }, { leftOut })
  const { worth, where } = worthOf(metric)
  return {
    entity: 'customer',
    rank: {
      order: sql`k.last_at`,
      value: sql`(extract(epoch from k.last_at) * 1000000)::bigint`,
      from: rank => sql`(timestamptz 'epoch' + ${rank}::bigint * interval '1 microsecond')`,
    },
    id: sql`k.company_id`,
    idType: 'integer',
    worth,
    isFavourable: favourable(metric, ask),
    from: customers(metric, ask, soldDeals),
    where,
    key: () => sql`null::text`,
  }
}

/** The same added up, from months where those are kept. */
export async function customerTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const [{ rows }, won] = await Promise.all([
    totalsOf({ ...customerSource(metric, ask, {}), from: customers(metric, ask, sold) }, { split: whole, aggregate: metric.aggregate }).execute(db),
    metric.leavesOut.length > 0 ? wonDeals(db, metric, ask) : emptyTally,
  ])
  return { ...tallyOfTotals(rows), leftOut: won.leftOut }
}

/** What won deals of the time that its sum speaks of are left out. */
async function wonDeals(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const range = soldRange(metric, ask)
  const [cells, { rows: [row] }] = await Promise.all([
    closedCells(db, { ...ask, range }, whole),
    sql<{ deals: number }>`select coalesce(sum(s.deals), 0)::int as deals from (${sold(ask, range, true)}) s`.execute(db),
  ])
  const { records } = tallyOfCells(metricCatalogue.deals_won, cells)
  const { leftOut } = tallyOfCells({ ...metricCatalogue.revenue_won, leavesOut: metric.leavesOut }, cells)
  return { ...emptyTally, leftOut: { ...leftOut, ...metric.leavesOut.includes('without_company') && records > row!.deals && { without_company: records - row!.deals } } }
}

const whole: Split = { kind: 'none' }

/** The time whose won deals a figure of customers speaks of. */
function soldRange(metric: MetricDefinition, ask: Ask): DayRange {
  const range = baseRange(metric, ask)
  return isRecurring(metric) ? { from: range.from, to: elapsed(ask).to } : range
}

export const isRecurring = ({ measure }: MetricDefinition): boolean => measure.startsWith('revenue_')

/** What companies bought: rows of one deal or of many, of the time that makes them customers or of the period after it. */
type Sold = (ask: Ask, range: DayRange, isBase: boolean) => RawBuilder<unknown>

const soldDeals: Sold = (ask, range, isBase) => sql`
  select d.company_id, ${sql.lit(isBase)} as is_base, 1 as deals, (d.amount_base_minor is not null)::int as priced, coalesce(d.amount_base_minor, 0) as amount, d.closed_at as at
  from crm_deals d where ${isWon(ask, range)}`

/** Whole months as they were added up for everybody; of some people's deals each one. */
const sold: Sold = (ask, range, isBase) => {
  const { months, edges } = isUnfiltered(ask) ? splitMonths(range) : { months: null, edges: [range] }
  const pieces = [
    ...months ? [sql`
      select company_id, ${sql.lit(isBase)} as is_base, deal_count as deals, priced_count as priced, amount_base_minor as amount, null::timestamptz as at
      from insight_customer_months where portal_id = ${ask.portalId} and deal_count > 0 and ${isDayIn(months, sql`month`)}`] : [],
    ...edges.map(edge => soldDeals(ask, edge, isBase)),
  ]
  return pieces.length > 0 ? sql.join(pieces, sql` union all `) : soldDeals(ask, range, isBase)
}

const isWon = (ask: Ask, during: DayRange): RawBuilder<boolean> => sql`d.portal_id = ${ask.portalId} and d.semantics = 'S' and d.company_id > 0
  and ${isMomentIn(during, ask.timeZone, sql`d.closed_at`)} and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}`

/** Customers with what they bought; those of the time before with what they bought in the period, too. */
function customers(metric: MetricDefinition, ask: Ask, source: Sold): RawBuilder<unknown> {
  const base = source(ask, baseRange(metric, ask), true)
  return sql`(
    select company_id, max(at) filter (where is_base) as last_at, sum(deals) filter (where is_base) as deals, sum(priced) filter (where is_base) as priced,
      sum(amount) filter (where is_base)::bigint as amount, coalesce(sum(deals) filter (where not is_base), 0) as later_deals,
      coalesce(sum(amount) filter (where not is_base), 0)::bigint as later_amount
    from (${metric.timeBasis === 'before' ? sql`${base} union all ${source(ask, elapsed(ask), false)}` : base}) s
    group by company_id having bool_or(is_base)) k`
}

/** Several sums of revenue that comes again from one reading of the deals. */
export async function readRecurring(db: Database, metrics: readonly MetricDefinition[], ask: Ask): Promise<Map<MetricId, Tally>> {
  const totals = metrics.map((metric) => {
    const { worth, where } = worthOf(metric)
    return sql`json_build_array(count(*) filter (where ${where}), coalesce(sum(${worth}) filter (where ${where}), 0))`
  })
  const { rows: [row] } = await sql<{ totals: [number, number][] }>`
    select json_build_array(${sql.join(totals)}) as totals from ${customers(metricCatalogue.recurring_start, ask, sold)}`.execute(db)
  return new Map(metrics.map(({ id }, at) => {
    const [records, sum] = row!.totals[at]!
    return [id, { ...emptyTally, records, sum }]
  }))
}

type Worth = Pick<RecordSource, 'worth' | 'where'>

/** Who bought for nothing in the time before has no revenue that could come again. */
const worths: Partial<Record<Measure, Worth>> = {
  revenue_before: { worth: sql`k.amount`, where: sql`k.amount > 0` },
  revenue_more: { worth: sql`(k.later_amount - k.amount)`, where: sql`k.amount > 0 and k.later_amount > k.amount` },
  revenue_less: { worth: sql`(k.amount - k.later_amount)`, where: sql`k.amount > 0 and k.later_deals > 0 and k.later_amount < k.amount` },
  revenue_lost: { worth: sql`k.amount`, where: sql`k.amount > 0 and k.later_deals = 0` },
  amount: { worth: sql`k.amount`, where: sql`k.priced > 0` },
}

const worthOf = ({ measure }: MetricDefinition): Worth => worths[measure] ?? { worth: sql`1`, where: sql`true` }

function favourable({ favourable: part }: MetricDefinition, ask: Ask): RawBuilder<boolean> {
  if (part === null)
    return sql`false`
  if (part !== 'again')
    return part === 'kept' ? sql`k.later_deals > 0` : sql`k.later_deals = 0`
  const earlier = { from: null, to: ask.range.from }
  return earlier.to === null ? sql`k.deals > 1` : sql`(k.deals > 1 or exists (select from crm_deals d where d.company_id = k.company_id and ${isWon(ask, earlier)}))`
}

/** Of a period that still runs, what has passed of it. */
const elapsed = ({ range, today }: Ask): DayRange => {
  const end = addDays(today, 1)
  return { from: range.from, to: range.to === null || range.to > end ? end : range.to }
}

/** The period itself, or the time before it: as many months where it is of whole months, else as many days. */
function baseRange({ timeBasis }: MetricDefinition, ask: Ask): DayRange {
  const range = elapsed(ask)
  if (timeBasis !== 'before' || !isBound(range) || range.from >= range.to)
    return timeBasis === 'before' ? { from: ask.range.from, to: ask.range.from } : ask.range
  return before(range)
}

function before({ from, to }: BoundRange): BoundRange {
  const isWhole = from === startOfMonth(from) && to === startOfMonth(to)
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return { from: isWhole ? addMonths(from, -months) : addDays(from, -daysBetween(from, to)), to: from }
}

import { sql, type RawBuilder } from 'kysely'
import { addDays, addMonths, daysBetween, startOfMonth } from '@comptoir/shared/insights/calendar'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Measure, MetricDefinition, MetricId } from '@comptoir/shared/insights/metric'
import { isBound, type BoundRange, type DayRange } from '@comptoir/shared/insights/period'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { isMomentIn } from './closed-deals.postgres.ts'
import { dealSource } from './deal-source.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

/** Companies with a won deal: those of the time before the period, or of the period itself. */
export function customerSource(metric: MetricDefinition, ask: Ask, { leftOut }: Narrowed): RecordSource {
  const range = baseRange(metric, ask)
  if (leftOut !== undefined)
    return dealSource({ ...metricCatalogue.deals_won, leavesOut: [] }, { ...ask, range: isRecurring(metric) ? { from: range.from, to: elapsed(ask).to } : range }, { leftOut })
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
    isFavourable: favourable(metric, ask, during => sql`exists (select from crm_deals d where d.company_id = k.company_id and ${isWon(ask, during)})`),
    from: isRecurring(metric) ? recurring(ask, range) : sql`(
      select d.company_id, max(d.closed_at) as last_at, count(*) as deals, sum(d.amount_base_minor)::bigint as amount from crm_deals d where ${isWon(ask, range)} group by 1) k`,
    where,
    key: () => sql`null::text`,
  }
}

const isWon = (ask: Ask, during: DayRange): RawBuilder<boolean> => sql`d.portal_id = ${ask.portalId} and d.semantics = 'S' and d.company_id > 0
  and ${isMomentIn(during, ask.timeZone, sql`d.closed_at`)} and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}`

export const isRecurring = ({ measure }: MetricDefinition): boolean => measure.startsWith('revenue_')

/** Customers of the time before, with what they bought then and in the period. */
function recurring(ask: Ask, before: DayRange): RawBuilder<unknown> {
  const during = elapsed(ask)
  const isBefore = isMomentIn(before, ask.timeZone, sql`d.closed_at`)
  const isDuring = isMomentIn(during, ask.timeZone, sql`d.closed_at`)
  return sql`(
    select d.company_id, max(d.closed_at) filter (where ${isBefore}) as last_at, count(*) filter (where ${isDuring}) as deals,
      coalesce(sum(d.amount_base_minor) filter (where ${isBefore}), 0)::bigint as before, coalesce(sum(d.amount_base_minor) filter (where ${isDuring}), 0)::bigint as during
    from crm_deals d where ${isWon(ask, { from: before.from, to: during.to })} group by 1) k`
}

/** Several sums of revenue that comes again from one reading of the deals. */
export async function readRecurring(db: Database, metrics: readonly MetricDefinition[], ask: Ask): Promise<Map<MetricId, Tally>> {
  const totals = metrics.map((metric) => {
    const { worth, where } = worthOf(metric)
    return sql`json_build_array(count(*) filter (where ${where}), coalesce(sum(${worth}) filter (where ${where}), 0))`
  })
  const { rows: [row] } = await sql<{ totals: [number, number][] }>`
    select json_build_array(${sql.join(totals)}) as totals from ${recurring(ask, baseRange(metricCatalogue.recurring_start, ask))}`.execute(db)
  return new Map(metrics.map(({ id }, at) => {
    const [records, sum] = row!.totals[at]!
    return [id, { ...emptyTally, records, sum }]
  }))
}

type Worth = Pick<RecordSource, 'worth' | 'where'>

/** Who bought for nothing in the time before has no revenue that could come again. */
const worths: Partial<Record<Measure, Worth>> = {
  revenue_before: { worth: sql`k.before`, where: sql`k.before > 0` },
  revenue_more: { worth: sql`(k.during - k.before)`, where: sql`k.before > 0 and k.during > k.before` },
  revenue_less: { worth: sql`(k.before - k.during)`, where: sql`k.before > 0 and k.deals > 0 and k.during < k.before` },
  revenue_lost: { worth: sql`k.before`, where: sql`k.before > 0 and k.deals = 0` },
  amount: { worth: sql`k.amount`, where: sql`k.amount is not null` },
}

const worthOf = ({ measure }: MetricDefinition): Worth => worths[measure] ?? { worth: sql`1`, where: sql`true` }

function favourable({ favourable: part }: MetricDefinition, ask: Ask, bought: (during: DayRange) => RawBuilder<boolean>): RawBuilder<boolean> {
  if (part === null)
    return sql`false`
  if (part === 'again')
    return ask.range.from === null ? sql`k.deals > 1` : sql`(k.deals > 1 or ${bought({ from: null, to: ask.range.from })})`
  return part === 'kept' ? bought(elapsed(ask)) : sql`not ${bought(elapsed(ask))}`
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

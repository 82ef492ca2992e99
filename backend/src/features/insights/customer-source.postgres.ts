import { sql, type RawBuilder } from 'kysely'
import { addDays, addMonths, daysBetween, startOfMonth } from '@comptoir/shared/insights/calendar'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { isBound, type BoundRange, type DayRange } from '@comptoir/shared/insights/period'
import type { Ask } from './ask.ts'
import { isMomentIn } from './closed-deals.postgres.ts'
import { dealSource } from './deal-source.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

/** Companies with a won deal: those of the time before the period, or of the period itself. */
export function customerSource(metric: MetricDefinition, ask: Ask, { leftOut }: Narrowed): RecordSource {
  const range = baseRange(metric, ask)
  if (leftOut !== undefined)
    return dealSource({ ...metricCatalogue.deals_won, leavesOut: [] }, { ...ask, range }, { leftOut })
  const won = (during: DayRange): RawBuilder<boolean> => sql`d.portal_id = ${ask.portalId} and d.semantics = 'S' and d.company_id > 0
    and ${isMomentIn(during, ask.timeZone, sql`d.closed_at`)} and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}`
  const bought = (during: DayRange): RawBuilder<boolean> => sql`exists (select from crm_deals d where d.company_id = k.company_id and ${won(during)})`
  return {
    entity: 'customer',
    rank: {
      order: sql`k.last_at`,
      value: sql`(extract(epoch from k.last_at) * 1000000)::bigint`,
      from: rank => sql`(timestamptz 'epoch' + ${rank}::bigint * interval '1 microsecond')`,
    },
    id: sql`k.company_id`,
    idType: 'integer',
    worth: sql`1`,
    isFavourable: favourable(metric, ask, bought),
    from: sql`(select d.company_id, max(d.closed_at) as last_at, count(*) as deals from crm_deals d where ${won(range)} group by 1) k`,
    where: sql`true`,
    key: () => sql`null::text`,
  }
}

function favourable({ favourable: part }: MetricDefinition, ask: Ask, bought: (during: DayRange) => RawBuilder<boolean>): RawBuilder<boolean> {
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

import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { splitMonths } from '@comptoir/shared/insights/period'
import type { Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { tallyOfCells } from './cells.ts'
import { closedCells, isClosedIn, isDayIn } from './closed-deals.postgres.ts'
import { dealSource } from './deal-source.postgres.ts'
import { tallyOfTotals, totalsOf, type DirectTotals } from './record-page.postgres.ts'

export const isMedianAmount = ({ subject, measure, aggregate }: MetricDefinition): boolean => subject === 'deal' && measure === 'amount' && aggregate === 'median'

/** Records and what is left out as they were added up; of the amounts only the middle ones are read. */
export async function medianTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const middle = isUnfiltered(ask) ? middleOfAll(ask) : totalsOf(dealSource(metric, ask, {}), { split: { kind: 'none' }, aggregate: 'median' })
  const [cells, { rows }] = await Promise.all([closedCells(db, ask, { kind: 'none' }), middle.execute(db)])
  return { ...tallyOfCells(metric, cells), histogram: tallyOfTotals(rows).histogram }
}

/** Buckets of amounts say in which of them the middle lies; only its deals are put in order. */
function middleOfAll(ask: Ask): RawBuilder<DirectTotals> {
  const { months, edges } = splitMonths(ask.range)
  const won = sql`portal_id = ${ask.portalId} and semantics = 'S' and amount_base_minor is not null`
  const counts = [
    sql`select null::bigint as bucket, 0 as records where false`,
    ...months ? [sql`select bucket, deal_count from insight_deal_amounts where portal_id = ${ask.portalId} and ${isDayIn(months, sql`month`)}`] : [],
    ...edges.map(edge => sql`select insight_amount_bucket(amount_base_minor), 1 from crm_deals where ${won} and ${isClosedIn(edge, ask.timeZone)}`),
  ]
  return sql`
    with buckets as (
      select bucket, sum(records) as records from (${sql.join(counts, sql` union all `)}) counts group by 1 having sum(records) > 0
    ), ranked as (
      select bucket, lead(bucket) over upwards as next_bucket, sum(records) over upwards as upto, records, (sum(records) over ())::int as total
      from buckets window upwards as (order by bucket)
    ), middle as (
      select min(bucket) as low, case when bool_or(next_bucket is null) then 9223372036854775807 else max(next_bucket) end as high, min(upto - records) as below, min(total) as total
      from ranked where upto >= (total + 1) / 2 and upto - records < total / 2 + 1
    ), amounts as (
      select amount_base_minor as amount, count(*) as records from crm_deals
      where ${won} and amount_base_minor >= (select low from middle) and amount_base_minor < (select high from middle) and ${isClosedIn(ask.range, ask.timeZone)}
      group by 1
    ), placed as (
      select amount, middle.below + sum(amounts.records) over (order by amount) as upto, middle.total from amounts, middle
    )
    select null as key, null::float8 as worth, total as records, 0 as sum, 0 as favourable_records, 0 as favourable_sum,
      (min(amount) filter (where upto >= (total + 1) / 2))::float8 as low,
      ((min(amount) filter (where upto >= (total + 1) / 2) + min(amount) filter (where upto >= total / 2 + 1)) / 2.0)::float8 as middle
    from placed group by total`
}

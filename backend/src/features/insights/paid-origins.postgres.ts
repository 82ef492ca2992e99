import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { addTallies, emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { isDayIn, keyOf, type Split } from './closed-deals.postgres.ts'
import { campaignOf, dealOrigins, leadOrigins, originColumns, readPaidChannels, type OriginColumn } from './marketing-sources.postgres.ts'

interface OriginRow { key: string | null, sourceId: string, utmSource: string, utmCampaign: string, records: number, amount: number, withoutAmount: number, withoutRate: number }

/** What came through channels whose cost in the period is known; of an amount with what it leaves out. */
export async function paidParts(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  const [{ rules, paid }, { rows }] = await Promise.all([
    readPaidChannels(db, ask),
    sql<OriginRow>`
      select ${split.kind === 'time' ? keyOf(split, sql`day`) : sql`null::text`} as key, source_id as "sourceId", utm_source as "utmSource", utm_campaign as "utmCampaign",
        sum(record_count)::int as records, sum(amount_base_minor)::bigint as amount, sum(without_amount)::int as "withoutAmount", sum(without_rate)::int as "withoutRate"
      from ${isOfDays(metric, ask) ? days(metric, ask) : sql`(${records(metric, ask)}) records`}
      group by 1, 2, 3, 4 having sum(record_count) <> 0`.execute(db),
  ])
  const known = rows
    .map(row => ({ ...row, channel: rules.ofOrigin(row).key, campaign: campaignOf(row.utmCampaign) }))
    .filter(({ channel, campaign }) => paid.has(channel) && (ask.channel ?? channel) === channel && (ask.campaign ?? campaign) === campaign)
  const byKey = Map.groupBy(known, row => split.kind === 'channel' ? row.channel : split.kind === 'campaign' ? row.campaign : row.key ?? '')
  return new Map([...byKey].map(([key, own]) => [key, addTallies(own.map(row => tallyOfOrigin(metric, row)))]))
}

/** Days added up as leads and deals came know nobody's share, and no customer's first deal. */
const isOfDays = ({ measure }: MetricDefinition, ask: Ask): boolean => measure !== 'first_deal' && isUnfiltered(ask)

const days = ({ subject }: MetricDefinition, { portalId, range }: Ask): RawBuilder<unknown> =>
  sql`insight_origin_days where portal_id = ${portalId} and kind = ${subject === 'lead' ? 'lead' : 'won'} and ${isDayIn(range, sql`day`)}`

/** The same of leads and deals one by one. */
function records(metric: MetricDefinition, ask: Ask): RawBuilder<unknown> {
  const isOfLeads = metric.subject === 'lead'
  const { from, where, origin } = isOfLeads ? leadOrigins(ask) : dealOrigins(metric.measure === 'amount' ? { ...metric, measure: 'one' } : metric, ask, {})
  const column = (name: OriginColumn): RawBuilder<unknown> => sql`coalesce(${origin(name)}, '') as ${sql.ref(name)}`
  return sql`
    select (${isOfLeads ? sql`k.created_at` : sql`d.closed_at`} at time zone ${ask.timeZone})::date as day, ${sql.join(originColumns.map(column))}, 1 as record_count,
      ${isOfLeads ? sql`0 as amount_base_minor, 0 as without_amount, 0 as without_rate` : sql`coalesce(d.amount_base_minor, 0) as amount_base_minor, (d.amount_minor is null)::int as without_amount,
      (d.amount_minor is not null and d.amount_base_minor is null)::int as without_rate`}
    from ${from} where ${where}`
}

function tallyOfOrigin({ measure, leavesOut }: MetricDefinition, { records, amount, withoutAmount, withoutRate }: OriginRow): Tally {
  if (measure !== 'amount')
    return { ...emptyTally, records, sum: records }
  const unpriced = { without_amount: withoutAmount, without_rate: withoutRate }
  return {
    ...emptyTally,
    records: records - withoutAmount - withoutRate,
    sum: amount,
    leftOut: Object.fromEntries(Object.entries(unpriced).filter(([reason, deals]) => deals > 0 && leavesOut.some(one => one === reason))),
  }
}

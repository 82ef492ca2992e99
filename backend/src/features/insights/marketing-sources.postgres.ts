import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition, MissingReason } from '@comptoir/shared/insights/metric'
import { channelRules } from '@comptoir/shared/sources/channels'
import { adCostRows, adCostWorth, isWithoutLead, readChannelNames } from '../../platform/records/channels.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { isDayIn, isMomentIn } from './closed-deals.postgres.ts'
import { byMoment, dealSource } from './deal-source.postgres.ts'
import { byDay } from './purchasing-sources.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isAboutPeople } from './rights.postgres.ts'

/** What advertising cost is told of the company as a whole: beside some of its deals it would say nothing. */
export function companyObstacle({ subject, ingredients }: Pick<MetricDefinition, 'subject' | 'ingredients'>, ask: Ask): MissingReason | null {
  const isWhole = ask.categoryIds === null && ask.segment === null && ask.lock === null
  if (subject === 'ad_cost' && !(isWhole && ask.userIds === null) || subject === 'lead' && !isWhole)
    return 'company_wide'
  return ingredients.includes('ad_spend') && !isUnfiltered(ask) ? 'company_wide' : null
}

/** Rows of cost as they were delivered. */
export const adCostSource = (ask: Ask, { leftOut }: Narrowed): RecordSource => ({
  entity: 'ad_cost',
  rank: byDay(sql`c.day`),
  id: adCostId,
  idType: 'uuid',
  worth: adCostWorth,
  isFavourable: sql`false`,
  from: adCostRows,
  where: sql`c.portal_id = ${ask.portalId} and ${isDayIn(ask.range, sql`c.day`)} and ${adCostWorth} is ${leftOut === 'without_rate' ? sql`null` : sql`not null`}`,
  key: split => split.kind === 'time' ? sql`date_trunc(${sql.lit(split.bucket)}, c.day)::date::text` : sql`null::text`,
})

/** Its key is what the row says; one value stands for it in a list. */
export const adCostId = sql`md5(concat_ws(chr(10), c.source_id, c.day, c.channel_key, c.campaign_key))::uuid`

/** Leads, and deals that were made without one: those have their number below zero. */
export async function leadSource(db: Database, ask: Ask): Promise<RecordSource> {
  const created = (column: RawBuilder<unknown>): RawBuilder<boolean> => isMomentIn(ask.range, ask.timeZone, column)
  const from = sql`(
    select l.lead_id as id, l.created_at, l.source_id, l.utm_source from crm_leads l
    where l.portal_id = ${ask.portalId} and ${created(sql`l.created_at`)} and ${isAboutPeople(ask, sql`l.assigned_by_id`)}
    union all
    select -d.deal_id, d.created_at, d.source_id, d.utm_source from crm_deals d
    where d.portal_id = ${ask.portalId} and ${created(sql`d.created_at`)} and ${isAboutPeople(ask, sql`d.assigned_by_id`)} and ${isWithoutLead}) k`
  return {
    entity: 'lead',
    rank: byMoment(sql`k.created_at`),
    id: sql`k.id`,
    idType: 'integer',
    worth: sql`1`,
    isFavourable: sql`false`,
    from,
    where: await isPaid(db, ask, { from, where: sql`true`, sourceId: sql`k.source_id`, utmSource: sql`k.utm_source` }),
    key: split => split.kind === 'time' ? sql`date_trunc(${sql.lit(split.bucket)}, (k.created_at at time zone ${ask.timeZone})::date)::date::text` : sql`null::text`,
  }
}

/** Won deals whose origin, or whose lead's, is a channel that cost something. */
export async function paidDealSource(db: Database, metric: MetricDefinition, { ask, narrowed }: { ask: Ask, narrowed: Narrowed }): Promise<RecordSource> {
  const deals = dealSource(metric, ask, narrowed)
  const own = (column: 'source_id' | 'utm_source'): RawBuilder<unknown> => sql`coalesce(nullif(${sql.ref(`d.${column}`)}, ''), ${sql.ref(`o.${column}`)})`
  const from = sql`${deals.from} left join crm_leads o on o.portal_id = d.portal_id and o.lead_id = d.lead_id`
  const isOfPaid = await isPaid(db, ask, { from, where: deals.where, sourceId: own('source_id'), utmSource: own('utm_source') })
  return { ...deals, from, where: sql`${deals.where} and ${isOfPaid}` }
}

interface WithOrigins extends Pick<RecordSource, 'from' | 'where'> { readonly sourceId: RawBuilder<unknown>, readonly utmSource: RawBuilder<unknown> }

/** Whether an origin stands with a channel whose cost in the period is known, by the rules of the marketing report. */
async function isPaid(db: Database, { portalId, range }: Ask, { from, where, sourceId, utmSource }: WithOrigins): Promise<RawBuilder<boolean>> {
  const [names, costs, origins] = await Promise.all([
    readChannelNames(db, portalId),
    sql<{ key: string }>`select distinct c.channel_key as key from ${adCostRows} where c.portal_id = ${portalId} and ${isDayIn(range, sql`c.day`)} and ${adCostWorth} is not null`.execute(db),
    sql<{ sourceId: string, utmSource: string }>`select coalesce(${sourceId}, '') as "sourceId", coalesce(${utmSource}, '') as "utmSource" from ${from} where ${where} group by 1, 2`.execute(db),
  ])
  const rules = channelRules(names)
  const paid = new Set(costs.rows.map(({ key }) => rules.ofCost(key).key))
  const known = origins.rows.filter(origin => paid.has(rules.ofOrigin(origin).key))
  return sql`(coalesce(${sourceId}, ''), coalesce(${utmSource}, '')) in (
    select * from unnest(${known.map(origin => origin.sourceId)}::text[], ${known.map(origin => origin.utmSource)}::text[]))`
}

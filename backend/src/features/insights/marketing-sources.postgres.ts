import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition, MissingReason } from '@comptoir/shared/insights/metric'
import { foldName } from '@comptoir/shared/sources/ad-cost'
import { channelRules } from '@comptoir/shared/sources/channels'
import { adCostRows, adCostWorth, isWithoutLead, readChannelNames } from '../../platform/records/channels.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { isDayIn, isMomentIn, type Split } from './closed-deals.postgres.ts'
import { unlocked } from './lock.postgres.ts'
import { byMoment, dealSource } from './deal-source.postgres.ts'
import { byDay } from './purchasing-sources.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isAboutPeople } from './rights.postgres.ts'

/** What advertising cost is told of the company as a whole: beside some of its deals it would say nothing. */
export function companyObstacle({ subject, ingredients }: Pick<MetricDefinition, 'subject' | 'ingredients'>, ask: Ask): MissingReason | null {
  const isWhole = ask.categoryIds === null && ask.segment === null && ask.lock === null
  if (subject === 'ad_cost' && !(isWhole && ask.userIds === null) || subject === 'lead' && !isWhole)
    return 'company_wide'
  if (subject === 'scored_vendor' && !isUnfilteredButForCompany(ask))
    return 'company_wide'
  return ingredients.includes('ad_spend') && !isUnfiltered(ask) ? 'company_wide' : null
}

/** Scores hang on vendors, and on nobody's deals. */
const isUnfilteredButForCompany = (ask: Ask): boolean => {
  const { userIds, categoryIds, segment, lock } = ask.lock?.kind === 'company' ? unlocked(ask) : ask
  return userIds === null && categoryIds === null && segment === null && lock === null
}

/** What carries no campaign is one part of its own. */
const noCampaign = 'none'
export const campaignOf = (name: string): string => foldName(name) || noCampaign

/** Rows of cost as they were delivered. */
export async function adCostSource(db: Database, ask: Ask, { leftOut }: Narrowed): Promise<RecordSource> {
  const names = await readChannelNames(db, ask.portalId)
  const { ofCost } = channelRules(names)
  const keys = [...names.adChannels.keys()]
  const [channel, campaign] = [sql`o.channel`, sql`coalesce(nullif(c.campaign_key, ''), ${noCampaign})`]
  return {
    entity: 'ad_cost',
    rank: byDay(sql`c.day`),
    id: adCostId,
    idType: 'uuid',
    worth: adCostWorth,
    isFavourable: sql`false`,
    from: sql`${adCostRows} join unnest(${keys}::text[], ${keys.map(key => ofCost(key).key)}::text[]) as o (channel_key, channel) on o.channel_key = c.channel_key`,
    where: sql`c.portal_id = ${ask.portalId} and ${isDayIn(ask.range, sql`c.day`)} and ${adCostWorth} is ${leftOut === 'without_rate' ? sql`null` : sql`not null`}
      and ${isOfPart(ask, { channel, campaign })}`,
    key: split => marketingKey(split, { channel, campaign }) ?? (split.kind === 'time' ? sql`date_trunc(${sql.lit(split.bucket)}, c.day)::date::text` : sql`null::text`),
  }
}

/** Its key is what the row says; one value stands for it in a list. */
export const adCostId = sql`md5(concat_ws(chr(10), c.source_id, c.day, c.channel_key, c.campaign_key))::uuid`

/** Leads, and deals that were made without one: those have their number below zero. */
export async function leadSource(db: Database, ask: Ask): Promise<RecordSource> {
  return {
    entity: 'lead',
    rank: byMoment(sql`k.created_at`),
    id: sql`k.id`,
    idType: 'integer',
    worth: sql`1`,
    isFavourable: sql`false`,
    ...await ofPaidChannels(db, ask, leadOrigins(ask)),
    key: split => marketingKey(split, paidPart) ?? (split.kind === 'time' ? sql`date_trunc(${sql.lit(split.bucket)}, (k.created_at at time zone ${ask.timeZone})::date)::date::text` : sql`null::text`),
  }
}

export function leadOrigins(ask: Ask): WithOrigins {
  const created = (column: RawBuilder<unknown>): RawBuilder<boolean> => isMomentIn(ask.range, ask.timeZone, column)
  const from = sql`(
    select l.lead_id as id, l.created_at, l.source_id, l.utm_source, l.utm_campaign from crm_leads l
    where l.portal_id = ${ask.portalId} and ${created(sql`l.created_at`)} and ${isAboutPeople(ask, sql`l.assigned_by_id`)}
    union all
    select -d.deal_id, d.created_at, d.source_id, d.utm_source, d.utm_campaign from crm_deals d
    where d.portal_id = ${ask.portalId} and ${created(sql`d.created_at`)} and ${isAboutPeople(ask, sql`d.assigned_by_id`)} and ${isWithoutLead}) k`
  return { from, where: sql`true`, origin: column => sql.ref(`k.${column}`) }
}

/** Won deals whose origin, or whose lead's, is a channel that cost something. */
export async function paidDealSource(db: Database, metric: MetricDefinition, { ask, narrowed }: { ask: Ask, narrowed: Narrowed }): Promise<RecordSource> {
  const deals = dealSource(metric, ask, narrowed)
  return { ...deals, ...await ofPaidChannels(db, ask, dealOrigins(metric, ask, narrowed)), key: split => marketingKey(split, paidPart) ?? deals.key(split) }
}

export function dealOrigins(metric: MetricDefinition, ask: Ask, narrowed: Narrowed): WithOrigins {
  const { from, where } = dealSource(metric, ask, narrowed)
  return {
    from: sql`${from} left join crm_leads l on l.portal_id = d.portal_id and l.lead_id = d.lead_id`,
    where,
    origin: column => sql`coalesce(nullif(${sql.ref(`d.${column}`)}, ''), ${sql.ref(`l.${column}`)})`,
  }
}

interface Part { readonly channel: RawBuilder<unknown>, readonly campaign: RawBuilder<unknown> }

const marketingKey = (split: Split, { channel, campaign }: Part): RawBuilder<string> | null =>
  split.kind === 'channel' ? sql`${channel}` : split.kind === 'campaign' ? sql`${campaign}` : null

const isOfPart = (ask: Ask, { channel, campaign }: Part): RawBuilder<boolean> =>
  sql`${ask.channel === null ? sql`true` : sql`${channel} = ${ask.channel}`} and ${ask.campaign === null ? sql`true` : sql`${campaign} = ${ask.campaign}`}`

interface WithOrigins extends Pick<RecordSource, 'from' | 'where'> {
  readonly origin: (column: OriginColumn) => RawBuilder<unknown>
}

export const originColumns = ['source_id', 'utm_source', 'utm_campaign'] as const
export type OriginColumn = (typeof originColumns)[number]

const paidPart: Part = { channel: sql`o.channel`, campaign: sql`o.campaign` }

/** Those whose origin stands with a channel whose cost in the period is known, by the rules of the marketing report; each with its channel and campaign. */
async function ofPaidChannels(db: Database, ask: Ask, { from, where, origin }: WithOrigins): Promise<Pick<RecordSource, 'from' | 'where'>> {
  const told = sql.join(originColumns.map(column => sql`coalesce(${origin(column)}, '')`))
  const [{ rules, paid }, origins] = await Promise.all([
    readPaidChannels(db, ask),
    sql<{ sourceId: string, utmSource: string, utmCampaign: string }>`
      select * from (select distinct ${told} from ${from} where ${where}) t ("sourceId", "utmSource", "utmCampaign")`.execute(db),
  ])
  const known = origins.rows.map(row => ({ ...row, channel: rules.ofOrigin(row).key, campaign: campaignOf(row.utmCampaign) })).filter(({ channel }) => paid.has(channel))
  const column = (name: keyof (typeof known)[number]): RawBuilder<unknown> => sql`${known.map(row => row[name])}::text[]`
  return {
    from: sql`${from} join unnest(${column('sourceId')}, ${column('utmSource')}, ${column('utmCampaign')}, ${column('channel')}, ${column('campaign')})
      as o (source_id, utm_source, utm_campaign, channel, campaign) on (${told}) = (o.source_id, o.utm_source, o.utm_campaign)`,
    where: sql`${where} and ${isOfPart(ask, paidPart)}`,
  }
}

/** The names of channels, by which origins find theirs, and those whose cost in the period is known. */
export async function readPaidChannels(db: Database, ask: Ask): Promise<{ rules: ReturnType<typeof channelRules>, paid: Set<string> }> {
  const [names, { rows }] = await Promise.all([
    readChannelNames(db, ask.portalId),
    sql<{ key: string }>`select distinct c.channel_key as key from ${adCostRows} where c.portal_id = ${ask.portalId} and ${isDayIn(ask.range, sql`c.day`)} and ${adCostWorth} is not null`.execute(db),
  ])
  const rules = channelRules(names)
  return { rules, paid: new Set(rows.map(({ key }) => rules.ofCost(key).key)) }
}

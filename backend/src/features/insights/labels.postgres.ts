import { sql } from 'kysely'
import type { MetricPart } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricDefinition } from '@comptoir/shared/insights/metric'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import { ageingBuckets } from '@comptoir/shared/payments/ageing'
import { foldName } from '@comptoir/shared/sources/ad-cost'
import { channelRules } from '@comptoir/shared/sources/channels'
import { adCostRows, readChannelNames } from '../../platform/records/channels.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { namedParts, partFigure, type Label, type PartFigure } from './metric-result.ts'
import { partsAtMost } from './metric-tally.postgres.ts'

const DEALS = 2

type NamedDimension = Exclude<Dimension, 'time'>

/** Names for the keys of parts, in the order in which the CRM shows them. */
async function readLabels(db: Database, portalId: number, by: NamedDimension, keys: readonly string[]): Promise<Map<string, Label>> {
  const rows = await readers[by](db, portalId, keys)
  return new Map(rows.map(({ key, label, group }) => [key, { label, group: group ?? null }]))
}

interface LabelRow { key: string, label: string | null, group?: string | null }
type Reader = (db: Database, portalId: number, keys: readonly string[]) => Promise<LabelRow[]>

const readers: Record<NamedDimension, Reader> = {
  stage: readStages,
  pipeline: (db, portalId) => db.selectFrom('crm_categories')
    .select(['name as label', sql<string>`category_id::text`.as('key')])
    .where('portal_id', '=', portalId).where('entity_type_id', '=', DEALS)
    .orderBy('sort').orderBy('category_id').execute(),
  responsible: (db, portalId, keys) => db.selectFrom('crm_users')
    .select([sql<string>`trim(name || ' ' || last_name)`.as('label'), sql<string>`user_id::text`.as('key')])
    .where('portal_id', '=', portalId).where('user_id', 'in', keys.map(Number)).execute(),
  customer: (db, portalId, keys) => db.selectFrom('crm_companies')
    .select(['title as label', sql<string>`company_id::text`.as('key')])
    .where('portal_id', '=', portalId).where('company_id', 'in', keys.map(Number)).execute(),
  source: (db, portalId) => db.selectFrom('crm_statuses')
    .select(['name as label', 'status_id as key'])
    .where('portal_id', '=', portalId).where('directory', '=', 'SOURCE').execute(),
  vendor: (db, portalId, keys) => db.selectFrom('vendors')
    .select(['name as label', 'vendor_id as key'])
    .where('portal_id', '=', portalId).where('vendor_id', 'in', [...keys]).execute(),
  // The youngest first; pages have their words.
  age: () => Promise.resolve([...ageingBuckets, 'none'].map(key => ({ key, label: null }))),
  channel: readChannels,
  campaign: readCampaigns,
}

/** The open stages of every pipeline that has an open deal, empty ones too: a funnel without its steps is none. */
async function readStages(db: Database, portalId: number, keys: readonly string[]): Promise<LabelRow[]> {
  const { rows } = await sql<LabelRow>`
    with used as (
      select distinct category_id from crm_stages
      where portal_id = ${portalId} and entity_type_id = ${DEALS} and stage_id = any(${[...keys]}::text[])
    )
    select s.stage_id as key, s.name as label, case when (select count(*) from used) > 1 then coalesce(c.name, '') end as "group"
    from crm_stages s join used u on u.category_id = s.category_id
      left join crm_categories c on c.portal_id = s.portal_id and c.entity_type_id = s.entity_type_id and c.category_id = s.category_id
    where s.portal_id = ${portalId} and s.entity_type_id = ${DEALS} and (s.semantics = 'P' or s.stage_id = any(${[...keys]}::text[]))
    order by c.sort, s.category_id, s.sort, s.stage_id`.execute(db)
  return rows
}

/** Channels that cost something, as the marketing report names them. */
async function readChannels(db: Database, portalId: number): Promise<LabelRow[]> {
  const names = await readChannelNames(db, portalId)
  const { ofCost } = channelRules(names)
  return [...names.adChannels.keys()].map(ofCost)
}

/** As their costs are written, else as their links are tagged. */
async function readCampaigns(db: Database, portalId: number, keys: readonly string[]): Promise<LabelRow[]> {
  const { rows } = await sql<{ key: string, label: string }>`
    select c.campaign_key as key, min(c.campaign) as label from ${adCostRows} where c.portal_id = ${portalId} and c.campaign_key = any(${[...keys]}::text[]) group by 1`.execute(db)
  const known = new Set(rows.map(({ key }) => key))
  if (keys.every(key => known.has(key)))
    return rows
  const { rows: tags } = await sql<{ label: string }>`
    select utm_campaign as label from crm_leads where portal_id = ${portalId} and utm_campaign > ''
    union select utm_campaign from crm_deals where portal_id = ${portalId} and utm_campaign > ''`.execute(db)
  return [...tags.map(({ label }) => ({ key: foldName(label), label })), ...rows]
}

export async function labelled(db: Database, metric: MetricDefinition, ask: Pick<Ask, 'portalId'>, by: NamedDimension, tallies: ReadonlyMap<string, Tally>): Promise<MetricPart[]> {
  return labelledFigures(db, metric, ask, by, new Map([...tallies].map(([key, tally]) => [key, partFigure(metric, tally)])))
}

/** Parts under their names; the order of a funnel is the CRM's, a stage that is gone there comes last under its id. */
export async function labelledFigures(db: Database, metric: MetricDefinition, { portalId }: Pick<Ask, 'portalId'>, by: NamedDimension, figures: ReadonlyMap<string, PartFigure>): Promise<MetricPart[]> {
  if (figures.size === 0)
    return []
  if (by === 'age') {
    const order = await readLabels(db, portalId, by, [])
    return namedParts(new Map([...order.keys()].flatMap(key => figures.has(key) ? [[key, figures.get(key)!] as const] : [])), order)
  }
  if (by !== 'stage') {
    const largest = new Map([...figures].toSorted(([, a], [, b]) => (b.value ?? 0) - (a.value ?? 0)).slice(0, partsAtMost))
    return namedParts(largest, await readLabels(db, portalId, by, [...largest.keys()]))
  }
  const labels = await readLabels(db, portalId, by, [...figures.keys()])
  const ordered = new Map([...labels.keys(), ...figures.keys()].map(key => [key, figures.get(key) ?? partFigure(metric, emptyTally)]))
  return namedParts(ordered, labels)
}

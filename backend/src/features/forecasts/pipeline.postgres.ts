import { sql, type RawBuilder } from 'kysely'
import type { Episode } from '@comptoir/shared/forecasts/pipeline'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'

/** Whose deals of which pipelines; null is every pipeline. */
export interface PipelineSubject { readonly reader: Reader, readonly categoryId: number | null }

const weekSeconds = 7 * 86_400

const isSubject = ({ reader: { portal, viewer }, categoryId }: PipelineSubject): RawBuilder<boolean> => sql`d.portal_id = ${portal.id}
  and ${isVisible(dealOnlooker(portal, viewer), sql`coalesce(d.assigned_by_id, 0)`)}
  and ${categoryId === null ? sql`true` : sql`d.category_id = ${categoryId}`}`

const weeksBetween = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number> =>
  sql`floor(extract(epoch from ${to} - ${from}) / ${weekSeconds})::int`

/** How every stay in a stage ended, as it was known at a moment; of the three years before it. */
export async function readEpisodes(db: Database, subject: PipelineSubject, at: Date): Promise<Episode[]> {
  const { rows } = await sql<Episode>`
    select c.stage_id as stage, least(104, ${weeksBetween(sql`c.at`, sql`least(coalesce(d.closed_at, ${at}), ${at})`)}) as weeks,
      case when d.closed_at <= ${at} then case d.semantics when 'S' then 'won' else 'lost' end else 'open' end as outcome, count(*)::int as count
    from crm_stage_changes c join crm_deals d on d.portal_id = c.portal_id and d.deal_id = c.deal_id
    where ${isSubject(subject)} and c.semantics = 'P' and c.at <= ${at} and c.at > ${at}::timestamptz - interval '3 years'
      and (d.semantics = 'P' or d.closed_at >= c.at)
    group by 1, 2, 3`.execute(db)
  return rows
}

/** Deals whose stages are known and that had ended by a moment. */
export async function countClosed(db: Database, subject: PipelineSubject, at: Date): Promise<number> {
  const { rows: [row] } = await sql<{ deals: number }>`
    select count(*)::int as deals from crm_deals d
    where ${isSubject(subject)} and d.semantics <> 'P' and d.closed_at <= ${at} and d.closed_at > ${at}::timestamptz - interval '3 years'
      and exists (select from crm_stage_changes c where c.portal_id = d.portal_id and c.deal_id = d.deal_id and c.semantics = 'P')`.execute(db)
  return row?.deals ?? 0
}

export interface Standing { readonly stage: string, readonly weeks: number, readonly deals: number, readonly won: number }

/** The deals that were open at a moment, where they stood, and how many were won within so many days. */
export async function readStandings(db: Database, subject: PipelineSubject, at: Date, days: number): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select s.stage_id as stage, ${weeksBetween(sql`s.at`, sql`${at}::timestamptz`)} as weeks, count(*)::int as deals,
      count(*) filter (where d.semantics = 'S' and d.closed_at <= ${at}::timestamptz + make_interval(days => ${days}))::int as won
    from crm_deals d cross join lateral (
      select c.stage_id, c.at, c.semantics from crm_stage_changes c
      where c.portal_id = d.portal_id and c.deal_id = d.deal_id and c.at <= ${at} order by c.at desc, c.stage_change_id desc limit 1) s
    where ${isSubject(subject)} and d.created_at <= ${at} and s.semantics = 'P'
      and (d.semantics = 'P' or d.closed_at > ${at})
    group by 1, 2`.execute(db)
  return rows
}

export interface StandingDeal { readonly stage: string, readonly weeks: number, readonly amount: number | null }

/** The open deals of today. */
export async function readOpenDeals(db: Database, subject: PipelineSubject, now: Date): Promise<StandingDeal[]> {
  const { rows } = await sql<StandingDeal>`
    select d.stage_id as stage, greatest(0, ${weeksBetween(sql`coalesce(d.moved_at, d.created_at)`, sql`${now}::timestamptz`)}) as weeks, d.amount_base_minor as amount
    from crm_deals d where ${isSubject(subject)} and d.semantics = 'P'
    order by d.deal_id`.execute(db)
  return rows
}

export interface StageName { readonly label: string, readonly pipeline: string | null, readonly sort: number }

const dealEntity = 2

export async function readStageNames(db: Database, { reader: { portal } }: PipelineSubject): Promise<Map<string, StageName>> {
  const rows = await db.selectFrom('crm_stages as s')
    .leftJoin('crm_categories as c', join => join.onRef('c.portal_id', '=', 's.portal_id').onRef('c.entity_type_id', '=', 's.entity_type_id').onRef('c.category_id', '=', 's.category_id'))
    .select(['s.stage_id', 's.name', 'c.name as pipeline', 's.sort', 's.category_id'])
    .where('s.portal_id', '=', portal.id).where('s.entity_type_id', '=', dealEntity)
    .orderBy('s.category_id').orderBy('s.sort').execute()
  return new Map(rows.map(({ stage_id, name, pipeline }, sort) => [stage_id, { label: name, pipeline, sort }]))
}

export async function readPipelines(db: Database, portalId: number): Promise<{ categoryId: number, name: string }[]> {
  const rows = await db.selectFrom('crm_categories').select(['category_id', 'name'])
    .where('portal_id', '=', portalId).where('entity_type_id', '=', dealEntity).orderBy('sort').orderBy('category_id').execute()
  return rows.map(({ category_id, name }) => ({ categoryId: category_id, name }))
}

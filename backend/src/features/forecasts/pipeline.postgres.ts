import { sql, type RawBuilder } from 'kysely'
import type { Stay } from '@comptoir/shared/forecasts/pipeline'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'

/** Whose deals of which pipelines; null is every pipeline. */
export interface PipelineSubject { readonly reader: Reader, readonly categoryId: number | null }

const daySeconds = 86_400

const isSubject = ({ reader: { portal, viewer }, categoryId }: PipelineSubject): RawBuilder<boolean> => sql`d.portal_id = ${portal.id}
  and ${isVisible(dealOnlooker(portal, viewer), sql`coalesce(d.assigned_by_id, 0)`)}
  and ${categoryId === null ? sql`true` : sql`d.category_id = ${categoryId}`}`

const daysBetween = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number> =>
  sql`floor(extract(epoch from ${to} - ${from}) / ${daySeconds})::int`

interface StayRow { stage: string, days: number, kind: 'won' | 'lost' | 'stage' | null, next: string | null, count: number }

/** How every stay in a stage ended, as it was known at a moment; of the three years before it. */
export async function readStays(db: Database, subject: PipelineSubject, at: Date): Promise<Stay[]> {
  const { rows } = await sql<StayRow>`
    with changes as (
      select c.stage_id, c.semantics, c.at, d.semantics as outcome, d.closed_at,
        lead(c.stage_id) over deal as next_stage, lead(c.semantics) over deal as next_semantics, lead(c.at) over deal as next_at
      from crm_stage_changes c join crm_deals d on d.portal_id = c.portal_id and d.deal_id = c.deal_id
      where ${isSubject(subject)} and c.at <= ${at} and c.at > ${at}::timestamptz - interval '3 years'
      window deal as (partition by c.deal_id order by c.at, c.stage_change_id)),
    -- The history forgets final stages of deals that changed pipelines: the deal itself knows its end.
    stays as (
      select stage_id, at, case
          when next_semantics = 'P' then 'stage' when next_semantics = 'S' then 'won' when next_semantics = 'F' then 'lost'
          when outcome = 'S' and closed_at <= ${at} then 'won' when outcome = 'F' and closed_at <= ${at} then 'lost' end as kind,
        case when next_semantics = 'P' then next_stage end as next, coalesce(next_at, least(closed_at, ${at}), ${at}) as until
      from changes where semantics = 'P')
    select stage_id as stage, greatest(0, least(730, ${daysBetween(sql`at`, sql`until`)})) as days, kind, next, count(*)::int as count
    from stays group by 1, 2, 3, 4`.execute(db)
  return rows.map(({ stage, days, kind, next, count }) => ({ stage, days, count, exit: kind === null ? null : kind === 'stage' ? { kind, stage: next! } : { kind } }))
}

/** Deals whose stages are known and that had ended by a moment. */
export async function countClosed(db: Database, subject: PipelineSubject, at: Date): Promise<number> {
  const { rows: [row] } = await sql<{ deals: number }>`
    select count(*)::int as deals from crm_deals d
    where ${isSubject(subject)} and d.semantics <> 'P' and d.closed_at <= ${at} and d.closed_at > ${at}::timestamptz - interval '3 years'
      and exists (select from crm_stage_changes c where c.portal_id = d.portal_id and c.deal_id = d.deal_id and c.semantics = 'P')`.execute(db)
  return row?.deals ?? 0
}

export interface Standing { readonly stage: string, readonly days: number, readonly deals: number, readonly won: number }

/** The deals that were open at a moment, where they stood, and how many were won within so many days. */
export async function readStandings(db: Database, subject: PipelineSubject, at: Date, days: number): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select s.stage_id as stage, ${daysBetween(sql`s.at`, sql`${at}::timestamptz`)} as days, count(*)::int as deals,
      count(*) filter (where d.semantics = 'S' and d.closed_at <= ${at}::timestamptz + make_interval(days => ${days}))::int as won
    from crm_deals d cross join lateral (
      select c.stage_id, c.at, c.semantics from crm_stage_changes c
      where c.portal_id = d.portal_id and c.deal_id = d.deal_id and c.at <= ${at} order by c.at desc, c.stage_change_id desc limit 1) s
    where ${isSubject(subject)} and d.created_at <= ${at} and s.semantics = 'P'
      and (d.semantics = 'P' or d.closed_at > ${at})
    group by 1, 2`.execute(db)
  return rows
}

/** Open deals in one place for as many days: one of them, or all together where there are many. */
export interface StandingDeal { readonly stage: string, readonly days: number, readonly deals: number, readonly unpriced: number, readonly amount: number, readonly squares: number }

/** Beyond so many, deals of one stage and age are told together. */
export const singlyAtMost = 5000
const oldest = 730

/** The open deals of today. */
export async function readOpenDeals(db: Database, subject: PipelineSubject, now: Date): Promise<StandingDeal[]> {
  const days = sql`greatest(0, ${daysBetween(sql`coalesce(d.moved_at, d.created_at)`, sql`${now}::timestamptz`)})`
  const { rows: [open] } = await sql<{ deals: number }>`
    select coalesce(sum(deal_count), 0)::int as deals from insight_open_deals where portal_id = ${subject.reader.portal.id}`.execute(db)
  const { rows } = (open?.deals ?? 0) > singlyAtMost
    ? await sql<StandingDeal>`
      select d.stage_id as stage, least(${oldest}, ${days})::int as days, count(*)::int as deals, (count(*) - count(d.amount_base_minor))::int as unpriced,
        coalesce(sum(d.amount_base_minor), 0)::float8 as amount, coalesce(sum(d.amount_base_minor::float8 ^ 2), 0) as squares
      from crm_deals d where ${isSubject(subject)} and d.semantics = 'P' group by 1, 2 order by 1, 2`.execute(db)
    : await sql<StandingDeal>`
      select d.stage_id as stage, ${days} as days, 1 as deals, (d.amount_base_minor is null)::int as unpriced,
        coalesce(d.amount_base_minor, 0) as amount, coalesce(d.amount_base_minor::float8 ^ 2, 0) as squares
      from crm_deals d where ${isSubject(subject)} and d.semantics = 'P' order by d.deal_id`.execute(db)
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

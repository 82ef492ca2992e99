import { sql, type RawBuilder } from 'kysely'
import { oldestAge, type Stay } from '@comptoir/shared/forecasts/pipeline'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'

/** Whose deals of which pipelines; null is every pipeline. */
export interface PipelineSubject { readonly reader: Reader, readonly categoryId: number | null }

const isSubject = ({ reader: { portal, viewer }, categoryId }: PipelineSubject): RawBuilder<boolean> => sql`d.portal_id = ${portal.id}
  and ${isVisible(dealOnlooker(portal, viewer), sql`coalesce(d.assigned_by_id, 0)`)}
  and ${categoryId === null ? sql`true` : sql`d.category_id = ${categoryId}`}`

/** Whole days, less than none where the first is the later. */
const daysBetween = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number> => sql`date_part('day', ${to} - ${from})::int`

/** Deals in one stage for as many days, and how many of them were won soon. */
export interface Standing { readonly stage: string, readonly days: number, readonly deals: number, readonly won: number }

/** What was known at a moment, of the three years before it. */
export interface Knowledge {
  /** Deals whose stages are known and that had ended. */
  readonly closed: number
  /** How every stay in a stage had ended. */
  readonly stays: readonly Stay[]
  /** Where the deals stood that were open. */
  readonly standings: readonly Standing[]
}

type KnowledgeRow = { readonly place: number, readonly stage: string, readonly days: number, readonly deals: number } & (
  { readonly what: 'closed' } | { readonly what: 'stay', readonly kind: 'won' | 'lost' | 'stage' | null, readonly next: string | null } | { readonly what: 'standing', readonly won: number })

/** Places, in the order of the moments, before which a moment lies before this one: the first at which it is past. */
const placeOf = (at: RawBuilder<unknown>, moments: RawBuilder<unknown>): RawBuilder<number> => sql`width_bucket(${at} - interval '1 microsecond', ${moments})`

/** Every entry into a stage, the how many-th of its deal it is, what came after it, and at which of the moments that was known. */
function entriesOf(subject: PipelineSubject, moments: RawBuilder<unknown>): RawBuilder<unknown> {
  const remembered = sql`array(select moment - interval '3 years' from unnest(${moments}) moment)`
  const none = sql`cardinality(${moments})`
  return sql`
    select *, ${placeOf(sql`at`, moments)} as came, ${placeOf(sql`at`, remembered)} as forgotten, coalesce(${placeOf(sql`next_at`, moments)}, ${none}) as left_since,
      case when outcome = 'P' then ${none} else coalesce(${placeOf(sql`closed_at`, moments)}, ${none}) end as closed_since, ${placeOf(sql`closed_at`, remembered)} as closed_until
    from (
      select c.stage_id, c.semantics, c.at, d.semantics as outcome, d.created_at, d.closed_at,
        lead(c.stage_id) over deal as next_stage, lead(c.semantics) over deal as next_semantics, lead(c.at) over deal as next_at,
        count(*) filter (where c.semantics = 'P') over deal as nth
      from crm_stage_changes c join crm_deals d on d.portal_id = c.portal_id and d.deal_id = c.deal_id
      where ${isSubject(subject)}
      window deal as (partition by c.deal_id order by c.at, c.stage_change_id)) changes
    where semantics = 'P'`
}

/**
 * What was known at each of some moments, the earliest first: the changes of stage are many, and read once for all of them.
 * A stay that had ended at one moment had ended so at the next, and is counted once for all of these. `soon` is in days.
 */
export async function readKnowledge(db: Database, subject: PipelineSubject, moments: readonly Date[], soon: number): Promise<Knowledge[]> {
  const all = sql`${[...moments]}::timestamptz[]`
  const { rows } = await sql<KnowledgeRow>`
    with entries as materialized (${entriesOf(subject, all)}),
    ended as (
      select stage_id, greatest(0, least(730, ${daysBetween(sql`at`, sql`ended_at`)})) as days, kind, next, since, until, count(*) as stays from (
        select stage_id, at, next_at as ended_at, case next_semantics when 'P' then 'stage' when 'S' then 'won' else 'lost' end as kind,
          case when next_semantics = 'P' then next_stage end as next, left_since as since, forgotten as until from entries
        union all
        -- The history forgets final stages of deals that changed pipelines: the deal itself knows its end.
        select stage_id, at, closed_at, case outcome when 'S' then 'won' else 'lost' end, null, greatest(came, closed_since), least(left_since, forgotten) from entries) ways
      where since < until group by 1, 2, 3, 4, 5, 6),
    standing as (
      select place, stage_id, ${daysBetween(sql`at`, sql`moment`)} as days, count(*) filter (where place < forgotten)::int as stays,
        count(*) filter (where created_at <= moment and (outcome = 'P' or closed_at is not null))::int as deals,
        count(*) filter (where created_at <= moment and outcome = 'S' and closed_at <= moment + make_interval(days => ${soon}))::int as won
      from (select *, generate_series(came, least(left_since, closed_since) - 1) as place from entries where came < least(left_since, closed_since)) still
        cross join lateral (select (${all})[place + 1] as moment) m
      group by 1, 2, 3)
    select place, 'stay' as what, stage_id as stage, days, kind, next, sum(stays)::int as deals, 0 as won
    from ended cross join lateral generate_series(since, until - 1) place group by 1, 3, 4, 5, 6
    union all
    select place, 'stay', stage_id, least(730, days), null, null, stays, 0 from standing where stays > 0
    union all
    select place, 'standing', stage_id, days, null, null, deals, won from standing where deals > 0
    union all
    select place, 'closed', null, null, null, null, sum(deals)::int, 0
    from (select closed_since, closed_until, count(*) as deals from entries where nth = 1 and outcome <> 'P' group by 1, 2) closed
      cross join lateral generate_series(closed_since, closed_until - 1) place group by 1`.execute(db)
  const known = moments.map(() => ({ closed: 0, stays: [] as Stay[], standings: [] as Standing[] }))
  for (const row of rows)
    note(row, known[row.place]!)
  return known
}

function note(row: KnowledgeRow, known: { closed: number, readonly stays: Stay[], readonly standings: Standing[] }): void {
  const { stage, days, deals } = row
  if (row.what === 'closed')
    known.closed = deals
  else if (row.what === 'standing')
    known.standings.push({ stage, days, deals, won: row.won })
  else
    known.stays.push({ stage, days, count: deals, exit: row.kind === null ? null : row.kind === 'stage' ? { kind: row.kind, stage: row.next! } : { kind: row.kind } })
}

/** Open deals in one place for as many days: one of them, or all together where there are many. */
export interface StandingDeal { readonly stage: string, readonly days: number, readonly deals: number, readonly unpriced: number, readonly amount: number, readonly squares: number }

/** Beyond so many, deals of one stage and age are told together. */
const singlyAtMost = 5000

/** The open deals of today. */
export async function readOpenDeals(db: Database, subject: PipelineSubject, now: Date): Promise<StandingDeal[]> {
  const days = sql`greatest(0, ${daysBetween(sql`coalesce(d.moved_at, d.created_at)`, sql`${now}::timestamptz`)})`
  const { rows: [open] } = await sql<{ deals: number }>`
    select coalesce(sum(deal_count), 0)::int as deals from insight_open_deals where portal_id = ${subject.reader.portal.id}`.execute(db)
  const { rows } = (open?.deals ?? 0) > singlyAtMost
    ? await sql<StandingDeal>`
      select d.stage_id as stage, least(${oldestAge}, ${days})::int as days, count(*)::int as deals, (count(*) - count(d.amount_base_minor))::int as unpriced,
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

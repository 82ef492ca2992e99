import { sql, type RawBuilder } from 'kysely'
import type { MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { LeftOutReason, MetricDefinition, Outcome } from '@comptoir/shared/insights/metric'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { isClosedIn } from './closed-deals.postgres.ts'
import { pageOf, type Rank, type RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

const DEALS = 2
const semanticsOf: Record<Outcome, string> = { won: 'S', lost: 'F', open: 'P' }

/** The deals behind a number, read one by one under the metric's own rule. */
export function dealSource(metric: MetricDefinition, ask: Ask, { stageId, leftOut }: RecordFilters): RecordSource {
  const worth = worthOf(metric, ask)
  return {
    rank: metric.timeBasis === 'closed' && leftOut !== 'undated' ? byClosing : byAmount,
    id: sql`d.deal_id`,
    idType: 'integer',
    worth,
    isFavourable: metric.favourable === null ? sql`false` : sql`d.semantics = ${semanticsOf[metric.favourable]}`,
    from: sql`crm_deals d`,
    where: sql`d.portal_id = ${ask.portalId} and ${hasOutcome(metric)}
      and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}
      and ${stageId === undefined ? sql`true` : sql`d.stage_id = ${stageId}`}
      and ${leftOut === undefined ? counts(metric, ask, worth) : isLeftOut(leftOut, ask)}`,
  }
}

/** Microseconds keep what the database keeps: a cursor in milliseconds would list a deal twice. */
const byClosing: Rank = {
  order: sql`d.closed_at`,
  value: sql`(extract(epoch from d.closed_at) * 1000000)::bigint`,
  from: rank => sql`(timestamptz 'epoch' + ${rank}::bigint * interval '1 microsecond')`,
}

const byAmount: Rank = {
  order: sql`coalesce(d.amount_base_minor, 0)`,
  value: sql`coalesce(d.amount_base_minor, 0)`,
  from: rank => sql`${rank}::bigint`,
}

// One outcome as an equation: the index then gives the order too.
function hasOutcome({ outcomes }: MetricDefinition): RawBuilder<boolean> {
  const [first, ...others] = outcomes.map(outcome => semanticsOf[outcome])
  return others.length === 0 ? sql`d.semantics = ${first}` : sql`d.semantics = any(${[first, ...others]}::text[])`
}

function worthOf({ measure }: MetricDefinition, { timeZone }: Ask): RawBuilder<number> {
  if (measure === 'one')
    return sql`1`
  if (measure === 'amount')
    return sql`d.amount_base_minor`
  return sql`((d.closed_at at time zone ${timeZone})::date - (d.created_at at time zone ${timeZone})::date)`
}

function counts(metric: MetricDefinition, ask: Ask, worth: RawBuilder<number>): RawBuilder<boolean> {
  const isTimely = metric.timeBasis === 'closed' ? isClosedIn(ask.range, ask.timeZone) : sql`true`
  const hasWorth = metric.measure === 'amount' ? sql`${worth} is not null` : metric.measure === 'cycle_days' ? sql`${worth} >= 0` : sql`true`
  return sql`${isTimely} and ${hasWorth}`
}

function isLeftOut(reason: LeftOutReason, ask: Ask): RawBuilder<boolean> {
  const isTimely = sql`(d.semantics = 'P' or ${isClosedIn(ask.range, ask.timeZone)})`
  switch (reason) {
    case 'undated': return sql`d.closed_at is null`
    case 'without_amount': return sql`${isTimely} and d.amount_minor is null`
    case 'without_rate': return sql`${isTimely} and d.amount_minor is not null and d.amount_base_minor is null`
    case 'closed_before_created':
      return sql`${isTimely} and (d.closed_at at time zone ${ask.timeZone})::date < (d.created_at at time zone ${ask.timeZone})::date`
    case 'without_deal': return sql`false`
  }
}

interface DealRow {
  rank: number
  id: number
  worth: number | null
  is_favourable: boolean
  title: string
  semantics: string
  amount_minor: number | null
  currency: string
  created_at: Date
  closed_at: Date | null
  company_id: number | null
  company: string | null
  assigned_by_id: number | null
  responsible: string | null
  stage: string | null
}

const outcomeOf = (semantics: string): Outcome => semantics === 'S' ? 'won' : semantics === 'F' ? 'lost' : 'open'

export async function readDeals(db: Database, ask: Ask, source: RecordSource, filters: RecordFilters): Promise<(MetricRecord & { rank: number })[]> {
  const { rows } = await sql<DealRow>`
    select page.rank, page.id, page.worth, page.is_favourable, d.title, d.semantics, d.amount_minor, d.currency, d.created_at, d.closed_at,
      d.company_id, c.title as company, d.assigned_by_id, trim(u.name || ' ' || u.last_name) as responsible, s.name as stage
    from (${pageOf(source, filters)}) page
      join crm_deals d on d.portal_id = ${ask.portalId} and d.deal_id = page.id
      left join crm_companies c on c.portal_id = d.portal_id and c.company_id = d.company_id
      left join crm_users u on u.portal_id = d.portal_id and u.user_id = d.assigned_by_id
      left join crm_stages s on s.portal_id = d.portal_id and s.entity_type_id = ${DEALS} and s.stage_id = d.stage_id
    order by page.rank desc, page.id desc`.execute(db)
  return rows.map(row => ({
    rank: row.rank,
    entity: 'deal',
    id: String(row.id),
    dealId: row.id,
    title: row.title,
    company: row.company_id && row.company !== null ? { companyId: row.company_id, name: row.company } : null,
    responsible: row.assigned_by_id ? { userId: row.assigned_by_id, name: row.responsible ?? '' } : null,
    stage: row.stage,
    outcome: outcomeOf(row.semantics),
    createdAt: row.created_at.toISOString(),
    at: row.closed_at?.toISOString() ?? null,
    amountMinor: row.amount_minor,
    currency: row.currency,
    worth: filters.leftOut === undefined ? row.worth : null,
    isFavourable: row.is_favourable,
  }))
}

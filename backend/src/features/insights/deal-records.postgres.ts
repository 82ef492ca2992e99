import { sql } from 'kysely'
import type { MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { Outcome } from '@comptoir/shared/insights/metric'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { pageOf, type RecordSource } from './record-page.postgres.ts'

const DEALS = 2

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
    with page as materialized (${pageOf(source, filters)})
    select page.rank, page.id, page.worth, page.is_favourable, d.title, d.semantics, d.amount_minor, d.currency, d.created_at, d.closed_at,
      d.company_id, c.title as company, d.assigned_by_id, trim(u.name || ' ' || u.last_name) as responsible, s.name as stage
    from page
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

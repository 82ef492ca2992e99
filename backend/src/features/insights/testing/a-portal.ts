import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'

export const admin: Viewer = { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [1] }

export async function aPortal(db: Database, { timeZone = 'Europe/Paris', settings = {} }: { timeZone?: string, settings?: InsightPortal['settings'] } = {}): Promise<InsightPortal> {
  const { portal_id: id } = await db.insertInto('portals')
    .values({ member_id: `member-${Math.trunc(performance.now() * 1000)}`, domain: 'portal.test', client_endpoint: 'https://portal.test/rest/', server_endpoint: 'https://oauth.test/rest/', status: 'installed', time_zone: timeZone })
    .returning('portal_id').executeTakeFirstOrThrow()
  return { id, timeZone, currency: 'EUR', settings }
}

export interface DealRow {
  readonly portal_id: number
  readonly deal_id: number
  readonly title: string
  readonly category_id: number
  readonly stage_id: string
  readonly semantics: 'P' | 'S' | 'F'
  readonly amount_minor: number | null
  readonly currency: string
  readonly amount_base_minor: number | null
  readonly assigned_by_id: number | null
  readonly created_at: Date
  readonly closed_at: Date | null
  readonly company_id?: number | null
  readonly closes_on?: string | null
  readonly moved_at?: Date | null
}

export const aDeal = (portal: InsightPortal, row: Partial<DealRow> & Pick<DealRow, 'deal_id'>): DealRow => ({
  portal_id: portal.id,
  title: `Affaire ${row.deal_id}`,
  category_id: 0,
  stage_id: row.semantics === 'S' ? 'WON' : row.semantics === 'F' ? 'LOSE' : 'NEW',
  semantics: 'P',
  amount_minor: 100_00,
  currency: 'EUR',
  amount_base_minor: row.amount_minor === undefined ? 100_00 : row.amount_minor,
  assigned_by_id: 1,
  created_at: new Date('2026-01-10T09:00:00Z'),
  closed_at: null,
  ...row,
})

/** The mirror's own way of writing: a page of deals in one statement, new and known ones mixed. */
export async function mirrorDeals(db: Database, rows: readonly DealRow[]): Promise<void> {
  await db.insertInto('crm_deals').values([...rows])
    .onConflict(conflict => conflict.columns(['portal_id', 'deal_id']).doUpdateSet(eb => ({
      category_id: eb.ref('excluded.category_id'),
      stage_id: eb.ref('excluded.stage_id'),
      semantics: eb.ref('excluded.semantics'),
      amount_minor: eb.ref('excluded.amount_minor'),
      amount_base_minor: eb.ref('excluded.amount_base_minor'),
      assigned_by_id: eb.ref('excluded.assigned_by_id'),
      created_at: eb.ref('excluded.created_at'),
      closed_at: eb.ref('excluded.closed_at'),
    })))
    .execute()
}

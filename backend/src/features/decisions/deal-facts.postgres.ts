import { sql } from 'kysely'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { DealFacts } from './deal-facts.ts'
import type { Asker } from './ports.ts'

/** Null for a deal that the mirror does not have. */
export async function readDealFacts(db: Database, { portal, viewer }: Pick<Asker, 'portal' | 'viewer'>, dealId: number): Promise<DealFacts | null> {
  const row = await db.selectFrom('crm_deals as d')
    .select(['d.title', 'd.amount_base_minor', 'd.assigned_by_id', isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`).as('is_visible'),
      sql<string[]>`array(select s.stage_id from crm_stages s where s.portal_id = d.portal_id and s.entity_type_id = 2 and s.category_id = d.category_id)`.as('stage_ids')])
    .where('d.portal_id', '=', portal.id).where('d.deal_id', '=', dealId).executeTakeFirst()
  return row ? { dealId, title: row.title, amountMinor: row.amount_base_minor, responsibleId: row.assigned_by_id, stageIds: row.stage_ids, isVisible: row.is_visible } : null
}

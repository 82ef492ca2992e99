import { sql } from 'kysely'
import type { FilterChoices } from '@comptoir/shared/insights/insights.contract'
import { isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'

const DEALS = 2

/** People who have a deal the viewer may count, and the pipelines deals are in. */
export async function readChoices(db: Database, ask: Ask): Promise<FilterChoices> {
  const [users, pipelines] = await Promise.all([
    sql<FilterChoices['users'][number]>`
      select u.user_id as "userId", trim(u.name || ' ' || u.last_name) as name, u.is_active as "isActive"
      from crm_users u
      where u.portal_id = ${ask.portalId} and ${isVisible(ask, sql`u.user_id`)} and (
        exists (select 1 from insight_deal_days d where d.portal_id = u.portal_id and d.assigned_by_id = u.user_id)
        or exists (select 1 from insight_open_deals d where d.portal_id = u.portal_id and d.assigned_by_id = u.user_id))
      order by u.is_active desc, u.last_name, u.name, u.user_id`.execute(db),
    db.selectFrom('crm_categories').select(['category_id as categoryId', 'name'])
      .where('portal_id', '=', ask.portalId).where('entity_type_id', '=', DEALS)
      .orderBy('sort').orderBy('category_id').execute(),
  ])
  return { users: users.rows, pipelines }
}

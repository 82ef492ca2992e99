import type { Database } from '../../platform/storage/database.ts'
import type { ClaimedDelivery } from './deliver.postgres.ts'

/** What the portal refused as a to-do or a task reaches the person by the bell, unless it does so already. */
export async function fallBackToBell(db: Database, { portalId, deliveryId, userId }: ClaimedDelivery, now: Date): Promise<void> {
  await db.insertInto('notice_deliveries')
    .columns(['portal_id', 'notice_id', 'channel', 'user_id', 'entity_id', 'due_at'])
    .expression(eb => eb.selectFrom('notice_deliveries as d')
      .select(inner => ['d.portal_id', 'd.notice_id', inner.val('bell').as('channel'), inner.val(userId).as('user_id'), inner.val(0).as('entity_id'), inner.val(now).as('due_at')])
      .where('d.portal_id', '=', portalId).where('d.delivery_id', '=', deliveryId))
    .onConflict(conflict => conflict.doNothing()).execute()
}

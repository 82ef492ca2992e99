import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'
import { dealOnlooker, isVisible } from './deal-gate.postgres.ts'
import { sql } from 'kysely'

interface DealViewer {
  readonly portal: Pick<PortalRecord, 'id' | 'settings'>
  readonly viewer: Viewer
}

/** As long as the token that was asked with. */
const vouchedForMs = 3_600_000

/**
 * Whether somebody may see one deal: its responsible is one whose deals the administrator lets them count, or the portal
 * itself has shown them the deal lately. A deal that the mirror has not read has no responsible yet.
 */
export async function maySeeDeal(db: Database, { portal, viewer }: DealViewer, dealId: number, now: Date): Promise<boolean> {
  const onlooker = dealOnlooker(portal, viewer)
  if (onlooker.scope === 'all')
    return true
  const { rows: [row] } = await sql<{ may: boolean }>`
    select exists (select from crm_deals d where d.portal_id = ${portal.id} and d.deal_id = ${dealId} and ${isVisible(onlooker, sql`d.assigned_by_id`)})
      or exists (select from viewer_deals v where v.portal_id = ${portal.id} and v.user_id = ${viewer.userId} and v.deal_id = ${dealId} and v.until > ${now}) as may`.execute(db)
  return row?.may ?? false
}

/** The portal showed this person this deal. */
export async function rememberDeal(db: Database, { portal, viewer }: DealViewer, dealId: number, now: Date): Promise<void> {
  const until = new Date(now.getTime() + vouchedForMs)
  await db.deleteFrom('viewer_deals').where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId).where('until', '<', now).execute()
  await db.insertInto('viewer_deals').values({ portal_id: portal.id, user_id: viewer.userId, deal_id: dealId, until })
    .onConflict(conflict => conflict.columns(['portal_id', 'user_id', 'deal_id']).doUpdateSet({ until })).execute()
}

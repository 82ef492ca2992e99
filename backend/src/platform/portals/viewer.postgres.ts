import type { Viewer, ViewerSettings } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../storage/database.ts'

/** The person behind a verified token, with the departments that the mirror knows. */
export async function readViewer(db: Database, portalId: number, { userId, name, isAdmin }: Omit<Viewer, 'departmentIds'>): Promise<Viewer> {
  const row = await db.selectFrom('crm_users').select('department_ids')
    .where('portal_id', '=', portalId).where('user_id', '=', userId).executeTakeFirst()
  return { userId, name, isAdmin, departmentIds: row?.department_ids ?? [] }
}

export async function readViewerSettings(db: Database, portalId: number, userId: number): Promise<ViewerSettings> {
  const row = await db.selectFrom('viewer_settings').select('theme')
    .where('portal_id', '=', portalId).where('user_id', '=', userId).executeTakeFirst()
  return row ?? { theme: 'auto' }
}

export async function saveViewerSettings(db: Database, portalId: number, userId: number, { theme }: ViewerSettings): Promise<void> {
  await db.insertInto('viewer_settings').values({ portal_id: portalId, user_id: userId, theme })
    .onConflict(conflict => conflict.columns(['portal_id', 'user_id']).doUpdateSet({ theme }))
    .execute()
}

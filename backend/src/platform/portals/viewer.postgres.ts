import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../storage/database.ts'

/** The person behind a verified token, with the departments that the mirror knows. */
export async function readViewer(db: Database, portalId: number, { userId, name, isAdmin }: Omit<Viewer, 'departmentIds'>): Promise<Viewer> {
  const row = await db.selectFrom('crm_users').select('department_ids')
    .where('portal_id', '=', portalId).where('user_id', '=', userId).executeTakeFirst()
  return { userId, name, isAdmin, departmentIds: row?.department_ids ?? [] }
}

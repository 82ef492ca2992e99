import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../storage/database.ts'

/**
 * A person as a viewer while they are not here: for what is made in their rights. Null when they have left or are
 * a guest, whom the pages refuse, too. The portal has no list of its administrators: the one who installed is one,
 * and those whom it has vouched for lately.
 */
export async function viewerOf(db: Database, portal: { readonly id: number, readonly installerUserId: number }, userId: number): Promise<Viewer | null> {
  const user = await db.selectFrom('crm_users').select(['name', 'last_name', 'department_ids'])
    .where('portal_id', '=', portal.id).where('user_id', '=', userId).where('is_active', '=', true).where('is_employee', '=', true).executeTakeFirst()
  if (!user)
    return null
  const vouched = await db.selectFrom('verified_tokens').select('user_id')
    .where('portal_id', '=', portal.id).where('user_id', '=', userId).where('is_admin', '=', true).limit(1).executeTakeFirst()
  return {
    userId,
    name: `${user.name} ${user.last_name}`.trim(),
    isAdmin: vouched !== undefined || userId === portal.installerUserId,
    departmentIds: user.department_ids,
  }
}

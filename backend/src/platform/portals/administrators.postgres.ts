import type { PortalRecord } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'

/** The portal has no list of them: the one who installed, and those it has vouched for lately. */
export async function administrators(db: Database, portal: Pick<PortalRecord, 'id' | 'installerUserId'>): Promise<readonly number[]> {
  const rows = await db.selectFrom('verified_tokens').select('user_id').distinct()
    .where('portal_id', '=', portal.id).where('is_admin', '=', true).orderBy('user_id').execute()
  return [...new Set([portal.installerUserId, ...rows.map(row => row.user_id)])]
}

import type { Person } from '@comptoir/shared/vendors/vendor-fields'
import type { Database } from '../../platform/storage/database.ts'

export type People = (userId: number | null) => Person | null

/** Names of the portal's people; somebody the mirror has not read has none. */
export async function readPeople(db: Database, portalId: number, userIds: readonly (number | null)[]): Promise<People> {
  const wanted = [...new Set(userIds.filter(userId => userId !== null))]
  const rows = wanted.length === 0
    ? []
    : await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name']).where('portal_id', '=', portalId).where('user_id', 'in', wanted).execute()
  const known = new Map(rows.map(row => [row.user_id, { userId: row.user_id, name: `${row.name} ${row.last_name}`.trim() }]))
  return userId => userId === null ? null : known.get(userId) ?? null
}

export async function listColleagues(db: Database, portalId: number): Promise<Person[]> {
  const rows = await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name'])
    .where('portal_id', '=', portalId).where('is_active', '=', true).orderBy('name').orderBy('last_name').limit(500).execute()
  return rows.map(row => ({ userId: row.user_id, name: `${row.name} ${row.last_name}`.trim() }))
}

import type { Database } from '../../platform/storage/database.ts'

interface NamedPerson { userId: number, name: string }
export type NameOf = (userId: number | null) => NamedPerson | null

/** Names of those who did something; who is not known to the portal any more keeps a number. */
export async function readNames(db: Database, portalId: number, userIds: readonly (number | null)[]): Promise<NameOf> {
  const wanted = [...new Set(userIds.filter(id => id !== null))]
  const rows = wanted.length === 0 ? [] : await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name']).where('portal_id', '=', portalId).where('user_id', 'in', wanted).execute()
  const names = new Map(rows.map(row => [row.user_id, [row.name, row.last_name].filter(Boolean).join(' ')]))
  return userId => userId === null ? null : { userId, name: names.get(userId) || `#${userId}` }
}

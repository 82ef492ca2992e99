import type { Person } from '@comptoir/shared/vendors/vendor-fields'
import type { Database } from '../../platform/storage/database.ts'

export type People = ReadonlyMap<number, Person>

/** Names of the portal's people by id; somebody the mirror has not read has no entry. */
export async function findPeople(db: Database, portalId: number, userIds: readonly (number | null)[]): Promise<People> {
  const wanted = [...new Set(userIds.filter(userId => userId !== null))]
  if (wanted.length === 0)
    return new Map()
  const rows = await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name'])
    .where('portal_id', '=', portalId).where('user_id', 'in', wanted).execute()
  return new Map(rows.map(row => [row.user_id, { userId: row.user_id, name: `${row.name} ${row.last_name}`.trim() }]))
}

export const personOf = (people: People, userId: number | null): Person | null =>
  userId === null ? null : people.get(userId) ?? null

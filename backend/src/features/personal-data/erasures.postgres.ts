import { sql } from 'kysely'
import type { PersonalData } from '@comptoir/shared/personal-data/personal-data.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'

const shown = 50

interface Done {
  readonly portalId: number
  readonly reason: 'request' | 'retention'
  readonly counts: ReadonlyMap<string, number>
  readonly at: Date
  readonly by: number | null
}

/** How much of what, never of whom. */
export async function logErasure(tx: Tx, { portalId, reason, counts, at, by }: Done): Promise<void> {
  await tx.insertInto('erasures').values({ portal_id: portalId, reason, counts: JSON.stringify([...counts].map(([kind, count]) => ({ kind, count }))), at, by_user_id: by }).execute()
}

export async function listErasures(db: Database, portalId: number): Promise<PersonalData['erasures']> {
  const rows = await db.selectFrom('erasures as e')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'e.portal_id').onRef('u.user_id', '=', 'e.by_user_id'))
    .select(['e.reason', 'e.counts', 'e.at', 'e.by_user_id', sql<string>`trim(concat(u.name, ' ', u.last_name))`.as('name')])
    .where('e.portal_id', '=', portalId).orderBy('e.erasure_id', 'desc').limit(shown).execute()
  return rows.map(row => ({
    reason: row.reason, counts: row.counts as PersonalData['erasures'][number]['counts'], at: row.at.toISOString(),
    by: row.by_user_id === null ? null : { userId: row.by_user_id, name: row.name || `#${row.by_user_id}` },
  }))
}

import { sql, type AliasedRawBuilder, type RawBuilder } from 'kysely'
import type { HandOver, Owned, PastHandOver } from '@comptoir/shared/portal/owner.schema'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database, Tx } from '../storage/database.ts'

interface OwnerRow {
  readonly owner_name: string | null
  readonly is_owner_gone: boolean
}

/** Columns about the person that a column names. */
export const ownerOf = (portalId: number, owner: RawBuilder<unknown>): [AliasedRawBuilder<string | null, 'owner_name'>, AliasedRawBuilder<boolean, 'is_owner_gone'>] => [
  sql<string | null>`(select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = ${portalId} and u.user_id = ${owner})`.as('owner_name'),
  sql<boolean>`not exists (select from crm_users u where u.portal_id = ${portalId} and u.user_id = ${owner} and u.is_active)`.as('is_owner_gone'),
]

export const ownedBy = (ownerId: number, { owner_name: ownerName, is_owner_gone: isOwnerGone }: OwnerRow, viewer: Viewer): Owned =>
  ({ isMine: ownerId === viewer.userId, ownerId, ownerName, isOwnerGone })

/** Nothing is handed over to somebody who has left. */
export async function canOwn(db: Database, portalId: number, userId: number): Promise<boolean> {
  const row = await db.selectFrom('crm_users').select('user_id').where('portal_id', '=', portalId).where('user_id', '=', userId).where('is_active', '=', true).executeTakeFirst()
  return row !== undefined
}

type Kind = 'report' | 'watch'

/** Writes down who gave how many of them to whom, in the transaction that did it. */
export async function noteHandOver(tx: Tx, kind: Kind, { portalId, byUserId, items, fromId, ownerId }: HandOver & { readonly portalId: number, readonly byUserId: number, readonly items: number }): Promise<void> {
  if (items > 0 && fromId !== ownerId)
    await tx.insertInto('hand_overs').values({ portal_id: portalId, kind, items, from_user_id: fromId, to_user_id: ownerId, by_user_id: byUserId }).execute()
}

const mostShown = 50

/** The last ones first. */
export async function readHandOvers(db: Database, portalId: number, kind: Kind): Promise<PastHandOver[]> {
  const nameOf = (user: RawBuilder<unknown>) => sql<string>`coalesce((select nullif(trim(concat_ws(' ', u.name, u.last_name)), '') from crm_users u where u.portal_id = h.portal_id and u.user_id = ${user}), '#' || ${user})`
  const rows = await db.selectFrom('hand_overs as h').selectAll('h')
    .select([nameOf(sql`h.from_user_id`).as('from_name'), nameOf(sql`h.to_user_id`).as('to_name'), nameOf(sql`h.by_user_id`).as('by_name')])
    .where('h.portal_id', '=', portalId).where('h.kind', '=', kind).orderBy('h.hand_over_id', 'desc').limit(mostShown).execute()
  return rows.map(row => ({
    at: row.at.toISOString(), items: row.items,
    from: { userId: row.from_user_id, name: row.from_name }, to: { userId: row.to_user_id, name: row.to_name }, by: { userId: row.by_user_id, name: row.by_name },
  }))
}

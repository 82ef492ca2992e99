import { sql, type AliasedRawBuilder, type RawBuilder } from 'kysely'
import type { Owned } from '@comptoir/shared/portal/owner.schema'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../storage/database.ts'

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

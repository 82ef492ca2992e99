import type { Database } from '../storage/database.ts'
import { hostOf } from './portal-address.ts'

export interface PortalAddress {
  readonly memberId: string
  readonly clientEndpoint: string
  readonly isGone: boolean
}

export interface PortalDirectory {
  find(portalId: number): Promise<PortalAddress | null>
  /** After the new address was verified: portals get renamed, their member id stays. */
  move(portalId: number, clientEndpoint: string): Promise<void>
  markGone(portalId: number): Promise<void>
}

export function createPortalDirectory(db: Database): PortalDirectory {
  return {
    async find(portalId) {
      const row = await db.selectFrom('portals').select(['member_id', 'client_endpoint', 'status'])
        .where('portal_id', '=', portalId).executeTakeFirst()
      return row ? { memberId: row.member_id, clientEndpoint: row.client_endpoint, isGone: row.status === 'gone' } : null
    },
    async move(portalId, clientEndpoint) {
      await db.updateTable('portals').set({ client_endpoint: clientEndpoint, domain: hostOf(clientEndpoint) })
        .where('portal_id', '=', portalId).execute()
    },
    async markGone(portalId) {
      await db.updateTable('portals').set({ status: 'gone' }).where('portal_id', '=', portalId).execute()
    },
  }
}

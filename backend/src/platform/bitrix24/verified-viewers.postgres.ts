import type { Database } from '../storage/database.ts'
import type { VerifiedViewer } from './verify-viewer.ts'

export interface VerifiedViewers {
  find(portalId: number, tokenHash: Buffer, now: Date): Promise<VerifiedViewer | null>
  remember(portalId: number, tokenHash: Buffer, viewer: VerifiedViewer): Promise<void>
  purge(before: Date): Promise<number>
}

export function createVerifiedViewers(db: Database): VerifiedViewers {
  return {
    async find(portalId, tokenHash, now) {
      const row = await db.selectFrom('verified_tokens').selectAll()
        .where('portal_id', '=', portalId).where('token_hash', '=', tokenHash).where('expires_at', '>', now)
        // Of somebody who has left since, the portal is asked again.
        .where(({ not, exists, selectFrom }) => not(exists(selectFrom('crm_users as u').select('u.user_id')
          .whereRef('u.portal_id', '=', 'verified_tokens.portal_id').whereRef('u.user_id', '=', 'verified_tokens.user_id').where('u.is_active', '=', false))))
        .executeTakeFirst()
      return row ? { userId: row.user_id, name: row.name, isAdmin: row.is_admin, expiresAt: row.expires_at } : null
    },
    async remember(portalId, tokenHash, { userId, name, isAdmin, expiresAt }) {
      const values = { user_id: userId, name, is_admin: isAdmin, expires_at: expiresAt }
      await db.insertInto('verified_tokens')
        .values({ portal_id: portalId, token_hash: tokenHash, ...values })
        .onConflict(conflict => conflict.columns(['portal_id', 'token_hash']).doUpdateSet(values))
        .execute()
      // Who has come back is here again before the directory is next read.
      await db.updateTable('crm_users').set({ is_active: true }).where('portal_id', '=', portalId).where('user_id', '=', userId).where('is_active', '=', false).execute()
    },
    async purge(before) {
      const { numDeletedRows } = await db.deleteFrom('verified_tokens').where('expires_at', '<', before).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

import { sql } from 'kysely'
import { isAtLeast, type VendorRole } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import type { PaymentAccess } from '@comptoir/shared/payments/payments.contract'
import type { Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

/**
 * Runs and statements show the money of the whole company: they are for those whose bank rights reach every vendor.
 * Null for everybody else.
 */
export async function treasuryRole(db: Database, { portal, viewer }: Onlooker): Promise<VendorRole | null> {
  if (viewer.isAdmin)
    return 'admin'
  const { rows } = await sql<{ role: VendorRole | null }>`
    select g.role from vendor_grants_for(${portal.id}, ${viewer.userId}, 'bank', 'viewer') g
    where g.scope_kind = 'all' order by vendor_role_rank(g.role) desc limit 1`.execute(db)
  return rows[0]?.role ?? null
}

/** @throws AppError payment.not_allowed */
export async function requireTreasury(db: Database, onlooker: Onlooker, atLeast: VendorRole): Promise<PaymentAccess> {
  const role = await treasuryRole(db, onlooker)
  if (role === null || !isAtLeast(role, atLeast))
    throw new AppError('payment.not_allowed', { details: { role: atLeast } })
  return accessOf(role)
}

export const accessOf = (role: VendorRole | null): PaymentAccess => ({
  canPrepare: role !== null && isAtLeast(role, 'editor'),
  canApprove: role !== null && isAtLeast(role, 'approver'),
  isAdmin: role === 'admin',
})

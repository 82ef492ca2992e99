import { sql } from 'kysely'
import type { TwoPersonRule } from '@comptoir/shared/access/protected-fields'
import { satisfies } from '@comptoir/shared/access/rights'
import { vendorRights, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { neededFor } from './proposal.ts'

type Refusal = 'own' | 'changed' | 'forbidden'
interface Shown { readonly vendorId: string, readonly iban: string }
interface Confirmed { confirmed: string[], refused: { vendorId: string, reason: Refusal }[] }

/** A second person stands behind IBANs that are on file. Each for itself: one refusal stops no other, and of a vendor that is not to be known of nothing is said. */
export async function confirmIbans(db: Database, onlooker: Onlooker, vendors: readonly Shown[], { rule, now }: { rule: TwoPersonRule, now: Date }): Promise<Confirmed> {
  const answer: Confirmed = { confirmed: [], refused: [] }
  for (const shown of vendors) {
    const refusal = await confirmOne(db, onlooker, shown, { rule, now })
    if (refusal === null)
      answer.confirmed.push(shown.vendorId)
    else if (refusal !== 'unknown')
      answer.refused.push({ vendorId: shown.vendorId, reason: refusal })
  }
  return answer
}

const confirmOne = (db: Database, onlooker: Onlooker, { vendorId, iban }: Shown, { rule, now }: { rule: TwoPersonRule, now: Date }): Promise<Refusal | 'unknown' | null> =>
  db.transaction().execute(async (tx) => {
    const { portal, viewer } = onlooker
    const rights = await vendorRights(tx, onlooker, vendorId)
    if (!rights)
      return 'unknown'
    if (!satisfies(rights, neededFor.bank))
      return 'forbidden'
    const row = await tx.selectFrom('vendors').select(['iban', 'iban_approved_at', sql<number | null>`coalesce(iban_set_by, created_by)`.as('set_by')])
      .where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId).forUpdate().executeTakeFirstOrThrow()
    if (row.iban !== iban || row.iban_approved_at !== null)
      return 'changed'
    if (row.set_by === viewer.userId && rule !== 'off')
      return 'own'
    await tx.updateTable('vendors').set({ iban_approved_at: now, iban_approved_by: viewer.userId, version: sql<number>`version + 1`, updated_at: now, updated_by: viewer.userId })
      .where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId).execute()
    await tx.insertInto('vendor_changes').values({
      portal_id: portal.id, vendor_id: vendorId, field: 'ibanApproval', new_value: JSON.stringify(true), origin: 'person', at: now, by_user_id: viewer.userId,
    }).execute()
    return null
  })

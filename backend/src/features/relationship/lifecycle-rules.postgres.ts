import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { LifecycleRules } from '@comptoir/shared/relationship/lifecycle.contract'
import { defaultLifeRules } from '@comptoir/shared/vendors/life-cycle'
import type { Database, Tx } from '../../platform/storage/database.ts'

export async function readLifeRules(db: Database | Tx, portalId: number): Promise<LifecycleRules> {
  const row = await db.selectFrom('lifecycle_rules').selectAll().where('portal_id', '=', portalId).executeTakeFirst()
  return row
    ? {
        activationNeedsIdentifiers: row.activation_needs_identifiers,
        activationNeedsContract: row.activation_needs_contract,
        activatesOnSignature: row.activates_on_signature,
        onLastContractEnd: row.on_last_contract_end,
        holdsPaymentsOnExpiry: row.holds_payments_on_expiry,
        terminationNeedsTwo: row.termination_needs_two,
        homeCountry: row.home_country,
        version: row.version,
      }
    : { ...defaultLifeRules, homeCountry: await readHomeCountry(db, portalId), version: 0 }
}

/** Where vendors are taken to be at home whose data does not tell. */
export async function readHomeCountry(db: Database | Tx, portalId: number): Promise<string | null> {
  const { rows } = await sql<{ country: string | null }>`select home_country(${portalId}) as country`.execute(db)
  return rows[0]?.country ?? null
}

/** @throws AppError lifecycle.rules_changed when somebody saved since they were read */
export async function saveLifeRules(tx: Tx, portalId: number, { version, ...rules }: LifecycleRules, made: { userId: number, now: Date }): Promise<void> {
  const columns = {
    activation_needs_identifiers: rules.activationNeedsIdentifiers,
    activation_needs_contract: rules.activationNeedsContract,
    activates_on_signature: rules.activatesOnSignature,
    on_last_contract_end: rules.onLastContractEnd,
    holds_payments_on_expiry: rules.holdsPaymentsOnExpiry,
    termination_needs_two: rules.terminationNeedsTwo,
    home_country: rules.homeCountry,
    updated_at: made.now,
    updated_by: made.userId,
  }
  const { numInsertedOrUpdatedRows } = await tx.insertInto('lifecycle_rules').values({ portal_id: portalId, ...columns, version: 1 })
    .onConflict(conflict => conflict.column('portal_id').doUpdateSet({ ...columns, version: sql<number>`lifecycle_rules.version + 1` })
      .where('lifecycle_rules.version', '=', version))
    .executeTakeFirst()
  // A first row is only right over the defaults.
  if (numInsertedOrUpdatedRows === 0n || (version > 0 && (await readLifeRules(tx, portalId)).version === 1))
    throw new AppError('lifecycle.rules_changed')
}

import { AppError } from '@comptoir/shared/errors'
import type { DatedRate } from '@comptoir/shared/payments/late-interest'
import { countryCode } from '@comptoir/shared/payments/postal-address'
import type { DebtorAccount, DebtorAccountFields, PaymentSettings } from '@comptoir/shared/payments/payments.contract'
import { isSepaIban } from '@comptoir/shared/payments/sepa-zone'
import { checkBic, checkIban } from '@comptoir/shared/vendors/identifiers'
import type { Caller } from '../../platform/http/caller.ts'
import { inTransaction, type Database } from '../../platform/storage/database.ts'
import type { PaymentDeps } from './payable-changes.postgres.ts'
import { readRates } from './vendor-payments.postgres.ts'

export async function readSettings(db: Database, portalId: number): Promise<PaymentSettings> {
  const [accounts, rates] = await Promise.all([
    db.selectFrom('debtor_accounts').selectAll().where('portal_id', '=', portalId).orderBy('name').orderBy('account_id').execute(),
    readRates(db, portalId),
  ])
  return {
    accounts: accounts.map((row): DebtorAccount => ({
      accountId: row.account_id, name: row.name, iban: row.iban, bic: row.bic, painVersion: row.pain_version, street: row.street,
      building: row.building, postalCode: row.postal_code, town: row.town, country: row.country, isActive: row.is_active, version: row.version,
    })),
    rates: [...rates],
  }
}

function columnsOf(fields: DebtorAccountFields) {
  const iban = checkIban(fields.iban)
  const bic = fields.bic === null || fields.bic.trim() === '' ? null : checkBic(fields.bic)
  if (!iban.ok || !isSepaIban(iban.value) || (bic !== null && !bic.ok))
    throw new AppError('payment.iban_invalid', { details: { field: iban.ok && isSepaIban(iban.value) ? 'bic' : 'iban' } })
  const text = (value: string | null): string | null => value?.trim() || null
  return {
    name: fields.name.trim(), iban: iban.value, bic: bic?.value ?? null, pain_version: fields.painVersion, street: text(fields.street),
    building: text(fields.building), postal_code: text(fields.postalCode), town: text(fields.town), country: countryCode(fields.country), is_active: fields.isActive,
  }
}

const isTaken = (error: unknown): boolean => (error as { constraint?: string }).constraint === 'debtor_accounts__iban'

export async function saveAccount({ db, now }: PaymentDeps, { portal, viewer }: Caller, fields: DebtorAccountFields, of: { accountId: string, version: number } | null): Promise<PaymentSettings> {
  const values = { ...columnsOf(fields), updated_at: now(), updated_by: viewer.userId }
  try {
    if (of === null) {
      await db.insertInto('debtor_accounts').values({ portal_id: portal.id, ...values, created_by: viewer.userId }).execute()
    }
    else {
      const written = await db.updateTable('debtor_accounts').set({ ...values, version: of.version + 1 })
        .where('portal_id', '=', portal.id).where('account_id', '=', of.accountId).where('version', '=', of.version).executeTakeFirst()
      if (Number(written.numUpdatedRows) === 0)
        throw new AppError(await isKnown(db, portal.id, of.accountId) ? 'payment.changed_meanwhile' : 'payment.account_unknown')
    }
  }
  catch (error) {
    throw isTaken(error) ? new AppError('payment.account_taken') : error
  }
  return readSettings(db, portal.id)
}

async function isKnown(db: Database, portalId: number, accountId: string): Promise<boolean> {
  return await db.selectFrom('debtor_accounts').select('account_id').where('portal_id', '=', portalId).where('account_id', '=', accountId).executeTakeFirst() !== undefined
}

export async function saveRates({ db }: PaymentDeps, { portal, viewer }: Caller, rates: readonly DatedRate[]): Promise<PaymentSettings> {
  const byDay = new Map(rates.map(rate => [rate.validFrom, rate]))
  await inTransaction(db, async (tx) => {
    await tx.deleteFrom('late_interest_rates').where('portal_id', '=', portal.id).execute()
    if (byDay.size > 0) {
      await tx.insertInto('late_interest_rates').values([...byDay.values()].map(rate => ({
        portal_id: portal.id, valid_from: rate.validFrom, percent: String(rate.percent), created_by: viewer.userId,
      }))).execute()
    }
  })
  return readSettings(db, portal.id)
}

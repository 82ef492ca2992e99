import { sql } from 'kysely'
import { defaultAccounts } from '@comptoir/shared/accounting/journal'
import type { Accounting, AccountingFields, KeyScope } from '@comptoir/shared/accounting/accounting.contract'
import { AppError } from '@comptoir/shared/errors'
import { checkSiren } from '@comptoir/shared/vendors/identifiers'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readNames } from './people.postgres.ts'
import { listPresets } from './presets.postgres.ts'

export async function readSettings(db: Database, portalId: number): Promise<{ settings: AccountingFields, version: number }> {
  const row = await db.selectFrom('accounting_settings').selectAll().where('portal_id', '=', portalId).executeTakeFirst()
  if (!row)
    return { settings: { ...defaultAccounts, categoryAccounts: {}, siren: null, fecSeparator: 'tab', fecEncoding: 'utf-8', fiscalYearMonth: 1 }, version: 0 }
  return {
    version: row.version,
    settings: {
      siren: row.siren, purchaseJournal: row.purchase_journal, purchaseJournalName: row.purchase_journal_name, bankJournal: row.bank_journal,
      bankJournalName: row.bank_journal_name, payableAccount: row.payable_account, expenseAccount: row.expense_account, taxAccount: row.tax_account,
      bankAccount: row.bank_account, reverseDueAccount: row.reverse_due_account, reverseTaxAccount: row.reverse_tax_account, reverseRate: Number(row.reverse_rate),
      categoryAccounts: row.category_accounts as Record<string, string>, fecSeparator: row.fec_separator,
      fecEncoding: row.fec_encoding, fiscalYearMonth: row.fiscal_year_month,
    },
  }
}

export async function readAccounting(db: Database, portalId: number): Promise<Accounting> {
  const [stored, keys, categories, presets] = await Promise.all([
    readSettings(db, portalId),
    db.selectFrom('accounting_keys').select(['key_id', 'name', 'hint', 'scopes', 'created_at', 'created_by', 'last_used_at', 'revoked_at'])
      .where('portal_id', '=', portalId).orderBy('created_at', 'desc').execute(),
    db.selectFrom('purchases').select('category').distinct().where('portal_id', '=', portalId).where('category', 'is not', null).orderBy('category').limit(200).execute(),
    listPresets(db, portalId),
  ])
  const nameOf = await readNames(db, portalId, keys.map(row => row.created_by))
  return {
    ...stored,
    categories: categories.map(row => row.category ?? ''),
    keys: keys.map(row => ({
      keyId: row.key_id, name: row.name, hint: row.hint, scopes: row.scopes as KeyScope[], createdAt: row.created_at.toISOString(), createdBy: nameOf(row.created_by),
      lastUsedAt: row.last_used_at?.toISOString() ?? null, revokedAt: row.revoked_at?.toISOString() ?? null,
    })),
    presets,
  }
}

/** Version 0 stands for a portal that never saved any. */
export async function saveSettings(db: Database, { portal, viewer }: Caller, fields: AccountingFields, version: number): Promise<void> {
  const siren = fields.siren === null || fields.siren.trim() === '' ? null : checkSiren(fields.siren)
  if (siren !== null && !siren.ok)
    throw new AppError('vendor.identifier_invalid', { details: { field: 'siren', reason: siren.reason, ...siren.details } })
  const values = {
    siren: siren?.value ?? null, purchase_journal: fields.purchaseJournal, purchase_journal_name: fields.purchaseJournalName.trim(), bank_journal: fields.bankJournal,
    bank_journal_name: fields.bankJournalName.trim(), payable_account: fields.payableAccount, expense_account: fields.expenseAccount, tax_account: fields.taxAccount,
    bank_account: fields.bankAccount, reverse_due_account: fields.reverseDueAccount, reverse_tax_account: fields.reverseTaxAccount, reverse_rate: fields.reverseRate,
    category_accounts: JSON.stringify(fields.categoryAccounts), fec_separator: fields.fecSeparator,
    fec_encoding: fields.fecEncoding, fiscal_year_month: fields.fiscalYearMonth,
    updated_at: sql<Date>`now()`, updated_by: viewer.userId,
  }
  const written = version === 0
    ? await db.insertInto('accounting_settings').values({ portal_id: portal.id, ...values }).onConflict(conflict => conflict.doNothing()).returning('version').executeTakeFirst()
    : await db.updateTable('accounting_settings').set({ ...values, version: version + 1 }).where('portal_id', '=', portal.id).where('version', '=', version).returning('version').executeTakeFirst()
  if (!written)
    throw new AppError('accounting.changed_meanwhile')
}

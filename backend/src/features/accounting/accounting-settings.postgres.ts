import { sql } from 'kysely'
import { defaultAccounts } from '@comptoir/shared/accounting/journal'
import type { Accounting, AccountingFields, KeyScope } from '@comptoir/shared/accounting/accounting.contract'
import { presetIds, presets } from '@comptoir/shared/accounting/presets'
import { AppError } from '@comptoir/shared/errors'
import { checkSiren } from '@comptoir/shared/vendors/identifiers'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

export async function readSettings(db: Database, portalId: number): Promise<{ settings: AccountingFields, version: number }> {
  const row = await db.selectFrom('accounting_settings').selectAll().where('portal_id', '=', portalId).executeTakeFirst()
  if (!row)
    return { settings: { ...defaultAccounts, categoryAccounts: {}, siren: null, fecSeparator: 'tab' }, version: 0 }
  return {
    version: row.version,
    settings: {
      siren: row.siren, purchaseJournal: row.purchase_journal, purchaseJournalName: row.purchase_journal_name, bankJournal: row.bank_journal,
      bankJournalName: row.bank_journal_name, payableAccount: row.payable_account, expenseAccount: row.expense_account, taxAccount: row.tax_account,
      bankAccount: row.bank_account, categoryAccounts: row.category_accounts as Record<string, string>, fecSeparator: row.fec_separator,
    },
  }
}

export async function readAccounting(db: Database, portalId: number): Promise<Accounting> {
  const [stored, keys, categories] = await Promise.all([
    readSettings(db, portalId),
    db.selectFrom('accounting_keys').leftJoin('crm_users', join => join.onRef('crm_users.portal_id', '=', 'accounting_keys.portal_id').onRef('crm_users.user_id', '=', 'accounting_keys.created_by'))
      .select(['key_id', 'accounting_keys.name', 'hint', 'scopes', 'accounting_keys.created_at', 'accounting_keys.created_by', 'last_used_at', 'revoked_at', 'crm_users.name as first_name', 'crm_users.last_name'])
      .where('accounting_keys.portal_id', '=', portalId).orderBy('accounting_keys.created_at', 'desc').execute(),
    db.selectFrom('purchases').select('category').distinct().where('portal_id', '=', portalId).where('category', 'is not', null).orderBy('category').limit(200).execute(),
  ])
  return {
    ...stored,
    categories: categories.map(row => row.category ?? ''),
    keys: keys.map(row => ({
      keyId: row.key_id, name: row.name, hint: row.hint, scopes: row.scopes as KeyScope[], createdAt: row.created_at.toISOString(),
      createdBy: row.created_by === null ? null : { userId: row.created_by, name: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() || `#${row.created_by}` },
      lastUsedAt: row.last_used_at?.toISOString() ?? null, revokedAt: row.revoked_at?.toISOString() ?? null,
    })),
    presetVersions: presetIds.map(id => ({ id, version: presets[id].version })),
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
    bank_account: fields.bankAccount, category_accounts: JSON.stringify(fields.categoryAccounts), fec_separator: fields.fecSeparator,
    updated_at: sql<Date>`now()`, updated_by: viewer.userId,
  }
  const written = version === 0
    ? await db.insertInto('accounting_settings').values({ portal_id: portal.id, ...values }).onConflict(conflict => conflict.doNothing()).returning('version').executeTakeFirst()
    : await db.updateTable('accounting_settings').set({ ...values, version: version + 1 }).where('portal_id', '=', portal.id).where('version', '=', version).returning('version').executeTakeFirst()
  if (!written)
    throw new AppError('accounting.changed_meanwhile')
}

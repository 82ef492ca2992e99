import { currencyIn } from './currency.ts'
import type { FileEvidence } from './evidence.ts'
import type { ColumnMapping, ImportField, ImportKind, VendorKey } from './fields.ts'
import { isSupplierAccount } from './ledger.ts'
import type { Layout } from './layout.ts'
import type { MappedColumn } from './mapping.ts'
import type { ImportOptions } from './options.ts'
import { periodFromText } from './period.ts'
import type { Certainty, ProposedPeriod } from './profile.ts'

export function proposePeriod(name: string, layout: Layout, kind: ImportKind, evidence: FileEvidence, options: ImportOptions): ProposedPeriod | null {
  if (options.period !== undefined)
    return options.period && { ...options.period, source: 'chosen' }
  if (kind !== 'purchases' || !evidence.isUndated)
    return null
  const fromName = periodFromText(name)
  if (fromName)
    return { ...fromName, source: 'name' }
  const fromTitle = layout.preamble.map(periodFromText).find(period => period !== null)
  return fromTitle ? { ...fromTitle, source: 'preamble' } : null
}

export function chooseCurrency(layout: Layout, columns: readonly MappedColumn[], evidence: FileEvidence, context: { readonly options: ImportOptions, readonly currency: string }): { currency: string, currencyCertainty: Certainty } {
  if (context.options.currency)
    return { currency: context.options.currency, currencyCertainty: 'chosen' }
  const money = columns.filter(({ field }) => field === 'amount' || field === 'debit' || field === 'credit')
  const named = money.map(({ column }) => currencyIn(layout.headers[column] ?? '')).find(code => code !== null)
    ?? [...evidence.currencies].sort((a, b) => b[1] - a[1])[0]?.[0]
    ?? layout.preamble.map(currencyIn).find(code => code !== null)
  return named ? { currency: named, currencyCertainty: 'detected' } : { currency: context.currency, currencyCertainty: 'assumed' }
}

/** In a ledger of suppliers' accounts (401…) invoices stand on the credit side; on a bank statement money leaves by the debit side. */
export function chooseSide(layout: Layout, { vendorName, vendorCode, account, debit, credit, side }: ColumnMapping): 'debit' | 'credit' {
  if (credit !== undefined && debit === undefined && side === undefined)
    return 'credit'
  const column = vendorName ?? vendorCode
  const accounts = [account, vendorCode].filter(place => place !== undefined)
  const named = column === undefined ? [] : layout.sample.filter(({ cells }) => (cells[column] ?? '').trim() !== '')
  const onSupplierAccounts = named.filter(({ cells }) => accounts.some(place => isSupplierAccount(cells[place] ?? ''))).length
  return onSupplierAccounts > named.length / 2 ? 'credit' : 'debit'
}

export function chooseKeys(columns: readonly MappedColumn[], isCodeUnreliable: boolean): VendorKey[] {
  const has = (...fields: ImportField[]): boolean => columns.some(({ field }) => fields.includes(field))
  const keys: VendorKey[] = []
  if (has('siren', 'siret', 'vatNumber'))
    keys.push('siren')
  if (has('vatNumber'))
    keys.push('vatNumber')
  if (has('vendorCode') && !isCodeUnreliable)
    keys.push('code')
  return [...keys, 'name']
}

import type { PresetColumn, PresetField, PresetMapping } from './preset-mapping.ts'

export const presetIds = ['pennylane', 'sage', 'quickbooks', 'xero'] as const
export type PresetId = (typeof presetIds)[number]
/** Names of programs: the same in every language. */
export const presetNames: Readonly<Record<PresetId, string>> = { pennylane: 'Pennylane', sage: 'Sage', quickbooks: 'QuickBooks', xero: 'Xero' }

const columns = (list: readonly (readonly [header: string, field: PresetField, values?: Partial<PresetColumn>])[]): PresetColumn[] =>
  list.map(([header, field, values]) => ({ header, field, text: '', dayFormat: null, length: null, ...values }))

const forEntries: Omit<PresetMapping, 'columns'> = { rows: 'entries', delimiter: 'semicolon', decimal: 'comma', dayFormat: 'dd/mm/yyyy', encoding: 'utf-8', hasHeader: true }
const forInvoices: Omit<PresetMapping, 'columns'> = { rows: 'invoices', delimiter: 'comma', decimal: 'dot', dayFormat: 'dd/mm/yyyy', encoding: 'utf-8', hasHeader: true }

/**
 * What comes with the product, all versions of each: the last one is in force.
 * A change of columns is a new version: whoever asks why a file looks as it does finds the one that wrote it.
 */
export const presetVersions: Readonly<Record<PresetId, readonly [PresetMapping, ...PresetMapping[]]>> = {
  pennylane: [{
    ...forEntries,
    columns: columns([
      ['Date', 'entryOn'], ['Code journal', 'journal'], ['Numéro de compte', 'thirdParty'], ['Libellé de compte', 'accountName'], ['Libellé de ligne', 'text'],
      ['Numéro de pièce', 'reference'], ['Débit', 'debit'], ['Crédit', 'credit'],
    ]),
  }],
  sage: [{
    ...forEntries, dayFormat: 'ddmmyy', encoding: 'windows-1252',
    columns: columns([
      ['Code journal', 'journal'], ['Date de pièce', 'entryOn'], ['N° compte général', 'account'], ['N° pièce', 'reference'], ['N° compte tiers', 'auxiliary'],
      ['Libellé écriture', 'text', { length: 69 }], ['Montant', 'amount'], ['Sens', 'direction'],
    ]),
  }],
  quickbooks: [{
    ...forInvoices,
    columns: columns([
      ['Bill no.', 'reference'], ['Supplier', 'vendor'], ['Bill Date', 'issuedOn'], ['Due Date', 'dueOn'], ['Account', 'account'],
      ['Line Description', 'text'], ['Line Amount', 'net'], ['Line Tax Amount', 'tax'], ['Currency Code', 'currency'],
    ]),
  }],
  xero: [{
    ...forInvoices,
    columns: columns([
      ['*ContactName', 'vendor'], ['*InvoiceNumber', 'reference'], ['*InvoiceDate', 'issuedOn'], ['*DueDate', 'dueOn'], ['Total', 'total'],
      ['Description', 'text'], ['*Quantity', 'quantity'], ['*UnitAmount', 'net'], ['*AccountCode', 'account'], ['*TaxType', 'fixed', { text: 'Tax on Purchases' }],
      ['TaxAmount', 'tax'], ['Currency', 'currency'],
    ]),
  }],
}

export const shippedVersion = (id: PresetId): number => presetVersions[id].length
export const shippedMapping = (id: PresetId, version = shippedVersion(id)): PresetMapping | null => presetVersions[id][version - 1] ?? null
export const isShipped = (id: string): id is PresetId => (presetIds as readonly string[]).includes(id)

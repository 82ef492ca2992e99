import { attributeField, isAttributeField, type ImportField } from '@comptoir/shared/imports/fields'
import type { Import, ImportIssue, ImportState } from '@comptoir/shared/imports/import.contract'
import { formatList, formatMoney } from '../../platform/format/format.ts'
import { hasText, t, type MessageKey } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const stateTones: Readonly<Record<ImportState, StatusTone>> = {
  uploading: 'info', analysed: 'neutral', previewing: 'info', previewed: 'neutral', running: 'info', done: 'success',
  cancelled: 'warning', failed: 'alert', undoing: 'info', undone: 'neutral',
}

export const isUnderWay = (state: ImportState): boolean => state === 'previewing' || state === 'running' || state === 'undoing'

/** What is wrong, with what was expected where that is known. */
export function issueText({ code, details }: Pick<ImportIssue, 'code' | 'details'>): string {
  const text = t(`imports.issueTexts.${code}` as MessageKey, details)
  const faultKey = details.reason === 'checksum' && details.expected !== undefined ? 'checksumExpected' : details.reason
  const fault = `vendors.faults.${faultKey}`
  return faultKey !== undefined && hasText(fault) ? `${text}. ${t(fault, details)}` : text
}

const hintOfGroup: Readonly<Record<string, MessageKey>> = {
  amount: 'imports.issueHints.amount', date: 'imports.issueHints.date', vendor: 'imports.issueHints.vendor', row: 'imports.issueHints.row',
  siren: 'imports.issueHints.identifier', siret: 'imports.issueHints.identifier', vat: 'imports.issueHints.identifier', iban: 'imports.issueHints.identifier',
  bic: 'imports.issueHints.identifier', email: 'imports.issueHints.identifier', website: 'imports.issueHints.identifier', payment_term: 'imports.issueHints.identifier', attribute: 'imports.issueHints.identifier',
}

export function issueHint({ code }: Pick<ImportIssue, 'code'>): string {
  const key = hintOfGroup[code.split('.')[0] ?? '']
  return key ? t(key) : ''
}

/** Sums by currency, as one text. */
export const sumsText = (sums: Readonly<Record<string, number>>): string =>
  formatList(Object.entries(sums).map(([currency, minor]) => formatMoney({ minor, currency })))

/** The titles of the file's columns, and of the one that holds the heading above each row. */
export const columnTitles = ({ headers, headingColumn }: NonNullable<Import['profile']>): readonly string[] =>
  headingColumn === null ? headers : headers.with(headingColumn, t('imports.columns.heading'))

/** What people call a column: its title, or its place. */
export const columnName = (headers: readonly string[], column: number): string =>
  headers[column]?.trim() || t('imports.columns.column', { number: column + 1 })

/** What a column is taken for: a field of ours, or one of the portal's own. */
export function importFieldText(field: ImportField, { attributes }: Pick<NonNullable<Import['profile']>, 'attributes'>): string {
  return isAttributeField(field)
    ? attributes.find(({ attributeId }) => attributeField(attributeId) === field)?.label ?? ''
    : t(`imports.fields.${field}`)
}

const factFields: Readonly<Record<string, string>> = { name: 'vendors.fields.name' }

/** A field of a vendor, by its name on the vendor's card. */
export function vendorFieldText(field: string): string {
  if (isAttributeField(field))
    return field.split(':').slice(2).join(':')
  const key = factFields[field] ?? `vendors.fields.${field}`
  return hasText(key) ? t(key) : field
}

/** Faults of whole columns, counted but never listed row by row. */
export const noteCodes = ['date.period_proposed', 'currency.no_rate'] as const

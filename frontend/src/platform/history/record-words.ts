import { changedKeys, isRecordField, nameOf, type RecordParts } from '@comptoir/shared/access/record-change'
import { formatDateTime, formatShortDate } from '../format/dates.ts'
import { formatMoney, formatNumber, NO_VALUE } from '../format/format.ts'
import { hasText, t } from '../i18n/i18n.ts'

export { isRecordField }

const partsOf = (value: unknown): RecordParts | null => value !== null && typeof value === 'object' ? value as RecordParts : null
const named = ['number', 'reference', 'subject', 'label', 'currency']

/** What kind of document a line of the history is about. */
export const recordName = (field: string): string => isRecordField(field) ? t(`recordHistory.fields.${field}`) : field

/** What became of a document: it came, it went, or these parts of it are different. */
export function recordWords({ field, oldValue, newValue }: { readonly field: string, readonly oldValue?: unknown, readonly newValue?: unknown }): string {
  const [from, to] = [partsOf(oldValue), partsOf(newValue)]
  const title = [recordName(field), nameOf(to ?? from)].filter(Boolean).join(' ')
  if (!from || !to)
    return t(to ? 'recordHistory.added' : 'recordHistory.removed', { title })
  const keys = changedKeys(from, to).filter(key => !named.includes(key) || nameOf(from) !== nameOf(to))
  return keys.length === 0
    ? t('recordHistory.changed', { title })
    : t('recordHistory.parts', { title, parts: keys.map(key => partText(key, from, to)).join(' ; ') })
}

function partText(key: string, from: RecordParts, to: RecordParts): string {
  const label = worded(`recordHistory.keys.${key}`) ?? key
  if (Array.isArray(from[key]) && Array.isArray(to[key]))
    return t('recordHistory.part', { label, ...linesText(from[key].map(String), to[key].map(String)) })
  return t('recordHistory.part', { label, from: valueText(key, from), to: valueText(key, to) })
}

/** Of many lines those that differ. */
const linesText = (from: readonly string[], to: readonly string[]): { from: string, to: string } => ({
  from: from.filter(line => !to.includes(line)).join(', ') || NO_VALUE,
  to: to.filter(line => !from.includes(line)).join(', ') || NO_VALUE,
})

function valueText(key: string, parts: RecordParts): string {
  const value = parts[key]
  if (value === null || value === undefined || value === '')
    return NO_VALUE
  if (typeof value === 'number')
    return key.endsWith('Minor') && typeof parts.currency === 'string' ? formatMoney({ minor: value, currency: parts.currency }) : formatNumber(value, { upTo: 6 })
  if (typeof value === 'boolean')
    return t(value ? 'recordHistory.yes' : 'recordHistory.no')
  const text = String(value)
  return worded(`recordHistory.values.${text}`) ?? dayText(text)
}

const worded = (key: string): string | null => hasText(key) ? t(key) : null

const dayText = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatShortDate(text) : /^\d{4}-\d{2}-\d{2}T/.test(text) ? formatDateTime(text) : text

import type { HistoryLine } from '@comptoir/shared/access/history.contract'
import { formatList, formatNumber } from '../../platform/format/format.ts'
import { documentWords } from '../../platform/history/document-words.ts'
import { isRecordField, recordWords } from '../../platform/history/record-words.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import { fieldName, valueText } from './access-words.ts'

interface ProposalNote { readonly fields?: readonly string[], readonly status?: 'waiting' | 'approved' | 'rejected' | 'withdrawn' }
interface VendorNote { readonly name?: string }
interface DealNote { readonly dealId?: number }

/** From what to what, in words; what was entered as a whole is named only. */
export function changeWords({ field, oldValue, newValue }: Pick<HistoryLine, 'field' | 'oldValue' | 'newValue'>): string {
  if (isRecordField(field))
    return recordWords({ field, oldValue, newValue })
  switch (field) {
    case 'proposal': {
      const { fields = [], status = 'waiting' } = (newValue ?? {}) as ProposalNote
      return t('access.history.proposal', { fields: fields.map(fieldName).join(', '), status: t(`access.statuses.${status}`) })
    }
    case 'vendor': return t('access.history.entered', { name: (newValue as VendorNote | null)?.name ?? '' })
    case 'deal': return t('access.history.deal', { deal: String(((newValue ?? oldValue) as DealNote | null)?.dealId ?? '') })
    case 'ibanApproval': return t('access.history.confirmed')
    case 'document': return documentWords({ oldValue, newValue }) ?? t('access.nothing')
    case 'paymentHold': return t('recordHistory.holdLifted')
    default: return `${writtenValue(oldValue, field)} → ${writtenValue(newValue, field)}`
  }
}

/** Fields of a vendor that have an old and a new value of their own. */
export const hasTwoSides = (field: string): boolean =>
  !isRecordField(field) && !['proposal', 'vendor', 'deal', 'ibanApproval', 'document', 'paymentHold'].includes(field)

export function writtenValue(value: unknown, field: string): string {
  const status = `recordHistory.vendorStatuses.${String(value)}`
  if (field === 'status' && hasText(status))
    return t(status)
  // Attributes of the portal's own are kept as texts.
  if (value === true || value === false || (field.startsWith('attribute:') && (value === 'true' || value === 'false')))
    return t(String(value) === 'true' ? 'recordHistory.yes' : 'recordHistory.no')
  if (typeof value === 'number')
    return formatNumber(value, { upTo: 6 })
  return Array.isArray(value) ? formatList(value.map(String)) : valueText(value, field)
}

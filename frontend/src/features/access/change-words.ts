import type { HistoryLine } from '@comptoir/shared/access/history.contract'
import { isRecordField, recordWords } from '../../platform/history/record-words.ts'
import { t } from '../../platform/i18n/i18n.ts'
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
    default: return `${valueText(oldValue, field)} → ${valueText(newValue, field)}`
  }
}

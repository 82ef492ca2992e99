import { vendorStatuses, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { VendorChange } from '@comptoir/shared/vendors/vendor.contract'
import { formatMoney, NO_VALUE } from '../../platform/format/format.ts'
import { documentWords } from '../../platform/history/document-words.ts'
import { isRecordField, recordWords } from '../../platform/history/record-words.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { fieldText, identifierText, statusText } from './vendor-words.ts'

interface LinkInHistory { readonly dealId: number, readonly plannedMinor: number | null, readonly actualMinor: number | null, readonly currency: string }

const isLink = (value: unknown): value is LinkInHistory => typeof value === 'object' && value !== null && 'dealId' in value
const isStatus = (value: unknown): value is VendorStatus => vendorStatuses.some(status => status === value)

/** One line of the history in words. */
export function changeText({ field, oldValue, newValue }: VendorChange): string {
  if (isRecordField(field))
    return recordWords({ field, oldValue, newValue })
  if (field === 'deal')
    return linkText(oldValue, newValue)
  if (field === 'proposal')
    return proposalText(newValue)
  if (field === 'document')
    return documentWords({ oldValue, newValue }) ?? fieldText(field)
  if (field === 'paymentHold')
    return t('recordHistory.holdLifted')
  if (field === 'vendor')
    return fieldText(field)
  const write = (value: unknown): string => field === 'status' && isStatus(value) ? statusText(value) : identifierText(field, String(value))
  const label = fieldText(field)
  if (oldValue === null || oldValue === undefined)
    return t('vendors.history.set', { field: label, to: write(newValue) })
  if (newValue === null || newValue === undefined)
    return t('vendors.history.cleared', { field: label, from: write(oldValue) })
  return t('vendors.history.changed', { field: label, from: write(oldValue), to: write(newValue) })
}

const proposalKeys = {
  waiting: 'proposed', approved: 'proposalApproved', rejected: 'proposalRejected', withdrawn: 'proposalWithdrawn',
} as const

function proposalText(value: unknown): string {
  const { fields = [], status = 'waiting' } = value as { fields?: string[], status?: keyof typeof proposalKeys }
  return t(`vendors.history.${proposalKeys[status]}`, { fields: fields.map(fieldText).join(', ') })
}

function linkText(from: unknown, to: unknown): string {
  const money = (minor: number | null, currency: string): string => minor === null ? NO_VALUE : formatMoney({ minor, currency })
  if (isLink(to) && isLink(from))
    return t('vendors.history.costs', { deal: String(to.dealId), planned: money(to.plannedMinor, to.currency), actual: money(to.actualMinor, to.currency) })
  if (isLink(to))
    return t('vendors.history.linked', { deal: String(to.dealId) })
  return isLink(from) ? t('vendors.history.unlinked', { deal: String(from.dealId) }) : fieldText('deal')
}

/** Who, and through which door when it was not by hand. */
export const authorText = ({ by, origin }: VendorChange): string => {
  const door = t(`vendors.history.origins.${origin}`)
  return by ? origin === 'person' ? by.name : `${by.name} · ${door}` : door
}

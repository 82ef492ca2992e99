import { isMasked } from '@comptoir/shared/access/masks'
import type { FieldFault } from '@comptoir/shared/vendors/vendor-edit'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { formatRelative } from '../../platform/format/dates.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const statusTones: Readonly<Record<VendorStatus, StatusTone>> = {
  prospect: 'neutral',
  onboarding: 'info',
  active: 'success',
  suspended: 'warning',
  terminated: 'alert',
}

export const statusText = (status: VendorStatus): string => t(`vendors.statuses.${status}`)

/** Why an identifier is refused, with what was expected where that is known. */
export function faultText({ reason, details }: Pick<FieldFault, 'reason' | 'details'>): string {
  const key = reason === 'checksum' && details.expected !== undefined ? 'checksumExpected' : reason
  return t(`vendors.faults.${key}`, details)
}

/** The label of a field of the history, which may be one of the vendor's or a fact beside it. */
export function fieldText(field: string): string {
  if (field.startsWith('attribute:'))
    return field.split(':').slice(2).join(':')
  const key = `vendors.fields.${field}`
  return hasText(key) ? t(key) : field
}

const groupings: Readonly<Record<string, readonly number[]>> = { siren: [3, 3, 3], siret: [3, 3, 3, 5] }

/** Identifiers as people read them: in groups. They are stored without. */
export function identifierText(field: string, value: string | null): string {
  const sizes = field === 'iban' ? Array.from({ length: 9 }, () => 4) : groupings[field]
  if (!value || !sizes || isMasked(value))
    return value ?? ''
  let at = 0
  return sizes.map(size => value.slice(at, at += size)).filter(Boolean).join(' ')
}

/** How long ago; a server whose clock is a little ahead wrote just now, not in the future. */
export const agoText = (at: string, now: Date): string =>
  formatRelative(new Date(Math.min(new Date(at).getTime(), now.getTime())).toISOString(), now)

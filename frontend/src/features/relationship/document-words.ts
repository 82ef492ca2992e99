import type { ComplianceVerdict, DocumentState } from '@comptoir/shared/relationship/compliance'
import type { VendorRequirement } from '@comptoir/shared/relationship/compliance.contract'
import { formatDate } from '../../platform/format/dates.ts'
import { formatLocale, formatMoney } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const verdictTones: Readonly<Record<ComplianceVerdict, StatusTone>> = {
  'compliant': 'success', 'incomplete': 'warning', 'expired': 'alert', 'not-asked': 'neutral',
}

export const stateTones: Readonly<Record<DocumentState, StatusTone>> = {
  valid: 'success', received: 'info', expired: 'alert', missing: 'warning',
}

/** A kind's own name where an administrator gave one, else the known one. */
export function kindText(kind: string, title: string | null = null): string {
  const key = `relationship.documents.kinds.${kind}`
  return title ?? (hasText(key) ? t(key) : kind === 'other' ? t('relationship.documents.form.other') : kind)
}

export const groundText = ({ ground, threshold }: Pick<VendorRequirement, 'ground' | 'threshold'>): string =>
  t(`relationship.documents.grounds.${ground}`, { threshold: formatMoney(threshold) })

/** What the kind asks of a document, beside being there. */
export const ruleTexts = ({ validityMonths, maxAgeMonths, needsCode }: Pick<VendorRequirement, 'validityMonths' | 'maxAgeMonths' | 'needsCode'>): readonly string[] => [
  validityMonths === null ? t('relationship.documents.rules.forever') : t('relationship.documents.rules.validity', { count: validityMonths }),
  ...maxAgeMonths === null ? [] : [t('relationship.documents.rules.maxAge', { count: maxAgeMonths })],
  ...needsCode ? [t('relationship.documents.rules.code')] : [],
]

export const endText = (validTo: string | null, isExpired: boolean): string =>
  validTo === null ? t('relationship.documents.noEnd') : t(isExpired ? 'relationship.documents.expiredOn' : 'relationship.documents.validTo', { day: formatDate(validTo) })

export function countryText(code: string): string {
  try {
    return new Intl.DisplayNames(formatLocale(), { type: 'region' }).of(code) ?? code
  }
  catch {
    return code
  }
}

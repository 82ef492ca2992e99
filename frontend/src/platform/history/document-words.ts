import { hasText, t } from '../i18n/i18n.ts'

interface DocumentStep { readonly kind: string, readonly step: string }

const isDocument = (value: unknown): value is DocumentStep => typeof value === 'object' && value !== null && 'step' in value

/** A compliance document came, was checked, lost its check or went; null for anything else. */
export function documentWords({ oldValue: from, newValue: to }: { readonly oldValue?: unknown, readonly newValue?: unknown }): string | null {
  const shown = isDocument(to) ? to : isDocument(from) ? from : null
  if (!shown)
    return null
  const key = `recordHistory.documentKinds.${shown.kind}`
  const kind = hasText(key) ? t(key) : shown.kind
  if (!isDocument(to))
    return t('recordHistory.documentSteps.removed', { kind })
  return t(to.step === 'verified' ? 'recordHistory.documentSteps.verified' : isDocument(from) ? 'recordHistory.documentSteps.unverified' : 'recordHistory.documentSteps.received', { kind })
}

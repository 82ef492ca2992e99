import type { Deadline } from '@comptoir/shared/relationship/deadline.contract'
import type { DeadlineKind } from '@comptoir/shared/relationship/deadlines'
import { formatMoney } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'
import { kindText as documentKindText } from './document-words.ts'

export const deadlineKindText = (kind: DeadlineKind): string => t(`relationship.deadlines.kinds.${kind}`)

export const deadlineTones: Readonly<Record<DeadlineKind, StatusTone>> = {
  'contract.notice': 'alert', 'contract.end': 'warning', 'contract.renewal': 'info', 'document.expiry': 'warning', 'payment.due': 'neutral',
}

/** What it is about: a contract's title, a kind of document, a payment with its amount. */
export const subjectText = ({ kind, title, amount }: Deadline): string =>
  kind === 'document.expiry' ? documentKindText(title) : amount ? `${title} · ${formatMoney(amount)}` : title

/** The part of the vendor's page where it can be dealt with. */
export const sectionOf = (kind: DeadlineKind): string =>
  kind === 'document.expiry' ? 'documents' : kind === 'payment.due' ? 'payments' : 'contracts'

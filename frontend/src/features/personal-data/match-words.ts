import type { PlaceKind } from '@comptoir/shared/personal-data/inventory'
import type { PersonMatch } from '@comptoir/shared/personal-data/personal-data.contract'
import { formatDate, formatDateTime } from '../../platform/format/dates.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'

const words = (key: string): string | null => hasText(`personalData.${key}`) ? t(`personalData.${key}` as Parameters<typeof t>[0]) : null

/** Of a statement its day, of the log the moment; of everything else what was found. */
export const valueWords = ({ kind, value }: PersonMatch): string => kind === 'requestLog' ? formatDateTime(value) : value

export function placeWords({ kind, subject, field }: PersonMatch): string {
  const where = subject && /^\d{4}-\d{2}-\d{2}$/.test(subject) ? formatDate(subject) : subject
  return [words(`kinds.${kind}`), field === null ? null : words(`fields.${field}`), where].filter(Boolean).join(' · ')
}

export const whyKept = (kind: PlaceKind): string => [t('personalData.search.kept'), words(`search.keptBecause.${kind}`)].filter(Boolean).join('\u00A0: ')

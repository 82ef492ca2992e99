import type { SpendDimension, SpendGroup } from '@comptoir/shared/spend-reports/spend-report.contract'
import { formatMonth, formatShortMonth } from '../../platform/format/dates.ts'
import { t } from '../../platform/i18n/i18n.ts'

/** What a group is called: what has no category or department is named as that. */
export function groupLabel({ key, label }: Pick<SpendGroup, 'key' | 'label'>, by: SpendDimension, { isShort = false } = {}): string {
  if (key === '')
    return t('spendReports.none')
  return by === 'month' ? (isShort ? formatShortMonth : formatMonth)(key) : label
}

import type { MarketingReport, MarketingRow } from '@comptoir/shared/sources/marketing.contract'
import type { Ratio } from '@comptoir/shared/sources/marketing'
import { formatMoney, formatNumber, formatPercent, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'

export type RatioName = 'costPerLead' | 'cac' | 'roas' | 'conversion'

export const moneyOf = (minor: number | null, currency: string): string => minor === null ? NO_VALUE : formatMoney({ minor, currency })

/** The ratio as it is written; a dash where there is nothing to divide by. */
export function ratioText(name: RatioName, { value }: Ratio, currency: string, isInColumn = false): string {
  if (value === null)
    return NO_VALUE
  if (name === 'conversion')
    return formatPercent(value, { isInColumn })
  // As the same figure stands on dashboards.
  return name === 'roas' ? formatNumber(value, { digits: 0, upTo: 2 }) : moneyOf(Math.round(value), currency)
}

export const missingText = ({ missing }: Ratio): string | undefined => missing === null ? undefined : t(`marketing.missing.${missing}`)

export const rowLabel = ({ label }: Pick<MarketingRow, 'label'>, by: MarketingReport['by']): string => label ?? t(`marketing.none.${by}`)

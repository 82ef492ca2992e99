import type { ReportMeasure } from '@comptoir/shared/documents/report-document'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricTextKey } from '@comptoir/shared/insights/metric'
import { t } from '../../platform/i18n/i18n.ts'

export const metricName = (result: Pick<MetricResult, 'metricId'>): string => t(`${metricTextKey(result.metricId)}.name`)

/** What files say the values are. */
export const measureOf = ({ unit, currency }: MetricResult): ReportMeasure =>
  unit === 'money' ? { kind: 'money', currency: currency ?? '' } : { kind: unit === 'percent' ? 'percent' : unit === 'count' ? 'integer' : 'number' }

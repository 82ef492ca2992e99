import type { MetricRecord } from '@comptoir/shared/insights/insights.contract'
import type { Measure, MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { formatShortDate } from '../../platform/format/dates.ts'
import { formatMoney, formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { DataColumn } from '../../ui/data-table.ts'

interface Listed { readonly metricId: MetricId, readonly currency: string, readonly records: readonly MetricRecord[] }
type Column = DataColumn<MetricRecord>

const money = (minor: number | null, currency: string): string => minor === null ? NO_VALUE : formatMoney({ minor, currency })

/** The columns that explain this number; what each row counts for is shown where it is not the amount itself. */
export function recordColumns({ metricId, currency, records }: Listed): Column[] {
  const metric = metricCatalogue[metricId]
  const has = (...entities: MetricRecord['entity'][]): boolean => records.some(({ entity }) => entities.includes(entity))
  const isForeign = records.some(record => record.currency !== currency)
  const deals: Column[] = [
    { key: 'responsible', label: t('insights.csv.responsible'), text: ({ responsible }) => responsible?.name || t('insights.unassigned'), isSecondary: true },
    { key: 'stage', label: t('insights.csv.stage'), text: ({ stage }) => stage ?? NO_VALUE, isSecondary: true },
  ]
  return [
    { key: 'title', label: t('insights.csv.name') },
    ...has('vendor', 'customer', 'ad_cost', 'scored_vendor', 'forecast') ? [] : [{ key: 'company', label: t('insights.csv.company'), text: ({ company }: MetricRecord) => company?.name ?? NO_VALUE }],
    ...has('deal') ? deals : [],
    ...has('purchase', 'order_line') ? [{ key: 'deal', label: t('insights.drill.deal'), isSecondary: true }] : [],
    ...metric.timeBasis === 'now' || has('vendor', 'priced_item', 'forecast') ? [] : [{ key: 'at', label: t('insights.csv.date'), align: 'end', text: ({ at }: MetricRecord) => formatShortDate(at) } as const],
    ...has('customer', 'order_line', 'scored_vendor') ? [] : [{ key: 'amount', label: t(has('forecast') ? 'insights.csv.forecast' : 'insights.csv.amount'), align: 'end', text: ({ amountMinor, currency: own }: MetricRecord) => money(amountMinor, own) } as const],
    ...worthColumn(metric.measure, { currency, isShown: isForeign || has('customer') }),
    ...metric.favourable === null
      ? []
      : [{ key: 'part', label: t(`insights.parts.${metric.favourable}`), align: 'end', text: ({ isFavourable, worth }: MetricRecord) => worth === null ? NO_VALUE : t(isFavourable ? 'insights.parts.yes' : 'insights.parts.no') } as const],
  ]
}

function worthColumn(measure: Measure, { currency, isShown }: { currency: string, isShown: boolean }): Column[] {
  const column = (label: string, text: (worth: number) => string): Column[] =>
    [{ key: 'worth', label, align: 'end', text: ({ worth }) => worth === null ? NO_VALUE : text(worth) }]
  if (measure === 'one' || measure === 'first_deal' || ['amount', 'costed'].includes(measure) && !isShown)
    return []
  if (measure === 'cycle_days')
    return column(t('insights.metrics.sales_cycle.name'), days => t('ui.spans.days', { count: days }))
  if (measure === 'stage_days')
    return column(t('insights.metrics.time_in_stage.name'), days => t('ui.spans.days', { count: days }))
  if (measure === 'response_hours')
    return column(t('insights.metrics.first_response.name'), hours => t('ui.spans.hours', { count: Math.round(hours * 10) / 10 }))
  if (measure === 'activities')
    return column(t('insights.csv.activities'), formatNumber)
  if (measure === 'moves')
    return column(t('insights.metrics.slip_moves.name'), formatNumber)
  return measure === 'score'
    ? column(t('insights.csv.score'), score => formatNumber(score, { digits: 1 }))
    : column(t('insights.csv.worth'), worth => money(Math.round(worth), currency))
}

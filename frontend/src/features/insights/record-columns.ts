import type { MetricRecord } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { formatShortDate } from '../../platform/format/dates.ts'
import { formatMoney, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { DataColumn } from '../../ui/data-table.ts'

interface Listed { readonly metricId: MetricId, readonly currency: string, readonly records: readonly MetricRecord[] }

const money = (minor: number | null, currency: string): string => minor === null ? NO_VALUE : formatMoney({ minor, currency })

/** The columns that explain this number; what each row counts for is shown where it is not the amount itself. */
export function recordColumns({ metricId, currency, records }: Listed): DataColumn<MetricRecord>[] {
  const metric = metricCatalogue[metricId]
  const isDeals = metric.subject === 'deal'
  const isForeign = records.some(record => record.currency !== currency)
  const deals: DataColumn<MetricRecord>[] = [
    { key: 'responsible', label: t('insights.csv.responsible'), text: ({ responsible }) => responsible?.name || t('insights.unassigned'), isSecondary: true },
    { key: 'stage', label: t('insights.csv.stage'), text: ({ stage }) => stage ?? NO_VALUE, isSecondary: true },
  ]
  const days: DataColumn<MetricRecord> = {
    key: 'worth', label: t('insights.metrics.sales_cycle.name'), align: 'end',
    text: ({ worth }) => worth === null ? NO_VALUE : t('insights.days', { count: worth }),
  }
  const base: DataColumn<MetricRecord> = { key: 'worth', label: t('insights.csv.worth'), align: 'end', text: ({ worth }) => money(worth, currency) }
  return [
    { key: 'title', label: t('insights.csv.name') },
    { key: 'company', label: t('insights.csv.company'), text: ({ company }) => company?.name ?? NO_VALUE },
    ...isDeals ? deals : [{ key: 'deal', label: t('insights.drill.deal'), isSecondary: true }],
    ...metric.timeBasis === 'now' ? [] : [{ key: 'at', label: t('insights.csv.date'), align: 'end', text: ({ at }: MetricRecord) => formatShortDate(at) } as const],
    { key: 'amount', label: t('insights.csv.amount'), align: 'end', text: ({ amountMinor, currency: own }) => money(amountMinor, own) },
    ...metric.measure === 'cycle_days' ? [days] : [],
    ...metric.measure === 'amount' && isForeign ? [base] : [],
  ]
}

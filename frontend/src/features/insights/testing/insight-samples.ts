import type { Dashboard, MetricRecord, MetricRecords, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { MetricId } from '@comptoir/shared/insights/metric'

export const aResult = (metricId: MetricId, overrides: Partial<MetricResult> = {}): MetricResult => {
  const { unit } = metricCatalogue[metricId]
  return {
    metricId,
    unit,
    currency: unit === 'money' ? 'EUR' : null,
    days: { from: '2025-07-01', to: '2026-06-30' },
    value: 0,
    records: 0,
    leftOut: [],
    previous: null,
    change: null,
    by: null,
    bucket: null,
    parts: [],
    ...overrides,
  }
}

export const aDashboard = (overrides: Partial<Dashboard> = {}): Dashboard => ({
  currency: 'EUR',
  days: { from: '2025-07-01', to: '2026-06-30' },
  scope: 'all',
  freshness: { state: 'ready', syncedAt: '2026-06-20T08:00:00.000Z', rowsRead: 8800, rowsExpected: 8800, portalCount: 8800, mirrorCount: 8800 },
  revenueWon: aResult('revenue_won', {
    value: 1_000_553_400,
    records: 4238,
    leftOut: [{ reason: 'without_amount', records: 3 }],
    previous: { days: { from: '2024-07-01', to: '2025-06-20' }, value: 900_000_000, records: 4000 },
    change: 0.1117,
    by: 'time',
    bucket: 'month',
    parts: [
      { key: '2026-05-01', label: null, group: null, days: { from: '2026-05-01', to: '2026-05-31' }, value: 600_000_000, records: 2200 },
      { key: '2026-06-01', label: null, group: null, days: { from: '2026-06-01', to: '2026-06-30' }, value: 400_553_400, records: 2038 },
    ],
  }),
  dealsWon: aResult('deals_won', { value: 4238, records: 4238 }),
  winRate: aResult('win_rate', { value: 0.6315, records: 6711, change: -0.012, previous: { days: { from: '2024-07-01', to: '2025-06-20' }, value: 0.6435, records: 6000 } }),
  salesCycle: aResult('sales_cycle', { value: 57, records: 4238 }),
  averageDeal: aResult('average_deal', { value: 236_091, records: 4238 }),
  pipelineOpen: aResult('pipeline_open', {
    value: 5_000_000,
    records: 20,
    days: { from: null, to: null },
    by: 'stage',
    parts: [{ key: 'C1:NEW', label: 'À qualifier', group: null, days: null, value: 5_000_000, records: 20 }],
  }),
  spendTotal: aResult('spend_total', { value: null }),
  topVendors: aResult('spend_total', { value: null, by: 'vendor' }),
  ...overrides,
})

export const aRecord = (overrides: Partial<MetricRecord> = {}): MetricRecord => ({
  entity: 'deal',
  id: '7',
  dealId: 7,
  title: 'Parc de serveurs',
  company: { companyId: 3, name: 'Isère Conseil' },
  responsible: { userId: 2, name: 'Brice Petit' },
  stage: 'Gagnée',
  outcome: 'won',
  createdAt: '2026-04-01T08:00:00.000Z',
  at: '2026-06-03T08:00:00.000Z',
  amountMinor: 120_050,
  currency: 'EUR',
  worth: 120_050,
  isFavourable: true,
  ...overrides,
})

export const aPage = (overrides: Partial<MetricRecords> = {}): MetricRecords =>
  ({ metricId: 'revenue_won', currency: 'EUR', total: null, records: [aRecord()], next: null, ...overrides })

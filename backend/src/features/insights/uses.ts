import type { MetricUse } from '@comptoir/shared/insights/insights.contract'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'

/** Where the viewer's dashboards and watches use a number: other features know. */
export type ReadUses = (reader: { readonly portal: PortalRecord, readonly viewer: Viewer }) => Promise<readonly MetricUse[]>

const onFirstPage = ['revenue_won', 'deals_won', 'win_rate', 'average_deal', 'sales_cycle', 'pipeline_open', 'spend_total']

/** The pages that always show a number, in the order of the catalogue. */
export const pageUses = (): MetricUse[] => metricDefinitions.flatMap(({ id, isForecast }): MetricUse[] => [
  ...onFirstPage.includes(id) ? [{ metricId: id, kind: 'page' as const, name: null, path: '/insights' }] : [],
  ...isForecast ? [{ metricId: id, kind: 'forecast' as const, name: null, path: `/forecasts?metric=${id}` }] : [],
])

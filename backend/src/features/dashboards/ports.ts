import type { MetricQuery, MetricRecords, MetricResult, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'

export interface Asking {
  readonly portal: PortalRecord
  readonly viewer: Viewer
}

/** Numbers come from the catalogue of metrics, in the rights of whoever asks. */
export type MetricPort = (asking: Asking, query: MetricQuery) => Promise<MetricResult>

/** The open record, once the viewer was found to see it. */
export type OpenRecord =
  | { readonly kind: 'deal', readonly dealId: number }
  | { readonly kind: 'company', readonly companyId: number | null, readonly vendorId: string | null }

export interface BoardPorts {
  readonly metric: MetricPort
  /** The same of one record alone, whatever the filters say. */
  readonly metricOf: (record: OpenRecord) => MetricPort
  readonly recordsOf: (record: OpenRecord) => (asking: Asking, metricId: MetricId, filters: RecordFilters) => Promise<MetricRecords>
}

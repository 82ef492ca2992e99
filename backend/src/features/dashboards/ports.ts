import type { MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'

export interface Asking {
  readonly portal: PortalRecord
  readonly viewer: Viewer
}

/** Numbers come from the catalogue of metrics, in the rights of whoever asks. */
export type MetricPort = (asking: Asking, query: MetricQuery) => Promise<MetricResult>

import type { ReportDocument } from '@comptoir/shared/documents/report-document'
import type { BoardSpec } from '@comptoir/shared/dashboards/board'
import type { MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import type { Crossing } from '@comptoir/shared/dashboards/figures'
import type { Dimension } from '@comptoir/shared/insights/metric'
import type { MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { SpendQuery } from '@comptoir/shared/spend-reports/spend-report.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { ScenarioReading } from './scenario-block.ts'

export interface Asked {
  readonly portal: PortalRecord
  /** In whose rights. */
  readonly viewer: Viewer
  readonly now: Date
}

/** What reports are made of; other features answer, in the rights of the viewer. */
export interface ReportPorts {
  /** Null when the viewer may not see the board, or it is gone. */
  readonly board: (asked: Asked, boardId: string) => Promise<{ readonly title: string, readonly spec: BoardSpec } | null>
  readonly metric: (asked: Asked, query: MetricQuery) => Promise<MetricResult>
  /** Null when it is gone. */
  readonly segmentName: (asked: Asked, segmentId: string) => Promise<string | null>
  /** The same by two things at once. */
  readonly grid: (asked: Asked, query: MetricQuery & { readonly by: Dimension, readonly across: Crossing }) => Promise<MetricGrid>
  /** Saved scenarios that the viewer may see, in the order asked for. */
  readonly scenarios: (asked: Asked, scenarioIds: readonly string[]) => Promise<ScenarioReading>
  readonly spend: (asked: Asked, query: SpendQuery, language: 'fr' | 'en') => Promise<ReportDocument>
}

import type { MonthValue } from '@comptoir/shared/alerts/month-value'
import type { WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import type { QualityCheckId } from '@comptoir/shared/data-quality/quality-checks'
import type { ForecastMetric, ForecastRefusal } from '@comptoir/shared/forecasts/forecast.contract'
import type { Assumptions, Played } from '@comptoir/shared/scenarios/play-scenario'
import type { MetricUnit } from './messages.ts'
import type { OperationContext } from './operation.ts'

/** A month ahead as the forecasts tell it; money in minor units. */
export interface ForeseenMonth {
  readonly unit: MetricUnit
  readonly month: string
  readonly point: number
  readonly low: number | null
  readonly high: number | null
  /** The last month that is known. */
  readonly last: number | null
  /** sMAPE of replays of the past, 0 … 200; null where none could be replayed. */
  readonly pastError: number | null
}

export interface ActionScenario extends Assumptions {
  readonly scenarioId: string
  readonly name: string
}

export interface ActionReport {
  readonly reportId: string
  readonly title: string
  readonly recipients: number
}

export interface ActionQuality {
  readonly count: number
  readonly examined: number
  /** 0 … 1; null where nothing could have the flaw. */
  readonly share: number | null
  readonly verdict: 'good' | 'attention' | 'bad' | 'unknown'
}

export interface ActionSegment {
  readonly segmentId: string
  readonly name: string
  readonly subject: 'deal' | 'vendor'
}

/** What the analytics features know, each within the rights of the context's person. */
export interface AnalyticsPort {
  forecast(context: OperationContext, request: { readonly metric: ForecastMetric, readonly pipelineId: number | null, readonly ahead: number }): Promise<{ readonly month: ForeseenMonth | null, readonly refusal: ForecastRefusal | null }>
  findScenario(context: OperationContext, scenarioId: string): Promise<ActionScenario | null>
  /** Null where the year does not tell enough. */
  playScenario(context: OperationContext, scenario: Assumptions): Promise<Played | null>
  /** Whole months, oldest first. */
  months(context: OperationContext, request: { readonly metric: WatchMetric, readonly pipelineId: number | null }): Promise<{ readonly unit: MetricUnit, readonly months: readonly MonthValue[] }>
  findReport(context: OperationContext, reportId: string): Promise<ActionReport | null>
  /** Has it made and delivered; once for a run. */
  startReport(tx: unknown, context: OperationContext, reportId: string): Promise<void>
  checkQuality(context: OperationContext, check: QualityCheckId): Promise<ActionQuality>
  /** Null for a segment that is gone. */
  findSegment(context: OperationContext, segmentId: string): Promise<ActionSegment | null>
  /** Whether the context's record is in it; of vendors, the vendor that the record's company is. Null for a record that can be in no such segment. */
  isInSegment(context: OperationContext, segment: ActionSegment): Promise<boolean | null>
  /** Where a page of the app opens in the portal. */
  pageLink(context: OperationContext, path: string): Promise<string>
}

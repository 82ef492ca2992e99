import type { MonthValue } from '@comptoir/shared/alerts/month-value'
import type { WatchMetric } from '@comptoir/shared/alerts/watch.contract'
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
  /** Where a page of the app opens in the portal. */
  pageLink(context: OperationContext, path: string): Promise<string>
}

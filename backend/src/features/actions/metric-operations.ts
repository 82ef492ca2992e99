import type { MetricUnit } from './messages.ts'
import { quantity, thresholdMessage } from './messages.ts'
import type { ThresholdMetric } from '@comptoir/shared/actions/business-analytics'
import { parseNumber, type RawSettings } from '@comptoir/shared/actions/settings'
import type { PeriodKind } from '@comptoir/shared/insights/period'
import { dayOf } from '@comptoir/shared/actions/settings'
import { toMajor } from '@comptoir/shared/money'
import { changePercent, unitName } from './shown-figure.ts'
import { portalLink, type Operation, type OperationContext } from './operation.ts'

export interface MetricFigure {
  /** Money in minor units of the portal's currency, percents as 63.15, days and counts as they are; null without data. */
  readonly value: number | null
  readonly previous: number | null
  readonly unit: MetricUnit
}

export interface MetricRequest {
  readonly metric: ThresholdMetric
  readonly period: PeriodKind
  readonly from: string | null
  readonly to: string | null
  readonly pipelineId: number | null
  readonly userIds: readonly number[]
}

export interface MetricPort {
  measure(context: OperationContext, request: MetricRequest): Promise<MetricFigure>
}

export type Direction = 'at_least' | 'above' | 'at_most' | 'below'

export function metricOperations(metrics: MetricPort): { 'metric-threshold': Operation } {
  return {
    'metric-threshold': async (context, values) => {
      const figure = await metrics.measure(context, metricRequestOf(values))
      const { currency } = context.portal
      const value = shown(figure.value, figure.unit, currency)
      const previous = shown(figure.previous, figure.unit, currency)
      const threshold = parseNumber(values.threshold ?? '') ?? 0
      const direction = values.direction as Direction
      const reached = value !== null && isReached(value, direction, threshold)
      return {
        returns: {
          success: true,
          verdict: value === null ? 'no_data' : reached ? 'reached' : 'not_reached',
          value,
          previous,
          change: changePercent(value, previous),
          unit: unitName(figure.unit, currency),
          text: value === null ? null : quantity(context.language, value, figure.unit, currency),
          reached,
          link: portalLink(context.portal, 'report/analytics/'),
        },
        message: thresholdMessage(context, { metric: values.metric as ThresholdMetric, value, unit: figure.unit, direction, threshold, reached }),
        effects: [],
      }
    },
  }
}

export function isReached(value: number, direction: Direction, threshold: number): boolean {
  switch (direction) {
    case 'at_least': return value >= threshold
    case 'above': return value > threshold
    case 'at_most': return value <= threshold
    case 'below': return value < threshold
  }
}

export function metricRequestOf(values: RawSettings): MetricRequest {
  const pipelineId = Number(values.pipelineId || Number.NaN)
  return {
    metric: values.metric as ThresholdMetric,
    period: values.period as PeriodKind,
    from: dayOf(values.periodFrom ?? ''),
    to: dayOf(values.periodTo ?? ''),
    pipelineId: Number.isInteger(pipelineId) ? pipelineId : null,
    userIds: peopleOf(values.userIds ?? ''),
  }
}

/** `3, 7` as we write it, `user_3` as the host does. */
const peopleOf = (text: string): number[] =>
  [...text.matchAll(/\d{1,9}/g)].map(([digits]) => Number(digits))

export const shown = (value: number | null, unit: MetricUnit, currency: string): number | null =>
  value === null || unit !== 'money' ? value : toMajor(value, currency)

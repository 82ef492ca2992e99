import { yearBefore } from '@comptoir/shared/actions/compared-period'
import { dayOf, parseNumber, type RawSettings } from '@comptoir/shared/actions/settings'
import { addDays } from '@comptoir/shared/insights/calendar'
import type { PeriodKind } from '@comptoir/shared/insights/period'
import { comparisonMessage } from './analytics-messages.ts'
import { quantity } from './messages.ts'
import { metricRequestOf, shown, type MetricFigure, type MetricPort, type MetricRequest } from './metric-operations.ts'
import { portalLink, type Operation, type OperationContext } from './operation.ts'
import { changePercent, unitName } from './shown-figure.ts'

/** One metric in two periods. */
export const comparisonOperation = (metrics: MetricPort): Operation => async (context, values) => {
  const { currency } = context.portal
  const request = metricRequestOf(values)
  const figure = await metrics.measure(context, request)
  const before = await comparedFigure(metrics, context, { request, values, figure })
  const value = shown(figure.value, figure.unit, currency)
  const previous = shown(before, figure.unit, currency)
  const change = changePercent(value, previous)
  const verdict = comparisonVerdict(value, previous, parseNumber(values.tolerance ?? '') ?? 0)
  return {
    returns: {
      success: true, verdict, value, previous, change,
      unit: unitName(figure.unit, currency),
      text: value === null ? null : quantity(context.language, value, figure.unit, currency),
      link: portalLink(context.portal, 'report/analytics/'),
    },
    message: comparisonMessage(context, { metric: request.metric, value, previous, change, unit: figure.unit, verdict }),
    effects: [],
  }
}

interface Compared { readonly request: MetricRequest, readonly values: RawSettings, readonly figure: MetricFigure }

async function comparedFigure(metrics: MetricPort, context: OperationContext, { request, values, figure }: Compared): Promise<number | null> {
  if (values.against === 'previous')
    return figure.previous
  const days = values.against === 'last_year' ? daysOfYearBefore(context, request) : { from: dayOf(values.againstFrom ?? ''), to: dayOf(values.againstTo ?? '') }
  return days ? (await metrics.measure(context, { ...request, period: 'custom', ...days })).value : null
}

function daysOfYearBefore({ now, portal }: OperationContext, { period, from, to }: MetricRequest): { from: string, to: string } | null {
  const range = yearBefore({ period: period as PeriodKind, ...from && { from }, ...to && { to } }, { now, timeZone: portal.timeZone })
  return range && { from: range.from, to: addDays(range.to, -1) }
}

/** From nothing to something is a rise, though no percentage. */
export function comparisonVerdict(value: number | null, previous: number | null, tolerancePercent: number): 'up' | 'down' | 'stable' | 'no_data' {
  if (value === null || previous === null)
    return 'no_data'
  const distance = value - previous
  return Math.abs(distance) <= Math.abs(previous) * Math.abs(tolerancePercent) / 100 ? 'stable' : distance > 0 ? 'up' : 'down'
}

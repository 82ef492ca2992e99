import { monthsAhead } from '@comptoir/shared/actions/business-analytics'
import type { ForecastMetric } from '@comptoir/shared/forecasts/forecast.contract'
import { forecastMessage, refusalMessage } from './analytics-messages.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import { expectedQuantity } from './messages.ts'
import type { Operation, Plan } from './operation.ts'
import { changePercent, rawFigure, shownFigure, unitName } from './shown-figure.ts'

/** One month ahead, with its past error; or why nothing honest can be said. */
export const forecastOperation = (analytics: AnalyticsPort): Operation => async (context, values): Promise<Plan> => {
  const metric = values.metric as ForecastMetric
  const [{ month, refusal }, link] = await Promise.all([
    analytics.forecast(context, { metric, pipelineId: wholeNumber(values.pipelineId), ahead: monthsAhead[values.horizon as keyof typeof monthsAhead] }),
    analytics.pageLink(context, '/forecasts'),
  ])
  if (!month)
    return { returns: { success: true, verdict: 'refused', value: null, low: null, high: null, link }, message: refusalMessage(context, metric, refusal ?? { known: 0, needed: 0 }), effects: [] }
  const { currency } = context.portal
  const figure = (raw: number | null) => shownFigure(raw !== null && month.unit === 'count' ? Math.round(raw) : raw, month.unit, currency)
  const target = rawFigure(values.target, month.unit, currency)
  const verdict = targetVerdict(month, target)
  const [value, previous] = [figure(month.point) ?? 0, figure(month.last)]
  const pastError = month.pastError === null ? null : Math.round(month.pastError * 10) / 10
  return {
    returns: {
      success: true, verdict, value, previous, pastError,
      low: figure(month.low), high: figure(month.high),
      change: changePercent(value, previous),
      month: month.month.slice(0, 7),
      unit: unitName(month.unit, currency),
      text: expectedQuantity(context.language, value, month.unit, currency),
      link,
    },
    message: forecastMessage(context, { metric, month: month.month, value, low: figure(month.low), high: figure(month.high), pastError, unit: month.unit, verdict, target: figure(target) }),
    effects: [],
  }
}

/** A target inside the interval is neither met nor missed: the forecast cannot tell. */
export function targetVerdict({ low, high }: { readonly low: number | null, readonly high: number | null }, target: number | null): 'forecast' | 'above_target' | 'below_target' | 'uncertain' {
  if (target === null)
    return 'forecast'
  if (low !== null && low >= target)
    return 'above_target'
  return high !== null && high < target ? 'below_target' : 'uncertain'
}

export function wholeNumber(text: string | undefined): number | null {
  const number = Number(text || Number.NaN)
  return Number.isInteger(number) ? number : null
}

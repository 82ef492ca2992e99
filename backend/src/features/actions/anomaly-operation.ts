import { judge } from '@comptoir/shared/alerts/watch'
import type { WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import { anomalyMessage } from './analytics-messages.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import { wholeNumber } from './forecast-operation.ts'
import { quantity } from './messages.ts'
import type { Operation } from './operation.ts'
import { changePercent, rawFigure, shownFigure, unitName } from './shown-figure.ts'

/** The last whole month against what the months before it let expect: the rule of the watches. */
export const anomalyOperation = (analytics: AnalyticsPort): Operation => async (context, values) => {
  const metric = values.metric as WatchMetric
  const [{ unit, months }, link] = await Promise.all([
    analytics.months(context, { metric, pipelineId: wholeNumber(values.pipelineId) }),
    analytics.pageLink(context, '/watches'),
  ])
  const { currency } = context.portal
  const rule = { kind: 'band', direction: values.side as 'either', floor: rawFigure(values.floor, unit, currency) ?? 0 } as const
  const said = judge(rule, months, months.length - 1)
  const figure = (raw: number | null | undefined) => shownFigure(raw ?? null, unit, currency)
  const [value, previous] = [figure(said.value), figure(months.at(-2)?.value)]
  const [low, high] = [figure(said.band?.low), figure(said.band?.high)]
  const verdict = verdictOf(said.value, said.isRinging, said.band)
  return {
    returns: {
      success: true, verdict, value, previous, low, high, link,
      change: changePercent(value, previous),
      month: said.month === '' ? null : said.month.slice(0, 7),
      unit: unitName(unit, currency),
      text: value === null ? null : quantity(context.language, value, unit, currency),
    },
    message: anomalyMessage(context, { metric, month: said.month || null, value, low, high, unit, verdict }),
    effects: [],
  }
}

function verdictOf(value: number | null, isRinging: boolean | null, band: { readonly expected: number } | null): 'no_data' | 'too_short' | 'normal' | 'above' | 'below' {
  if (value === null)
    return 'no_data'
  if (band === null)
    return 'too_short'
  return !isRinging ? 'normal' : value > band.expected ? 'above' : 'below'
}

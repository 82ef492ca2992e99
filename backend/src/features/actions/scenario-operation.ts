import type { ScenarioMeasure } from '@comptoir/shared/actions/business-analytics'
import { AppError } from '@comptoir/shared/errors'
import { scenarioMessage } from './analytics-messages.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import { quantity } from './messages.ts'
import type { Operation } from './operation.ts'
import { changePercent, shownFigure, unitName } from './shown-figure.ts'

/** What a saved scenario comes to, beside the year it starts from. */
export const scenarioOperation = (analytics: AnalyticsPort): Operation => async (context, values) => {
  const scenario = await analytics.findScenario(context, values.scenarioId ?? '')
  if (!scenario)
    throw new AppError('scenario.not_found', { details: { scenarioId: values.scenarioId ?? null } })
  const measure = values.measure as ScenarioMeasure
  const [played, link] = await Promise.all([analytics.playScenario(context, scenario), analytics.pageLink(context, '/scenarios')])
  const { currency } = context.portal
  const unit = measure === 'marginRate' ? 'percent' : 'money'
  const value = shownFigure(played?.outcome[measure] ?? null, unit, currency)
  const previous = shownFigure(played?.before[measure] ?? null, unit, currency)
  const change = changePercent(value, previous)
  return {
    returns: {
      success: true, value, previous, change, link,
      verdict: value === null || previous === null ? 'no_data' : value > previous ? 'up' : value < previous ? 'down' : 'stable',
      unit: unitName(unit, currency),
      text: value === null ? null : quantity(context.language, value, unit, currency),
      subject: scenario.name,
    },
    message: scenarioMessage(context, { name: scenario.name, measure, value, previous, change, unit }),
    effects: [],
  }
}

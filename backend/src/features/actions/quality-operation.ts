import { parseNumber } from '@comptoir/shared/actions/settings'
import type { QualityCheckId } from '@comptoir/shared/data-quality/quality-checks'
import { qualityMessage } from './analytics-messages.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import { quantity } from './messages.ts'
import type { Operation } from './operation.ts'
import { shownFigure } from './shown-figure.ts'

/** How many records of a source have a flaw: the rule of the data-quality page. */
export const qualityOperation = (analytics: AnalyticsPort): Operation => async (context, values) => {
  const check = values.check as QualityCheckId
  const [{ count, examined, share, verdict }, link] = await Promise.all([analytics.checkQuality(context, check), analytics.pageLink(context, '/data-quality')])
  const value = shownFigure(share, 'percent', context.portal.currency)
  const limit = parseNumber(values.limit ?? '')
  return {
    returns: {
      success: true, value, link, examined,
      verdict: verdict === 'unknown' ? 'no_data' : verdict,
      flawed: count,
      unit: 'percent',
      text: value === null ? null : quantity(context.language, value, 'percent', context.portal.currency),
      reached: value !== null && limit !== null && value > limit,
    },
    message: qualityMessage(context, { check, count, examined, value, limit }),
    effects: [],
  }
}

import { yearBefore } from '@comptoir/shared/actions/compared-period'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { addDays, dayAt } from '@comptoir/shared/insights/calendar'
import { previousPeriod, resolvePeriod, type PeriodKind } from '@comptoir/shared/insights/period'
import type { Asker } from './ports.ts'

/** Analyses whose answer can be worked out for a day that has passed. */
const replayable: readonly string[] = ['metric-threshold', 'comparison', 'forecast', 'anomaly']

/**
 * The settings of an analysis as they were to be understood on another day: a period that still ran then ends with that
 * day, so that nothing which came later is known. Null where only today can be analysed.
 */
export function asOf(settings: RawSettings, { now, portal }: Pick<Asker, 'now' | 'portal'>): RawSettings | null {
  // What is open is open now, whatever the day.
  if (!replayable.includes(settings.operation ?? '') || settings.metric === 'pipeline_open')
    return null
  if (settings.operation === 'forecast' || settings.operation === 'anomaly' || settings.period === 'custom')
    return settings
  const clock = { now, timeZone: portal.timeZone }
  const choice = { period: settings.period as PeriodKind }
  const range = resolvePeriod(choice, clock)
  const tomorrow = addDays(dayAt(now, portal.timeZone), 1)
  const to = range.to === null || range.to > tomorrow ? tomorrow : range.to
  const before = settings.operation !== 'comparison' || settings.against === 'custom' ? null : settings.against === 'last_year' ? yearBefore(choice, clock) : previousPeriod(choice, clock)
  // Without limits there is nothing before it.
  if (settings.operation === 'comparison' && settings.against !== 'custom' && !before)
    return null
  return {
    ...settings, period: 'custom', periodFrom: range.from ?? earliest, periodTo: addDays(to, -1),
    ...before && { against: 'custom', againstFrom: before.from, againstTo: addDays(before.to, -1) },
  }
}

/** Older than any record, and still within the days that a period may span. */
const earliest = '1990-01-01'

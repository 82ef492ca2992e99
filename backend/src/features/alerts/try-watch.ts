import { replayWatch, type WatchRule } from '@comptoir/shared/alerts/watch'
import type { WatchTrial, WatchTry } from '@comptoir/shared/alerts/watch.contract'
import type { Reader, WatchedMonthsPort } from './months-port.ts'

export interface TryPorts extends WatchedMonthsPort {
  /** How often the reader has said of their own watch that a ring was none. */
  readonly falseAlarmsOf: (reader: Reader, watchId: string) => Promise<number>
}

/** The last twelve months as the watch would have lived them. */
export async function tryWatch({ readWatched, falseAlarmsOf }: TryPorts, reader: Reader, { metric, categoryId, segmentId, rule, coolDownMonths, watchId }: WatchTry): Promise<WatchTrial> {
  const { unit, currency, months } = await readWatched(reader, { metric, categoryId, segmentId })
  const falseAlarms = watchId === undefined ? 0 : await falseAlarmsOf(reader, watchId)
  const checks = replayWatch(rule as WatchRule, months, { coolDownMonths, falseAlarms })
    .map(({ month, state, value, previous, band }) => ({ month, state, value, previous, low: band?.low ?? null, high: band?.high ?? null, judgement: null }))
  return { unit, currency, checks, rang: checks.filter(({ state }) => state === 'rang').length }
}

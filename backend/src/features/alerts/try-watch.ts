import { replayWatch, type WatchRule } from '@comptoir/shared/alerts/watch'
import type { WatchInput, WatchTrial } from '@comptoir/shared/alerts/watch.contract'
import type { Reader, WatchedMonthsPort } from './months-port.ts'

/** The last twelve months as the watch would have lived them. */
export async function tryWatch({ readWatched }: WatchedMonthsPort, reader: Reader, { metric, categoryId, segmentId, rule, coolDownMonths }: WatchInput): Promise<WatchTrial> {
  const { unit, currency, months } = await readWatched(reader, { metric, categoryId, segmentId })
  const checks = replayWatch(rule as WatchRule, months, { coolDownMonths })
    .map(({ month, state, value, previous, band }) => ({ month, state, value, previous, low: band?.low ?? null, high: band?.high ?? null, judgement: null }))
  return { unit, currency, checks, rang: checks.filter(({ state }) => state === 'rang').length }
}

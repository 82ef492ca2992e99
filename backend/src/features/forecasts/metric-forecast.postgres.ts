import { horizons, type ForecastMetric, type ForecastQuery, type MetricForecast } from '@comptoir/shared/forecasts/forecast.contract'
import type { Database } from '../../platform/storage/database.ts'
import { foresee } from './answer.ts'
import type { MonthsPort, Reader } from './months-port.ts'
import { changeSince, recordOf } from './record.ts'
import { keepSnapshot, readSnapshots } from './snapshots.postgres.ts'

export interface MetricForecastDeps extends MonthsPort {
  readonly db: Database
  readonly now: () => Date
}

/** The longest horizon is always computed and kept: how far one looks must not change what is said of a month. */
const kept = Math.max(...horizons)

/** One metric's forecast as this viewer may see it; what is shown is kept, so that it can be held against what comes. */
export async function readMetricForecast({ db, now, readMonths }: MetricForecastDeps, reader: Reader, metric: ForecastMetric, { horizon = 6, categoryId = null }: Omit<ForecastQuery, 'categoryId'> & { categoryId?: number | null }): Promise<MetricForecast> {
  const subject = { metric, categoryId }
  const { unit, currency, months, running } = await readMonths(reader, subject)
  const { answer, refusal, paths } = foresee(months, kept)
  const before = await readSnapshots(db, reader, subject, currency)
  if (answer)
    await keepSnapshot(db, reader, subject, { months, currency, answer, paths, madeAt: now() })
  return {
    metric, unit, currency, refusal,
    history: [...months],
    running,
    answer: answer && { ...answer, months: answer.months.slice(0, horizon) },
    change: answer && changeSince(before.find(({ fromMonth }) => fromMonth < answer.months[0]!.month) ?? null, answer.months),
    record: recordOf(before, months),
  }
}

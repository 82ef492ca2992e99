import { forecastMetrics } from '@comptoir/shared/forecasts/forecast-metrics'
import { dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import { systemOnlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import { viewerOf } from '../../platform/portals/viewer-of.postgres.ts'
import { hasReadDeals, readFollowers } from './followers.postgres.ts'
import { readMetricForecast, type MetricForecastDeps } from './metric-forecast.postgres.ts'
import type { Reader } from './months-port.ts'
import { isForetold, scopeKeyOf } from './snapshots.postgres.ts'

interface MonthlyForecastDeps extends MetricForecastDeps {
  readonly jobs: Jobs
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
}

/** One portal at a time: nobody waits for it. */
const monthlyQueue = queue<{ portalId: number }>({ name: 'forecasts.monthly', policy: 'exclusive', retries: 1, expireInSeconds: 900, concurrency: 1 })

/** Of every month something is foretold as it begins, whether or not anybody looks: else nothing could be held against what came. */
export function monthlyForecastJobs(deps: MonthlyForecastDeps): void {
  const { db, jobs, now, findPortal } = deps
  jobs.work(monthlyQueue, async ({ portalId }, { signal }) => {
    const portal = await findPortal(portalId)
    if (portal?.status !== 'installed' || !await hasReadDeals(db, portalId))
      return
    const month = startOfMonth(dayAt(now(), portal.timeZone))
    const everybody = systemOnlooker(portal)
    let followers: Reader[] | null = null
    for (const metric of forecastMetrics) {
      if (await isForetold(db, everybody, metric, month))
        continue
      followers ??= await followersOf(deps, portal)
      const scopeKey = await scopeKeyOf(db, everybody, metric)
      // The one for everybody comes last: it says that this month's are complete, also after a run that was cut off.
      for (const reader of [...followers, everybody]) {
        if (signal.aborted)
          return
        if (reader === everybody || await scopeKeyOf(db, reader, metric) !== scopeKey)
          await readMetricForecast(deps, reader, metric, {})
      }
    }
  })
}

/** After each reading of the mirror: the first one in a month has what the month before brought. */
export async function wakeMonthlyForecasts({ jobs }: Pick<MonthlyForecastDeps, 'jobs'>, portalId: number): Promise<void> {
  await jobs.send(monthlyQueue, { portalId }, { key: String(portalId) })
}

async function followersOf({ db, now }: Pick<MonthlyForecastDeps, 'db' | 'now'>, portal: PortalRecord): Promise<Reader[]> {
  const viewers = await Promise.all((await readFollowers(db, portal.id, now())).map(userId => viewerOf(db, portal, userId)))
  return viewers.flatMap(viewer => viewer ? [{ portal, viewer }] : [])
}

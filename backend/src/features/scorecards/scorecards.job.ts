import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { todayOf, type ScoredPortal } from './evaluate-portal.postgres.ts'
import { tellStandings } from './tell-standings.postgres.ts'
import { writeMonths } from './write-months.postgres.ts'

interface ScorecardJobDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly now: () => Date
}

/** One run a portal at a time; it is safe to come twice. */
const portalQueue = queue<{ portalId: number }>({ name: 'scorecards.portal', policy: 'exclusive', expireInSeconds: 3_600, concurrency: 1 })
const tickQueue = queue<{ at?: string }>({ name: 'scorecards.tick', policy: 'exclusive', retries: 0 })

/** After the night's synchronisation in most of the portals' zones; a month that is over is written within a day. */
const NIGHTLY = '40 2 * * *'

export function scorecardJobs({ db, jobs, now }: ScorecardJobDeps): void {
  jobs.work(tickQueue, async () => {
    for (const { id } of await installedPortals(db))
      await jobs.send(portalQueue, { portalId: id }, { key: String(id) })
  })
  jobs.work(portalQueue, async ({ portalId }, { signal }) => {
    const portal = (await installedPortals(db)).find(({ id }) => id === portalId)
    if (!portal)
      return
    await writeMonths(db, portal, now(), signal)
    if (!signal.aborted)
      await tellStandings(db, portal, todayOf(portal, now()), now())
  })
}

/** Nightly, and once at the start for what a stop has left. */
export async function resumeScorecards({ jobs }: Pick<ScorecardJobDeps, 'jobs'>): Promise<void> {
  await jobs.schedule(tickQueue, NIGHTLY, {}, { timeZone: 'UTC', key: 'all' })
  await jobs.send(tickQueue, {}, { key: 'all' })
}

/** Brings the stored months of one portal up to date now, after its documents came in at once. */
export const wakeScorecards = (jobs: Jobs, portalId: number): Promise<boolean> => jobs.send(portalQueue, { portalId }, { key: String(portalId) })

async function installedPortals(db: Database): Promise<ScoredPortal[]> {
  const rows = await db.selectFrom('portals').select(['portal_id', 'currency', 'time_zone']).where('status', '=', 'installed').execute()
  return rows.map(row => ({ id: row.portal_id, currency: row.currency, timeZone: row.time_zone }))
}

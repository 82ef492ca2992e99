import type { FastifyBaseLogger } from 'fastify'
import { createLoop } from '../../platform/jobs/loop.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { checkWatches } from './check-watches.postgres.ts'
import type { WatchedMonthsPort } from './months-port.ts'

export interface WatchParts extends WatchedMonthsPort {
  readonly db: Database
  readonly portals: Pick<Portals, 'find'>
  readonly now: () => Date
  readonly log: Pick<FastifyBaseLogger, 'error'>
}

export interface WatchRounds {
  check(): Promise<void>
  start(): void
  stop(graceMs: number): Promise<void>
}

/** A watch set now says something soon; after that, once an hour. */
const everyMs = 60_000

export function composeWatches({ db, portals, now, log, ...port }: WatchParts): WatchRounds {
  async function check(): Promise<void> {
    const installed = await db.selectFrom('portals').select('portal_id').where('status', '=', 'installed')
      .where(eb => eb.exists(eb.selectFrom('watches').select('watch_id').whereRef('watches.portal_id', '=', 'portals.portal_id').where('is_on', '=', true)))
      .execute()
    for (const { portal_id: portalId } of installed) {
      const portal = await portals.find(portalId)
      if (portal)
        await checkWatches(db, port, portal, now())
    }
  }
  const loop = createLoop([{ everyMs, work: async () => (await check(), false) }], error => log.error({ err: error }, 'watches'))
  return { check, start: loop.start, stop: loop.stop }
}

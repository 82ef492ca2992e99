import { calendarOf } from '@comptoir/shared/calendar/company-days'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { PortalSettingsRecord } from '../../platform/http/caller.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { rollContracts } from './contract-writes.postgres.ts'
import { refreshHolds } from './holds.postgres.ts'

const newDay = queue<{ readonly reason: 'hour' | 'start' }>({ name: 'relationship-new-day', policy: 'exclusive' })

export function relationshipJobs(jobs: Pick<Jobs, 'work'>, { db, now }: { readonly db: Database, readonly now: () => Date }): void {
  jobs.work(newDay, (_data, { signal }) => beginDay(db, now(), signal))
}

/** Within the hour after midnight of each portal's own zone, and after every start: days that nobody was there for are made up for. */
export async function resumeRelationship({ jobs }: { readonly jobs: Pick<Jobs, 'schedule' | 'send'> }): Promise<void> {
  await jobs.schedule(newDay, '5 * * * *', { reason: 'hour' }, { timeZone: 'UTC', key: 'hour' })
  await jobs.send(newDay, { reason: 'start' }, { key: 'start' })
}

/** What the calendar alone changes, for every portal on its own day. Repeating it changes nothing. */
export async function beginDay(db: Database, now: Date, signal?: AbortSignal): Promise<void> {
  const portals = await db.selectFrom('portals').select(['portal_id', 'time_zone', 'settings']).where('status', '<>', 'gone').execute()
  for (const { portal_id: portalId, time_zone: timeZone, settings } of portals) {
    signal?.throwIfAborted()
    const today = dayAt(now, timeZone)
    const { companyDays } = settings as PortalSettingsRecord
    await rollContracts(db, portalId, { today, now, isOpen: calendarOf(companyDays) })
    await db.transaction().execute(tx => refreshHolds(tx, { portalId, today, now }))
  }
}

import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { noticeChanges } from './apply-settings.postgres.ts'
import type { SectionPorts } from './ports.ts'

const settingsChanges = queue<{ readonly reason: 'hour' }>({ name: 'settings-changes', policy: 'exclusive' })

interface Deps { readonly db: Database, readonly jobs: Pick<Jobs, 'work'>, readonly now: () => Date, readonly sections: SectionPorts }

export function settingsJobs({ db, jobs, now, sections }: Deps): void {
  jobs.work(settingsChanges, async (_data, { signal }) => {
    const portals = await db.selectFrom('portals').select('portal_id').where('status', '=', 'installed').execute()
    for (const { portal_id } of portals) {
      signal.throwIfAborted()
      await noticeChanges(db, portal_id, sections, now())
    }
  })
}

export async function resumeSettings({ jobs }: { readonly jobs: Pick<Jobs, 'schedule'> }): Promise<void> {
  await jobs.schedule(settingsChanges, '20 * * * *', { reason: 'hour' }, { timeZone: 'UTC', key: 'hour' })
}

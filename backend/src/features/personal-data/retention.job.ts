import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { erasedWords } from './erased-words.ts'
import { applyRetention } from './retention.postgres.ts'

const retention = queue<{ readonly reason: 'night' }>({ name: 'personal-data-retention', policy: 'exclusive' })

interface RetentionDeps {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'work'>
  readonly now: () => Date
  /** What was typed and never saved has a fixed period. */
  readonly clearDrafts: (db: Database, now: Date) => Promise<void>
}

export function personalDataJobs({ db, jobs, now, clearDrafts }: RetentionDeps): void {
  jobs.work(retention, async (_data, { signal }) => {
    await clearDrafts(db, now())
    const portals = await db.selectFrom('portals').select(['portal_id', 'language']).where('status', '<>', 'gone').execute()
    for (const { portal_id, language } of portals) {
      signal.throwIfAborted()
      await applyRetention(db, portal_id, erasedWords(language).retention, now())
    }
  })
}

export async function resumePersonalData({ jobs }: { readonly jobs: Pick<Jobs, 'schedule'> }): Promise<void> {
  await jobs.schedule(retention, '35 2 * * *', { reason: 'night' }, { timeZone: 'UTC', key: 'night' })
}

import type { Caller, PortalRecord } from '../http/caller.ts'
import { systemOnlooker } from '../access/vendor-gate.postgres.ts'
import { queue, type Jobs } from '../jobs/jobs.ts'
import type { Database } from '../storage/database.ts'
import { countAhead, isLarge, readersOf, type Asked } from './kept-answers.postgres.ts'

type Reader = Pick<Caller, 'portal' | 'viewer'>

/** What a page asks before anybody has chosen anything. */
export interface FirstQuestion {
  readonly question: Asked['question']
  readonly count: (reader: Reader, at: Date) => Promise<object>
}

export interface AnswersAheadDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly now: () => Date
  readonly questions: readonly FirstQuestion[]
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
}

/** One portal at a time, one answer after the other: nobody waits for it, and others are at work. */
const aheadQueue = queue<{ portalId: number }>({ name: 'answers.ahead', policy: 'exclusive', retries: 1, expireInSeconds: 1_800, concurrency: 1 })

/** Each answer is kept as soon as it is counted: a run that was cut off goes on with those that are missing. */
export function answersAheadJobs({ db, jobs, now, questions, findPortal }: AnswersAheadDeps): void {
  jobs.work(aheadQueue, async ({ portalId }, { signal }) => {
    const portal = await findPortal(portalId)
    if (!portal || portal.status !== 'installed' || !await isLarge(db, portalId))
      return
    for (const { question, count } of questions) {
      // Everybody who may count all deals shares the first answer; the others have asked of late.
      const others = await readersOf(db, { portalId, question, now: now() })
      for (const caller of [systemOnlooker(portal), ...others.map(viewer => ({ portal, viewer }))]) {
        if (signal.aborted)
          return
        const at = now()
        await countAhead(db, { caller, question, now: at }, () => count(caller, at))
      }
    }
  })
}

/** After each reading of the mirror. A small portal counts for whoever asks. */
export async function wakeAnswersAhead({ db, jobs }: Pick<AnswersAheadDeps, 'db' | 'jobs'>, portalId: number): Promise<void> {
  if (await isLarge(db, portalId))
    await jobs.send(aheadQueue, { portalId }, { key: String(portalId) })
}

import { sql } from 'kysely'
import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { nextRun } from './next-run.ts'

export interface NewRun { readonly portalId: number, readonly runId: string }

/** Later than this after its time, a run was missed and is made up for. */
const catchUpAfterMs = 15 * 60_000
const mostAtOnce = 50

/**
 * Notes down a run for every schedule whose time has come, and sets its next time: however much was missed, it is one
 * run. `enqueue` joins the transaction, so that a run without its job can't be.
 */
export const noteDueRuns = (db: Database, now: Date, enqueue: (tx: Tx, runs: readonly NewRun[]) => Promise<void>): Promise<number> => db.transaction().execute(async (tx) => {
  const due = await tx.selectFrom('report_schedules as s').innerJoin('portals as p', 'p.portal_id', 's.portal_id')
    .select(['s.portal_id', 's.schedule_id', 's.next_run_at', 's.recurrence', 's.time_zone'])
    .where('s.is_paused', '=', false).where('s.next_run_at', '<=', now).where('p.status', '=', 'installed')
    .orderBy('s.next_run_at').limit(mostAtOnce).forUpdate('s').skipLocked().execute()
  const runs: NewRun[] = []
  for (const schedule of due) {
    const run = await noteRun(tx, {
      portalId: schedule.portal_id, scheduleId: schedule.schedule_id, dueAt: schedule.next_run_at,
      reason: now.getTime() - schedule.next_run_at.getTime() > catchUpAfterMs ? 'caught_up' : 'schedule',
    })
    if (run)
      runs.push(run)
    await tx.updateTable('report_schedules').set({ next_run_at: nextRun(schedule.recurrence as Recurrence, now, schedule.time_zone) })
      .where('portal_id', '=', schedule.portal_id).where('schedule_id', '=', schedule.schedule_id).execute()
  }
  await enqueue(tx, runs)
  return due.length
})

export interface RunOrder { readonly portalId: number, readonly scheduleId: string, readonly dueAt: Date, readonly reason: 'schedule' | 'caught_up' | 'person' }

/** Null when this moment of the schedule has its run already. */
export async function noteRun(tx: Tx, { portalId, scheduleId, dueAt, reason }: RunOrder): Promise<NewRun | null> {
  const row = await tx.insertInto('report_runs').values({ portal_id: portalId, schedule_id: scheduleId, due_at: dueAt, reason })
    .onConflict(conflict => conflict.columns(['portal_id', 'schedule_id', 'due_at']).doNothing()).returning('run_id').executeTakeFirst()
  return row ? { portalId, runId: row.run_id } : null
}

/** Files older than this are gone; the next run makes new ones. */
export const keptDays = 92

export async function forgetOldFiles(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('report_files').where('made_at', '<', sql<Date>`${now}::timestamptz - ${keptDays} * interval '1 day'`).execute()
}

import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { DocumentFormat } from '@comptoir/shared/documents/report-document'
import type { HandOver } from '@comptoir/shared/portal/owner.schema'
import type { ReportChannel, ReportRecipient, ReportRun, ReportSource, Schedule, ScheduleInput } from '@comptoir/shared/reports/report.contract'
import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { Caller } from '../../platform/http/caller.ts'
import { noteHandOver, ownedBy, ownerOf } from '../../platform/portals/owners.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { nextRun } from './next-run.ts'
import { insistOnKnown } from './recipients.postgres.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

const mostSchedules = 200

/** One's own schedules; an administrator's are all. */
const visible = (db: Database, { portal, viewer }: Reader) => db.selectFrom('report_schedules as s').where('s.portal_id', '=', portal.id)
  .where(eb => viewer.isAdmin ? sql<boolean>`true` : eb('s.owner_id', '=', viewer.userId))

export async function listSchedules(db: Database, reader: Reader, scheduleId?: string): Promise<Schedule[]> {
  const rows = await visible(db, reader).$if(scheduleId !== undefined, query => query.where('s.schedule_id', '=', scheduleId!))
    .selectAll('s')
    .select(ownerOf(reader.portal.id, sql`s.owner_id`))
    .orderBy(sql`lower(s.title)`).orderBy('s.schedule_id').execute()
  const lastRuns = await runsOf(db, reader.portal.id, rows.map(({ schedule_id }) => schedule_id), 1)
  return rows.map(row => ({
    scheduleId: row.schedule_id, title: row.title, source: row.source as ReportSource, formats: row.formats as DocumentFormat[], recurrence: row.recurrence as Recurrence,
    timeZone: row.time_zone, language: row.language, recipients: row.recipients as ReportRecipient[], delivery: row.delivery as ReportChannel[], version: row.version, isPaused: row.is_paused,
    ...ownedBy(row.owner_id, row, reader.viewer),
    nextRunAt: row.is_paused ? null : row.next_run_at.toISOString(), lastRun: lastRuns.get(row.schedule_id)?.[0] ?? null,
  }))
}

/** @throws AppError report.not_found */
export async function readSchedule(db: Database, reader: Reader, scheduleId: string): Promise<Schedule> {
  const [schedule] = await listSchedules(db, reader, scheduleId)
  if (!schedule)
    throw new AppError('report.not_found', { details: { scheduleId } })
  return schedule
}

export async function readRuns(db: Database, reader: Reader, scheduleId: string): Promise<ReportRun[]> {
  await readSchedule(db, reader, scheduleId)
  return (await runsOf(db, reader.portal.id, [scheduleId], 50)).get(scheduleId) ?? []
}

async function runsOf(db: Database, portalId: number, scheduleIds: readonly string[], each: number): Promise<Map<string, ReportRun[]>> {
  if (scheduleIds.length === 0)
    return new Map()
  const rows = await db.selectFrom('report_runs as r').where('r.portal_id', '=', portalId).where('r.schedule_id', 'in', [...scheduleIds])
    .selectAll('r')
    .select([
      sql<number>`(select count(*)::int from report_files f where f.portal_id = r.portal_id and f.run_id = r.run_id)`.as('files'),
      sql<number>`(select count(distinct d.user_id)::int from report_deliveries d where d.portal_id = r.portal_id and d.run_id = r.run_id and d.state = 'failed')`.as('undelivered'),
      sql<number>`row_number() over (partition by r.schedule_id order by r.created_at desc, r.run_id)::int`.as('rank'),
    ]).orderBy('r.created_at', 'desc').execute()
  const runs = new Map<string, ReportRun[]>()
  for (const row of rows.filter(({ rank }) => rank <= each))
    runs.set(row.schedule_id, [...runs.get(row.schedule_id) ?? [], {
      runId: row.run_id, dueAt: row.due_at.toISOString(), state: row.state, reason: row.reason, files: row.files, people: row.people, undelivered: row.undelivered,
      errorCode: row.error_code, finishedAt: row.finished_at?.toISOString() ?? null,
    }])
  return runs
}

const columnsOf = (input: ScheduleInput) => ({
  title: input.title.trim(), source: JSON.stringify(input.source), formats: [...input.formats], recurrence: JSON.stringify(input.recurrence),
  time_zone: input.timeZone, language: input.language, recipients: JSON.stringify(input.recipients), delivery: [...input.delivery],
})

export async function createSchedule(db: Database, reader: Reader, input: ScheduleInput, now: Date): Promise<Schedule> {
  const { portal, viewer } = reader
  await insistOnKnown(db, portal.id, input.recipients)
  const next = nextRun(input.recurrence, now, input.timeZone)
  const { count } = await db.selectFrom('report_schedules').select(sql<number>`count(*)::int`.as('count')).where('portal_id', '=', portal.id).executeTakeFirstOrThrow()
  if (count >= mostSchedules)
    throw new AppError('report.too_many', { details: { most: mostSchedules } })
  const { schedule_id } = await db.insertInto('report_schedules').values({ portal_id: portal.id, owner_id: viewer.userId, next_run_at: next, ...columnsOf(input) })
    .returning('schedule_id').executeTakeFirstOrThrow()
  return readSchedule(db, reader, schedule_id)
}

/** @throws AppError report.changed_meanwhile */
export async function changeSchedule(db: Database, reader: Reader, scheduleId: string, { version, ...input }: ScheduleInput & { version: number }, now: Date): Promise<Schedule> {
  await readSchedule(db, reader, scheduleId)
  await insistOnKnown(db, reader.portal.id, input.recipients)
  const { numUpdatedRows } = await db.updateTable('report_schedules')
    .set({ ...columnsOf(input), next_run_at: nextRun(input.recurrence, now, input.timeZone), version: version + 1, updated_at: sql<Date>`now()` })
    .where('portal_id', '=', reader.portal.id).where('schedule_id', '=', scheduleId).where('version', '=', version).executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new AppError('report.changed_meanwhile', { details: { scheduleId } })
  return readSchedule(db, reader, scheduleId)
}

/** What a pause has missed is not made up for: nobody waited for it. */
export async function pauseSchedule(db: Database, reader: Reader, scheduleId: string, isPaused: boolean, now: Date): Promise<Schedule> {
  const { recurrence, timeZone } = await readSchedule(db, reader, scheduleId)
  await db.updateTable('report_schedules').set({ is_paused: isPaused, ...!isPaused && { next_run_at: nextRun(recurrence, now, timeZone) } })
    .where('portal_id', '=', reader.portal.id).where('schedule_id', '=', scheduleId).execute()
  return readSchedule(db, reader, scheduleId)
}

export async function handOver(db: Database, reader: Reader, scheduleId: string, ownerId: number): Promise<Schedule> {
  const { ownerId: fromId } = await readSchedule(db, reader, scheduleId)
  await insistOnKnown(db, reader.portal.id, [{ kind: 'user', id: ownerId }])
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('report_schedules').set({ owner_id: ownerId }).where('portal_id', '=', reader.portal.id).where('schedule_id', '=', scheduleId).execute()
    await noteHandOver(tx, 'report', { portalId: reader.portal.id, byUserId: reader.viewer.userId, items: 1, fromId, ownerId })
  })
  return readSchedule(db, reader, scheduleId)
}

/** @throws AppError report.recipient_unknown */
export async function handOverAll(db: Database, reader: Reader, { fromId, ownerId }: HandOver): Promise<Schedule[]> {
  await insistOnKnown(db, reader.portal.id, [{ kind: 'user', id: ownerId }])
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx.updateTable('report_schedules').set({ owner_id: ownerId }).where('portal_id', '=', reader.portal.id).where('owner_id', '=', fromId).executeTakeFirst()
    await noteHandOver(tx, 'report', { portalId: reader.portal.id, byUserId: reader.viewer.userId, items: Number(numUpdatedRows), fromId, ownerId })
  })
  return listSchedules(db, reader)
}

export async function removeSchedule(db: Database, reader: Reader, scheduleId: string): Promise<{ scheduleId: string }> {
  await readSchedule(db, reader, scheduleId)
  await db.deleteFrom('report_schedules').where('portal_id', '=', reader.portal.id).where('schedule_id', '=', scheduleId).execute()
  return { scheduleId }
}

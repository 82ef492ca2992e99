import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@comptoir/shared/errors'
import { boardFrom } from '@comptoir/shared/dashboards/templates'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { ReportRole, ScheduleInput } from '@comptoir/shared/reports/report.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { readHandOvers } from '../../platform/portals/owners.postgres.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { noteDueRuns } from './due-runs.postgres.ts'
import { readFile, readFiles } from './files.postgres.ts'
import type { ReportPorts } from './ports.ts'
import { peopleOf } from './recipients.postgres.ts'
import { reportJobs, runQueue, tickQueue, type ReportJobDeps } from './run-report.job.ts'
import { changeSchedule, createSchedule, handOverAll, listSchedules, pauseSchedule, readRuns, removeSchedule, type Reader } from './schedules.postgres.ts'

let database: TestDatabase
let portal: PortalRecord
let now = new Date('2026-11-20T12:00:00Z')
const boardId = '11111111-1111-4111-8111-111111111111'
const as = (userId: number, isAdmin = false): Reader => ({ portal, viewer: { userId, name: `Nom ${userId}`, isAdmin, departmentIds: [] } })
const input = (change: Partial<ScheduleInput> = {}): ScheduleInput => ({
  title: 'Ventes', source: { kind: 'board', boardId, period: 'last_12_months' }, formats: ['pdf', 'csv'], language: 'fr', timeZone: 'Europe/Paris',
  recurrence: { every: 'day', weekday: 1, day: 1, time: '08:00' }, recipients: [{ kind: 'department', id: 10 }], delivery: [], ...change,
})

/** What the portal was asked, and what it answers. */
const asked: { method: string, params: Record<string, unknown> }[] = []
let answer: (method: string) => unknown = () => null
const host = {
  appCode: async () => 'comptoir',
  crm: { for: () => ({ call: async (method: string, params: Record<string, unknown>) => {
    asked.push({ method, params })
    return { result: answer(method) }
  } }) },
} as unknown as ReportJobDeps['host']

/** A queue that runs what it was given when the test says so. */
function jobsByHand(): Jobs & { drain: () => Promise<void> } {
  const handlers = new Map<string, (data: never, run: never) => Promise<void>>()
  const waiting: { name: string, data: unknown }[] = []
  return {
    work: (on: { name: string }, handler: never) => handlers.set(on.name, handler),
    sendMany: async (to: { name: string }, data: readonly unknown[]) => void waiting.push(...data.map(one => ({ name: to.name, data: one }))),
    async drain() {
      for (let job = waiting.shift(); job; job = waiting.shift())
        await handlers.get(job.name)?.(job.data as never, { isLastTry: true } as never)
    },
  } as unknown as Jobs & { drain: () => Promise<void> }
}

const result = (metricId: MetricResult['metricId'], value: number): MetricResult => ({
  metricId, unit: 'count', currency: null, days: { from: null, to: null }, value, records: value, leftOut: [], previous: null, change: null, by: null, bucket: null,
  parts: [{ key: '2026-01-01', label: 'Janvier', group: null, days: null, value, records: value }],
})
/** Each sees their own number; the board is shared with everyone but user 3. */
const ports: ReportPorts = {
  board: async ({ viewer }) => viewer.userId === 3 ? null : { title: 'Ventes', spec: boardFrom('sales', () => String(Math.random())) },
  metric: async ({ viewer }, { metricId }) => result(metricId, viewer.userId * 1_000),
  grid: async ({ viewer }, { metricId, across }) => ({ result: result(metricId, viewer.userId * 1_000), across, columns: [], others: 0 }),
  segmentName: async () => null,
  scenarios: async () => ({ currency: 'EUR', before: null, scenarios: [] }),
  spend: () => Promise.reject(new Error('not asked for')),
}

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  portal = { id, status: 'installed', installerUserId: 1, settings: {} } as PortalRecord
  await db.insertInto('crm_departments').values([{ portal_id: id, department_id: 10, name: 'Ventes', head_user_id: 2 }, { portal_id: id, department_id: 11, name: 'Nord', parent_id: 10 }]).execute()
  await db.insertInto('crm_users').values([[2, [10], true], [3, [11], true], [4, [11], true], [5, [10], false]].map(([user_id, department_ids, is_active]) =>
    ({ portal_id: id, user_id: user_id as number, name: `Nom ${user_id as number}`, department_ids: department_ids as number[], is_active: is_active as boolean }))).execute()
})
afterAll(() => database.close())

const start = () => {
  const jobs = jobsByHand()
  reportJobs({ db: database.db, jobs, ports, host, findPortal: () => Promise.resolve(portal), now: () => now })
  const tick = async () => {
    await noteDueRuns(database.db, now, (_tx, runs) => jobs.sendMany(runQueue, runs, {} as never))
    await jobs.drain()
  }
  return { jobs, tick }
}

describe('a scheduled report', () => {
  it('goes to the people of a department as they are that day, each with figures of their own rights, once', async () => {
    const { db } = database
    const { tick } = start()
    const schedule = await createSchedule(db, as(2), input(), now)
    expect(schedule).toMatchObject({ nextRunAt: '2026-11-21T07:00:00.000Z', isMine: true, lastRun: null })
    await tick()
    expect(await readRuns(db, as(2), schedule.scheduleId)).toEqual([])
    now = new Date('2026-11-21T07:00:20Z')
    await tick()
    await tick()
    const [run, ...more] = await readRuns(db, as(2), schedule.scheduleId)
    expect(more).toEqual([])
    // User 3 may not see the board, user 5 has left.
    expect(run).toMatchObject({ state: 'done', reason: 'schedule', people: 2, files: 4, errorCode: null })
    const files = await readFiles(db, as(4))
    expect(files.map(({ format }) => format)).toEqual(['csv', 'pdf'])
    const csv = Buffer.from((await readFile(db, as(4), files[0]!.fileId)).base64, 'base64').toString()
    expect(csv).toContain('4000')
    expect(csv).not.toContain('2000')
    await expect(readFile(db, as(1, true), files[0]!.fileId)).rejects.toMatchObject({ code: 'report.not_found' })
    const notices = await db.selectFrom('notice_outbox').select(['kind', 'recipients']).where('portal_id', '=', portal.id).execute()
    expect(notices).toEqual([{ kind: 'report_ready', recipients: [2] }, { kind: 'report_ready', recipients: [4] }])
    await removeSchedule(db, as(2), schedule.scheduleId)
  })

  it('that was missed for days is made up for once', async () => {
    const { db } = database
    const { tick } = start()
    const { scheduleId } = await createSchedule(db, as(2), input({ recipients: [{ kind: 'head_of_department', id: 10 }] }), now)
    now = new Date('2026-11-25T12:00:00Z')
    await tick()
    expect((await readRuns(db, as(2), scheduleId)).map(({ reason, people }) => [reason, people])).toEqual([['caught_up', 1]])
    expect((await listSchedules(db, as(2)))[0]?.nextRunAt).toBe('2026-11-26T07:00:00.000Z')
  })

  it('rests while it is paused, and makes up for nothing afterwards', async () => {
    const { db } = database
    const { tick } = start()
    const { scheduleId } = await createSchedule(db, as(2), input(), now)
    expect(await pauseSchedule(db, as(2), scheduleId, true, now)).toMatchObject({ isPaused: true, nextRunAt: null })
    now = new Date('2026-12-01T12:00:00Z')
    await tick()
    expect(await pauseSchedule(db, as(2), scheduleId, false, now)).toMatchObject({ nextRunAt: '2026-12-02T07:00:00.000Z' })
    await tick()
    expect(await readRuns(db, as(2), scheduleId)).toEqual([])
  })

  it('lies in each person’s own Drive and is told of in their chat, once, and what the portal refuses fails nobody’s report', async () => {
    const { db } = database
    const { tick } = start()
    const { scheduleId } = await createSchedule(db, as(2), input({ formats: ['csv'], recipients: [{ kind: 'user', id: 2 }, { kind: 'user', id: 4 }], delivery: ['drive', 'chat'] }), now)
    portal = { ...portal, scope: ['im', 'disk'] }
    answer = method => method === 'disk.storage.getlist' ? [{ ID: '7' }] : method === 'disk.storage.getchildren' ? [{ ID: '70' }] : method === 'disk.folder.getchildren' ? [] : { ID: 1 }
    const runAt = async (moment: string) => {
      now = new Date(moment)
      asked.length = 0
      await tick()
      return (await readRuns(db, as(2), scheduleId))[0]
    }
    expect(await runAt('2026-12-02T07:00:30Z')).toMatchObject({ state: 'done', people: 2, undelivered: 0 })
    expect(asked.filter(({ method }) => method === 'disk.storage.getlist').map(({ params }) => params.filter)).toEqual([{ ENTITY_TYPE: 'user', ENTITY_ID: 2 }, { ENTITY_TYPE: 'user', ENTITY_ID: 4 }])
    expect(asked.filter(({ method }) => method === 'disk.folder.uploadfile')).toHaveLength(2)
    expect(asked.filter(({ method }) => method === 'im.message.add').map(({ params }) => params.DIALOG_ID)).toEqual(['2', '4'])

    answer = (method) => { throw new AppError(method.startsWith('disk') ? 'crm.forbidden' : 'crm.refused') }
    expect(await runAt('2026-12-03T07:00:30Z')).toMatchObject({ state: 'done', people: 2, undelivered: 2 })

    portal = { ...portal, scope: [] }
    expect(await runAt('2026-12-04T07:00:30Z')).toMatchObject({ state: 'done', undelivered: 2 })
    expect(asked).toEqual([])
    await removeSchedule(db, as(2), scheduleId)
    now = new Date('2026-12-01T12:00:00Z')
  })

  it('is not handed out any more once its reader’s rights are narrower than those it was made in', async () => {
    const { db } = database
    const { tick } = start()
    portal = { ...portal, settings: { analyticsScope: 'department' } }
    const { scheduleId } = await createSchedule(db, as(2), input({ formats: ['csv'], recipients: [{ kind: 'user', id: 4 }] }), now)
    now = new Date('2026-12-02T07:00:30Z')
    await tick()
    const reader = (departmentIds = [11]): Reader => ({ portal, viewer: { ...as(4).viewer, departmentIds } })
    const [file] = await readFiles(db, reader())
    const read = (by = reader()) => readFile(db, by, file!.fileId)
    const narrowed = { code: 'report.rights_narrowed' }
    await read()
    await read({ ...reader([]), viewer: as(4, true).viewer })
    await expect(read(reader([12]))).rejects.toMatchObject(narrowed)
    const grants = await db.selectFrom('vendor_grants').selectAll().execute()
    await db.updateTable('vendor_grants').set({ field_groups: ['identity', 'prices', 'documents', 'scores', 'bank'] as never }).execute()
    await read()
    await db.updateTable('vendor_grants').set({ field_groups: ['identity'] as never }).execute()
    await expect(read()).rejects.toMatchObject(narrowed)
    await db.deleteFrom('vendor_grants').execute()
    await expect(read()).rejects.toMatchObject(narrowed)
    await db.insertInto('vendor_grants').values(grants as never).execute()
    await read()
    await removeSchedule(db, as(2), scheduleId)
    portal = { ...portal, settings: {} }
    now = new Date('2026-12-01T12:00:00Z')
  })

  it('of somebody who has left is handed over with all they answered for', async () => {
    const { db } = database
    const { scheduleId } = await createSchedule(db, as(5), input(), now)
    expect((await listSchedules(db, as(1, true))).find(one => one.scheduleId === scheduleId)).toMatchObject({ ownerId: 5, isOwnerGone: true })
    const all = await handOverAll(db, as(1, true), { fromId: 5, ownerId: 2 })
    expect(all.find(one => one.scheduleId === scheduleId)).toMatchObject({ ownerId: 2, isOwnerGone: false })
    expect(await readHandOvers(db, portal.id, 'report')).toMatchObject([{ items: 1, from: { userId: 5 }, to: { userId: 2, name: 'Nom 2' }, by: { userId: 1 } }])
    await expect(handOverAll(db, as(1, true), { fromId: 2, ownerId: 5 })).rejects.toMatchObject({ code: 'report.recipient_unknown' })
    await removeSchedule(db, as(2), scheduleId)
  })

  it('whose board nobody may see any more fails in words', async () => {
    const { db } = database
    const { tick } = start()
    const { scheduleId } = await createSchedule(db, as(2), input({ recipients: [{ kind: 'user', id: 3 }] }), now)
    now = new Date('2026-12-02T08:00:00Z')
    await tick()
    expect(await readRuns(db, as(2), scheduleId)).toMatchObject([{ state: 'failed', errorCode: 'report.source_unknown', files: 0 }])
  })

  it('is seen by its owner and by administrators, and changed by one of two at once', async () => {
    const { db } = database
    const { scheduleId } = await createSchedule(db, as(2), input({ title: 'Une' }), now)
    expect((await listSchedules(db, as(4))).length).toBe(0)
    expect((await listSchedules(db, as(1, true))).some(one => one.scheduleId === scheduleId)).toBe(true)
    await changeSchedule(db, as(2), scheduleId, { version: 1, ...input({ title: 'Deux' }) }, now)
    await expect(changeSchedule(db, as(2), scheduleId, { version: 1, ...input() }, now)).rejects.toMatchObject({ code: 'report.changed_meanwhile' })
    await expect(createSchedule(db, as(2), input({ recipients: [{ kind: 'user', id: 99 }] }), now)).rejects.toMatchObject({ code: 'report.recipient_unknown' })
    await expect(createSchedule(db, as(2), input({ timeZone: 'Mars/Olympus' }), now)).rejects.toMatchObject({ code: 'report.zone_unknown' })
  })
})

describe('recipients', () => {
  it('are the active people of departments and those below, heads, and persons, nobody twice', async () => {
    expect(await peopleOf(database.db, portal, [{ kind: 'department', id: 10 }, { kind: 'user', id: 4 }, { kind: 'head_of_department', id: 10 }])).toEqual([2, 3, 4])
    expect(await peopleOf(database.db, portal, [{ kind: 'department', id: 11 }])).toEqual([3, 4])
    expect(tickQueue.name).toBe('reports.tick')
  })

  it('are whoever has a role that day: those who have left, and rights over some vendors or of yesterday, do not count', async () => {
    const { db } = database
    const having = (role: ReportRole) => peopleOf(db, portal, [{ kind: 'role', role }])
    expect(await having('vendor_editor')).toEqual([2, 3, 4])
    await db.deleteFrom('vendor_grants').execute()
    const grant = { portal_id: portal.id, subject_kind: 'user' as const, scope_kind: 'all' as const, field_groups: ['identity' as const] }
    await db.insertInto('vendor_grants').values([
      { ...grant, subject_id: 2, role: 'admin' }, { ...grant, subject_id: 5, role: 'admin' }, { ...grant, subject_id: 4, role: 'admin', valid_until: '2020-01-01' },
      { ...grant, subject_id: 4, role: 'approver', scope_kind: 'group', vendor_group: 'Papier' },
      { ...grant, subject_kind: 'department', subject_id: 11, role: 'editor' },
    ]).execute()
    expect([await having('vendor_admin'), await having('vendor_approver'), await having('vendor_editor')]).toEqual([[2], [2], [2, 3, 4]])
    expect(await having('department_head')).toEqual([2])
    const admin = { ...portal, installerUserId: 3 }
    expect(await peopleOf(db, admin, [{ kind: 'role', role: 'portal_admin' }, { kind: 'role', role: 'vendor_approver' }])).toEqual([2, 3])
    expect((await createSchedule(db, as(2), input({ recipients: [{ kind: 'role', role: 'vendor_approver' }] }), now)).recipients).toEqual([{ kind: 'role', role: 'vendor_approver' }])
  })
})

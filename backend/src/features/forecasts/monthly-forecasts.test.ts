import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMonths } from '@comptoir/shared/insights/calendar'
import { forecastMetrics } from '@comptoir/shared/forecasts/forecast-metrics'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { readMetricForecast, type MetricForecastDeps } from './metric-forecast.postgres.ts'
import { monthlyForecastJobs, wakeMonthlyForecasts } from './monthly-forecasts.job.ts'
import type { MonthsPort, Reader } from './months-port.ts'

let database: TestDatabase
let portal: PortalRecord
let now = new Date('2026-05-01T04:10:00Z')
let known = 40
let isAborting = false
const asked: string[] = []

/** Everybody's months grow by one hundred, those of one person by ten. */
const readMonths: MonthsPort['readMonths'] = async ({ viewer }, { metric }) => {
  asked.push(`${metric} of ${viewer.userId}`)
  const running = '2026-05-01'
  const step = viewer.isAdmin ? 100 : 10
  const ahead = now < new Date('2026-05-31T22:00:00Z') ? 0 : 1
  const months = Array.from({ length: known + ahead }, (_, at) => ({ month: addMonths(running, at - known), value: 10_000 + at * step + (at % 12 === 3 ? 5_000 : 0) }))
  return { unit: 'money', currency: 'EUR', months, running: { month: addMonths(running, ahead), value: 5 } }
}
const deps = (): MetricForecastDeps => ({ db: database.db, now: () => now, readMonths })
const ada: Reader['viewer'] = { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] }
const leo: Reader['viewer'] = { userId: 9, name: 'Léo', isAdmin: false, departmentIds: [4] }

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const row = { domain: 'p.example', client_endpoint: '', server_endpoint: '', status: 'installed' as const }
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', ...row }).returning('portal_id').executeTakeFirstOrThrow()
  portal = { id, timeZone: 'Europe/Paris', currency: 'EUR', status: 'installed', installerUserId: 1, settings: { analyticsScope: 'department' } } as unknown as PortalRecord
  await db.insertInto('crm_users').values([leo.userId, 7].map(user_id => ({ portal_id: id, user_id, name: 'Léo', last_name: 'B', is_active: true, is_employee: true, department_ids: [4] }))).execute()
  await db.insertInto('sync_states').values({ portal_id: id, entity: 'deals', mode: 'full' }).execute()
})
afterAll(() => database.close())

/** A reading has ended, and the queue does what it was sent. */
async function afterReading(): Promise<void> {
  const sent: { portalId: number }[] = []
  let handler: Parameters<Jobs['work']>[1] | undefined
  const jobs = {
    send: async (_queue: object, data: { portalId: number }) => Boolean(sent.push(data)),
    work: (_queue: object, given: Parameters<Jobs['work']>[1]) => void (handler = given),
  } as unknown as Jobs
  const stop = new AbortController()
  monthlyForecastJobs({ ...deps(), jobs, findPortal: async () => portal, readMonths: async (reader, request) => {
    if (isAborting)
      stop.abort()
    return readMonths(reader, request)
  } })
  await wakeMonthlyForecasts({ jobs }, portal.id)
  for (const data of sent)
    await handler!(data, { id: '1', signal: stop.signal, isLastTry: false })
}
const kept = () => database.db.selectFrom('forecast_snapshots').select(['user_id', 'metric', 'from_month', 'scope_key']).orderBy('user_id').orderBy('from_month').orderBy('metric').execute()

describe('what is foretold as a month begins', () => {
  it('waits until the deals are read, and until enough months are known', async () => {
    await afterReading()
    expect(asked).toEqual([])
    await database.db.updateTable('sync_states').set({ mode: 'incremental' }).execute()
    known = 3
    await afterReading()
    expect(await kept()).toEqual([])
    known = 40
  })

  it('goes on where a run was cut off, and is then kept once, however often the mirror reads', async () => {
    isAborting = true
    await afterReading()
    expect(await kept()).toHaveLength(1)
    isAborting = false
    await afterReading()
    const first = await kept()
    expect(first).toHaveLength(forecastMetrics.length)
    expect(first).toContainEqual({ user_id: 0, metric: 'revenue_won', from_month: '2026-05-01', scope_key: 'all' })
    expect(first).toContainEqual({ user_id: 0, metric: 'deals_won', from_month: '2026-05-01', scope_key: 'all' })
    asked.length = 0
    now = new Date('2026-05-20T10:00:00Z')
    await afterReading()
    expect([await kept(), asked]).toEqual([first, []])
  })

  it('is held against what came for whoever has all rights, though nobody has ever looked', async () => {
    now = new Date('2026-05-31T22:30:00Z')
    const { record, change } = await readMetricForecast(deps(), { portal, viewer: ada }, 'revenue_won', {})
    expect(record).toMatchObject({ values: 1, trials: [{ month: '2026-05-01', monthsAhead: 1, actual: 14_000 }] })
    expect(record.wape).not.toBeNull()
    expect(change).toMatchObject({ month: '2026-06-01' })
  })

  it('is nothing to those who see less, who have their own once they follow a figure', async () => {
    expect((await readMetricForecast(deps(), { portal, viewer: { ...leo, userId: 7 } }, 'deals_won', {})).record.values).toBe(0)
    await database.db.deleteFrom('forecast_snapshots').where('user_id', '=', 7).execute()
    await database.db.insertInto('watches').values({ portal_id: portal.id, owner_user_id: leo.userId, metric: 'deals_won', cool_down_months: 0, rule: JSON.stringify({ kind: 'band', direction: 'below' }) }).execute()
    await afterReading()
    const own = (await kept()).filter(({ user_id }) => user_id === leo.userId)
    expect(own).toContainEqual({ user_id: leo.userId, metric: 'deals_won', from_month: '2026-06-01', scope_key: 'department 4' })
    expect((await kept()).filter(({ user_id }) => user_id === 7)).toEqual([])
    asked.length = 0
    await afterReading()
    expect(asked).toEqual([])
  })

  it('follows a dashboard that tells how good forecasts were to those who receive it', async () => {
    const { db } = database
    await db.deleteFrom('watches').execute()
    await db.deleteFrom('forecast_snapshots').execute()
    const { board_id: boardId } = await db.insertInto('boards').values({ portal_id: portal.id, title: 'Précision', owner_id: 1, updated_by: 1 }).returning('board_id').executeTakeFirstOrThrow()
    const spec = { tiles: [{ tileId: 'a', metricId: 'forecast_wape' }] }
    await db.insertInto('board_versions').values({ portal_id: portal.id, board_id: boardId, version: 1, title: 'Précision', spec: JSON.stringify(spec), created_by: 1 }).execute()
    await db.insertInto('report_schedules').values({
      portal_id: portal.id, title: 'Précision', source: JSON.stringify({ kind: 'board', boardId, period: 'last_12_months' }), formats: ['pdf'], recurrence: JSON.stringify({ every: 'month' }),
      time_zone: 'Europe/Paris', language: 'fr', recipients: JSON.stringify([{ kind: 'user', id: leo.userId }]), owner_id: 1, next_run_at: now,
    }).execute()
    await afterReading()
    expect((await kept()).filter(({ metric }) => metric === 'revenue_won').map(({ user_id, scope_key }) => [user_id, scope_key])).toEqual([[0, 'all'], [leo.userId, 'department 4']])
  })
})

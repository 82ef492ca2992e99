import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PortalRecord } from '../http/caller.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import { answersAheadJobs, wakeAnswersAhead, type FirstQuestion } from './answers-ahead.job.ts'
import { keptAnswer } from './kept-answers.postgres.ts'

const start = new Date('2026-02-17T06:00:00Z')
let now: Date
let database: TestDatabase
let portal: PortalRecord
let counted: string[]

beforeAll(async () => {
  database = await freshDatabase()
  const row = { domain: 'p.example', client_endpoint: 'https://p.example/rest/', server_endpoint: 'https://oauth.example/rest/', status: 'installed' as const }
  const { portal_id: id } = await database.db.insertInto('portals').values({ member_id: 'm', ...row }).returning('portal_id').executeTakeFirstOrThrow()
  portal = { id, timeZone: 'Europe/Paris', currency: 'EUR', status: 'installed', settings: {} } as PortalRecord
})
afterAll(() => database.close())
beforeEach(async () => {
  now = start
  counted = []
  await database.db.deleteFrom('kept_answers').execute()
  await database.db.deleteFrom('answer_readers').execute()
  await database.db.deleteFrom('insight_deal_days').execute()
})

const hasDeals = (deals: number) => database.db.insertInto('insight_deal_days').values({
  portal_id: portal.id, assigned_by_id: -1, category_id: -1, outcome: 'created', day: '2025-06-01', deal_count: deals, amount_base_minor: 0, without_amount: 0, without_rate: 0,
}).execute()

/** Slow enough to be worth keeping. */
async function count(name: string): Promise<{ name: string }> {
  const until = performance.now() + 110
  while (performance.now() < until)
    await Promise.resolve()
  counted.push(name)
  return { name }
}
const questions: FirstQuestion[] = [
  { question: ['conversion', { period: 'last_12_months', categoryId: 0 }], count: () => count('conversion') },
  { question: ['pipeline', {}], count: () => count('pipeline') },
]

/** What the queue was sent, and a run of it. */
function queueOf(first = questions): { jobs: Jobs, sent: object[], run: (signal?: AbortSignal) => Promise<void> } {
  const sent: object[] = []
  let handler: Parameters<Jobs['work']>[1] | undefined
  const jobs = {
    send: async (_queue: object, data: object, options: object) => Boolean(sent.push({ ...data, ...options })),
    work: (_queue: object, given: Parameters<Jobs['work']>[1]) => void (handler = given),
  } as unknown as Jobs
  answersAheadJobs({ db: database.db, jobs, now: () => now, questions: first, findPortal: async () => portal })
  return { jobs, sent, run: (signal = new AbortController().signal) => handler!({ portalId: portal.id }, { id: '1', signal, isLastTry: false }) }
}

describe('answers that are counted ahead', () => {
  it('are there for whoever may count all deals, however the question is spelt', async () => {
    await hasDeals(50_000)
    await queueOf().run()
    const caller = { portal, viewer: { userId: 7, name: 'Ada', isAdmin: true, departmentIds: [] } }
    const asked = { caller, question: ['conversion', { categoryId: 0, segmentId: undefined, period: 'last_12_months' }] as const, now }
    expect(await keptAnswer(database.db, asked, () => count('again'))).toEqual({ name: 'conversion', countedAt: now.toISOString() })
    expect(counted).toEqual(['conversion', 'pipeline'])
  })

  it('are not counted after every reading, but again after some hours', async () => {
    await hasDeals(50_000)
    const { run } = queueOf()
    await run()
    now = new Date(start.getTime() + 2 * 3_600_000)
    await run()
    expect(counted).toHaveLength(2)
    now = new Date(start.getTime() + 4 * 3_600_000)
    await run()
    expect(counted).toHaveLength(4)
  })

  it('go on where a run was cut off', async () => {
    await hasDeals(50_000)
    const stop = new AbortController()
    const [first, ...others] = questions as [FirstQuestion, FirstQuestion]
    const cut = { ...first, count: () => count('conversion').finally(() => stop.abort()) }
    await queueOf([cut, ...others]).run(stop.signal)
    expect(counted).toEqual(['conversion'])
    await queueOf().run()
    expect(counted).toEqual(['conversion', 'pipeline'])
  })

  it('are counted for those who may count some deals only, while they keep asking', async () => {
    await hasDeals(50_000)
    const { run } = queueOf()
    const seller = { portal: { ...portal, settings: { analyticsScope: 'department' as const } }, viewer: { userId: 9, name: 'Léo', isAdmin: false, departmentIds: [4] } }
    const asks = () => keptAnswer(database.db, { caller: seller, question: ['pipeline', {}], now }, () => count('own'))
    await asks()
    now = new Date(start.getTime() + 24 * 3_600_000)
    portal = seller.portal
    await run()
    expect(counted).toEqual(['own', 'conversion', 'pipeline', 'pipeline'])
    expect(await asks()).toMatchObject({ name: 'pipeline', countedAt: now.toISOString() })
    now = new Date(start.getTime() + 9 * 24 * 3_600_000)
    counted = []
    await run()
    expect(counted).toEqual(['conversion', 'pipeline'])
  })

  it('are asked for after a reading of a large portal, one run at a time, and never of a small one', async () => {
    await hasDeals(49_999)
    const { jobs, sent, run } = queueOf()
    await wakeAnswersAhead({ db: database.db, jobs }, portal.id)
    await run()
    expect([sent, counted]).toEqual([[], []])
    await database.db.updateTable('insight_deal_days').set({ deal_count: 50_000 }).execute()
    await wakeAnswersAhead({ db: database.db, jobs }, portal.id)
    expect(sent).toEqual([{ portalId: portal.id, key: String(portal.id) }])
  })
})

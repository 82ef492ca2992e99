import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import { keptAnswer, type Asked } from './kept-answers.postgres.ts'

const now = new Date('2026-02-17T10:00:00Z')
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
let database: TestDatabase
let portalId: number
let counts: number

beforeAll(async () => {
  database = await freshDatabase()
  const row = { domain: 'p.example', client_endpoint: 'https://p.example/rest/', server_endpoint: 'https://oauth.example/rest/', status: 'installed' as const }
  ;({ portal_id: portalId } = await database.db.insertInto('portals').values({ member_id: 'm', ...row }).returning('portal_id').executeTakeFirstOrThrow())
})
afterAll(() => database.close())
beforeEach(async () => {
  counts = 0
  await database.db.deleteFrom('kept_answers').execute()
  await database.db.deleteFrom('insight_deal_days').execute()
})

const hasDeals = (deals: number) => database.db.insertInto('insight_deal_days').values({
  portal_id: portalId, assigned_by_id: -1, category_id: -1, outcome: 'created', day: '2025-06-01', deal_count: deals, amount_base_minor: 0, without_amount: 0, without_rate: 0,
}).execute()

function asked(change: { at?: Date, userId?: number, scope?: 'own' | 'all', query?: object } = {}): Asked {
  const { at = now, userId = 1, scope = 'all', query = { period: 'all' } } = change
  const caller = { portal: { id: portalId, timeZone: 'Europe/Paris', currency: 'EUR', settings: { analyticsScope: scope } }, viewer: { userId, isAdmin: false, departmentIds: [] } } as unknown as Asked['caller']
  return { caller, question: ['winLoss', query], now: at }
}
/** Slow enough to be worth keeping. */
async function count(): Promise<{ counted: number }> {
  const until = performance.now() + 110
  while (performance.now() < until)
    await Promise.resolve()
  return { counted: ++counts }
}
const answer = (change?: Parameters<typeof asked>[0]) => keptAnswer(database.db, asked(change), count)

describe('an answer that takes long to count', () => {
  it('is counted for whoever asks where there are few deals', async () => {
    await hasDeals(49_999)
    expect([await answer(), await answer()]).toEqual([{ counted: 1 }, { counted: 2 }])
  })

  it('is kept where there are many, and says when it was counted', async () => {
    await hasDeals(50_000)
    expect(await answer()).toEqual({ counted: 1 })
    expect(await answer({ at: later(4) })).toEqual({ counted: 1, countedAt: now.toISOString() })
    expect(await answer({ query: { period: 'this_year' } })).toEqual({ counted: 2 })
  })

  it('is shown at once when it has grown old, and is new for the next who asks', async () => {
    await hasDeals(50_000)
    await answer()
    expect(await answer({ at: later(6) })).toMatchObject({ counted: 1 })
    await expect.poll(() => answer({ at: later(7) })).toEqual({ counted: 2, countedAt: later(6).toISOString() })
  })

  it('is counted anew on another day', async () => {
    await hasDeals(50_000)
    await answer()
    expect(await answer({ at: later(14 * 60) })).toEqual({ counted: 2 })
  })

  it('is each person’s own where they count different deals, and never kept for a segment', async () => {
    await hasDeals(50_000)
    expect([await answer({ scope: 'own' }), await answer({ scope: 'own', userId: 2 }), await answer({ userId: 1 }), await answer({ userId: 2 })])
      .toEqual([{ counted: 1 }, { counted: 2 }, { counted: 3 }, { counted: 3, countedAt: now.toISOString() }])
    const segment = { query: { segmentId: 'a' } }
    expect([await answer(segment), await answer(segment)]).toEqual([{ counted: 4 }, { counted: 5 }])
  })
})

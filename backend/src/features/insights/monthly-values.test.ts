import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { readMonthlyValues } from './monthly-values.postgres.ts'
import { admin, aDeal, aPortal, mirrorDeals } from './testing/a-portal.ts'

const now = new Date('2026-05-17T10:00:00Z')
let database: TestDatabase
let portal: InsightPortal
const read = (metricId: 'revenue_won' | 'average_deal', more: { categoryId?: number, atMost?: number, viewer?: typeof admin } = {}) =>
  readMonthlyValues(database.db, portal, more.viewer ?? admin, { metricId, categoryId: more.categoryId ?? null, atMost: more.atMost ?? 60 }, now)

beforeAll(async () => {
  database = await freshDatabase()
  portal = await aPortal(database.db, { settings: { analyticsScope: 'own' } })
  const won = (deal_id: number, day: string, more: object = {}) => aDeal(portal, { deal_id, semantics: 'S', closed_at: new Date(`${day}T10:00:00Z`), ...more })
  await mirrorDeals(database.db, [
    won(1, '2025-12-20'), won(2, '2026-01-05'), won(3, '2026-01-25', { assigned_by_id: 2 }), won(4, '2026-03-10', { category_id: 3 }), won(5, '2026-05-02'),
  ])
})
afterAll(() => database.close())

describe('a metric by month', () => {
  it('begins with the first whole month and leaves the running one aside', async () => {
    expect(await read('revenue_won')).toEqual({
      unit: 'money', currency: 'EUR',
      months: [{ month: '2026-01-01', value: 200_00 }, { month: '2026-02-01', value: 0 }, { month: '2026-03-01', value: 100_00 }, { month: '2026-04-01', value: 0 }],
      running: { month: '2026-05-01', value: 100_00 },
    })
  })

  it('says unknown, not nothing, of a month without deals where the metric is a mean', async () => {
    const { months } = await read('average_deal')
    expect(months.map(({ value }) => value)).toEqual([100_00, null, 100_00, null])
  })

  it('keeps to a pipeline, to what the viewer may see, and to the months asked for', async () => {
    expect((await read('revenue_won', { categoryId: 3 })).months.map(({ month }) => month)).toEqual(['2026-04-01'])
    const seller = { ...admin, userId: 2, isAdmin: false }
    expect((await read('revenue_won', { viewer: seller })).months[0]).toEqual({ month: '2026-02-01', value: 0 })
    expect((await read('revenue_won', { atMost: 2 })).months.map(({ month }) => month)).toEqual(['2026-03-01', '2026-04-01'])
  })

  it('of nothing is nothing', async () => {
    expect((await read('revenue_won', { categoryId: 99 })).months).toEqual([])
  })
})

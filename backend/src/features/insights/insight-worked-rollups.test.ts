import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'
import { rebuildInsights } from './rebuild.postgres.ts'
import { readRecords } from './records.postgres.ts'
import { admin, aPortal, mirrorDeals } from './testing/a-portal.ts'
import { scattered, scatteredDeal } from './testing/scattered-deals.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** What the days must hold, said in the plainest SQL, deal by deal. */
async function expectedRows({ id, timeZone }: InsightPortal): Promise<unknown[]> {
  const { rows } = await sql`
    with won as (select *, (closed_at at time zone ${timeZone})::date as won_on from crm_deals where portal_id = ${id} and semantics = 'S' and closed_at is not null),
    listed as (
      select d.deal_id, d.currency, d.won_on, round(sum(r.price_minor * r.quantity))::bigint as sold,
        round(sum(r.price_minor * r.quantity / case when r.discount_rate < 100 then 1 - r.discount_rate / 100 end))::bigint as listed
      from won d join crm_product_rows r on r.portal_id = d.portal_id and r.deal_id = d.deal_id group by 1, 2, 3 having max(r.discount_rate) < 100),
    valued as (select won_on, crm_base_amount(${id}, listed, currency, won_on) as list_value, crm_base_amount(${id}, listed - sold, currency, won_on) as discount from listed)
    select 'listed' as kind, won_on::text as day, count(list_value)::int as records, (count(*) - count(list_value))::int as unrated,
      coalesce(sum(list_value), 0)::bigint as list_value, coalesce(sum(discount), 0)::bigint as discount
    from valued group by 2
    union all
    select 'activity', won_on::text, count(*)::int, 0, 0, 0 from won d join crm_activities a on a.portal_id = d.portal_id and a.owner_id = d.deal_id
    where a.owner_type_id = 2 and a.is_completed and a.created_at >= d.created_at and a.created_at <= d.closed_at group by 2
    order by 1, 2`.execute(database.db)
  return rows
}

async function keptRows({ id }: InsightPortal): Promise<unknown[]> {
  const { rows } = await sql`
    select 'listed' as kind, day::text as day, deal_count as records, without_rate as unrated, list_value_minor as list_value, discount_minor as discount
    from insight_listed_days where portal_id = ${id} and (deal_count, without_rate, list_value_minor, discount_minor) <> (0, 0, 0, 0)
    union all
    select 'activity', day::text, activity_count, 0, 0, 0 from insight_activity_days where portal_id = ${id} and activity_count <> 0
    order by 1, 2`.execute(database.db)
  return rows
}

type Next = (below: number) => number
const pick = <T>(next: Next, choices: readonly T[]): T => choices[next(choices.length)]!
const some = (next: Next, count: number): number[] => [...new Set(Array.from({ length: count }, () => 1 + next(90)))]

/** Products that come, change, lose their list price and go. */
async function anyProducts({ id }: InsightPortal, next: Next): Promise<void> {
  const { db } = database
  const replaced = some(next, 25)
  await db.deleteFrom('crm_product_rows').where('portal_id', '=', id).where('deal_id', 'in', replaced).execute()
  await db.insertInto('crm_product_rows').values(replaced.flatMap(deal_id => Array.from({ length: 1 + next(3) }, (_, at) => ({
    portal_id: id, deal_id, product_row_id: deal_id * 10 + at, product_id: null, product_name: 'Article', price_minor: next(9000), quantity: pick(next, ['1', '2.5', '3']), discount_rate: pick(next, ['0', '12.5', '33.3', '100', '-5', '0']),
  })))).execute()
  await sql`update crm_product_rows set price_minor = price_minor + ${next(50)}, discount_rate = ${pick(next, [7.5, 100])} where portal_id = ${id} and deal_id % 11 = ${next(11)}`.execute(db)
  await sql`update crm_product_rows set deal_id = deal_id + 100 where portal_id = ${id} and deal_id = ${1 + next(90)}`.execute(db)
}

/** Activities that come, are completed, move to another record and go. */
async function anyActivities({ id }: InsightPortal, next: Next): Promise<void> {
  const { db } = database
  await db.insertInto('crm_activities').values([...new Set(Array.from({ length: 60 }, () => 1 + next(400)))].map(activity_id => ({
    portal_id: id, activity_id, owner_type_id: next(6) === 0 ? 1 : 2, owner_id: 1 + next(90), type_id: 2, is_completed: next(4) > 0, direction: 1, created_at: new Date(Date.UTC(2025, 1, 1 + next(480), next(24))),
  }))).onConflict(conflict => conflict.columns(['portal_id', 'activity_id']).doUpdateSet(eb => ({ owner_type_id: eb.ref('excluded.owner_type_id'), owner_id: eb.ref('excluded.owner_id'), is_completed: eb.ref('excluded.is_completed') }))).execute()
  await sql`update crm_activities set is_completed = not is_completed, synced_at = now() where portal_id = ${id} and activity_id % 7 = ${next(7)}`.execute(db)
  await sql`delete from crm_activities where portal_id = ${id} and activity_id % 40 = ${next(40)}`.execute(db)
}

/** Deals that are won and lost again, on another day, in another currency, by somebody else; with what hangs on them, and rates. */
async function anything(portal: InsightPortal, next: Next): Promise<void> {
  const { db } = database
  await mirrorDeals(db, some(next, 30).map(id => ({ ...scatteredDeal(portal, id, next), currency: pick(next, ['EUR', 'EUR', 'JPY', 'XTS']) })))
  await anyProducts(portal, next)
  await sql`update crm_deals set currency = ${pick(next, ['EUR', 'JPY', 'XTS'])}, assigned_by_id = ${1 + next(5)} where portal_id = ${portal.id} and deal_id % 12 = ${next(12)}`.execute(db)
  await sql`update crm_deals set closed_at = closed_at + ${next(2000)} * interval '1 hour' where portal_id = ${portal.id} and deal_id % 9 = ${next(9)}`.execute(db)
  await anyActivities(portal, next)
  await db.deleteFrom('crm_deals').where('portal_id', '=', portal.id).where('deal_id', 'in', some(next, 2)).execute()
  const rate = { rate: String(0.005 + next(9) / 1000) }
  await db.insertInto('exchange_rates').values({ portal_id: portal.id, currency: 'JPY', valid_from: pick(next, ['2025-01-01', '2025-07-01', '2025-11-01']), ...rate })
    .onConflict(conflict => conflict.columns(['portal_id', 'currency', 'valid_from']).doUpdateSet(rate)).execute()
  await sql`delete from exchange_rates where portal_id = ${portal.id} and valid_from = ${pick(next, ['2025-07-01', '2025-11-01', '1999-01-01'])}`.execute(db)
}

describe('days of what hangs on won deals', () => {
  it('say what products and activities say after any mixture of pages, changes, rates and removals, and when all is counted anew', async () => {
    const { db } = database
    const portal = await aPortal(db)
    const next = scattered(20_261_123)
    for (let round = 0; round < 15; round++) {
      await anything(portal, next)
      expect(await keptRows(portal), `round ${round}`).toEqual(await expectedRows(portal))
    }
    const kept = await keptRows(portal)
    expect(kept).not.toEqual([])
    await rebuildInsights(db, portal.id)
    expect(await keptRows(portal)).toEqual(kept)
    await db.updateTable('portals').set({ time_zone: 'Pacific/Kiritimati' }).where('portal_id', '=', portal.id).execute()
    const there = { ...portal, timeZone: 'Pacific/Kiritimati' }
    expect(await keptRows(portal)).toEqual(await expectedRows(there))
    await db.updateTable('portals').set({ currency: 'JPY' }).where('portal_id', '=', portal.id).execute()
    await sql`select crm_amounts_revalue(${portal.id}, null, '-infinity')`.execute(db)
    expect(await keptRows(portal)).toEqual(await expectedRows(there))
    await db.deleteFrom('portals').where('portal_id', '=', portal.id).execute()
    expect(await keptRows(portal)).toEqual([])
  })

  it('give the number that its records give one by one, whole and by time', async () => {
    const portal = await aPortal(database.db)
    const next = scattered(7)
    for (let round = 0; round < 6; round++)
      await anything(portal, next)
    const now = new Date('2026-03-01T10:00:00Z')
    const asked: readonly MetricId[] = ['list_value', 'discount_value', 'activity_ratio']
    for (const [from, to] of [['2025-05-01', '2025-09-30'], ['2025-05-17', '2025-09-12']]) {
      for (const metricId of asked) {
        const filters = { period: 'custom', from, to } as const
        const { value, records } = await evaluateMetric(database.db, portal, admin, { ...filters, metricId }, now)
        const { total } = await readRecords(database.db, portal, admin, metricId, filters, now)
        expect(total, `${metricId} ${from}`).toMatchObject({ value, records })
        expect(records, `${metricId} ${from}`).toBeGreaterThan(0)
        // Deals of all three pipelines, which are read one by one.
        const added = await evaluateMetric(database.db, portal, admin, { ...filters, metricId, by: 'time' }, now)
        expect(added, `${metricId} ${from}`).toEqual(await evaluateMetric(database.db, portal, admin, { ...filters, metricId, by: 'time', categoryIds: [0, 1, 2] }, now))
      }
    }
  })
})

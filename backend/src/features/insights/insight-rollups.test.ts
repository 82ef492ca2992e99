import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { checkRollups, rebuildInsights } from './rebuild.postgres.ts'
import { aDeal, aPortal, mirrorDeals } from './testing/a-portal.ts'
import { scattered, scatteredDeal } from './testing/scattered-deals.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** What the three tables must hold, said in the plainest SQL and in another way than the triggers do. */
async function expectedRows(portal: InsightPortal): Promise<unknown[]> {
  const { rows } = await sql`
    with deals as (
      select *, coalesce(assigned_by_id, 0) as person, (closed_at at time zone ${portal.timeZone})::date as day,
        (created_at at time zone ${portal.timeZone})::date as created_day from crm_deals where portal_id = ${portal.id}
    ), people as (select distinct person as key from deals union select -1), pipelines as (select distinct category_id as key from deals union select -1)
    select 'day' as kind, people.key as person, pipelines.key as pipeline, semantics as a, coalesce(day, '-infinity')::text as b, count(*)::int as records,
      coalesce(sum(amount_base_minor), 0)::bigint as amount, count(*) filter (where amount_minor is null)::int as no_amount,
      count(*) filter (where amount_minor is not null and amount_base_minor is null)::int as no_rate
    from deals, people, pipelines
    where semantics <> 'P' and people.key in (person, -1) and pipelines.key in (category_id, -1) group by 2, 3, 4, 5
    union all
    select 'day', people.key, pipelines.key, kind, created_day::text, count(*)::int, coalesce(sum(amount_base_minor), 0)::bigint,
      count(*) filter (where amount_minor is null)::int, count(*) filter (where amount_minor is not null and amount_base_minor is null)::int
    from deals, people, pipelines, (values ('created'), ('won_early')) kinds (kind)
    where people.key in (person, -1) and pipelines.key in (category_id, -1) and (kind = 'created' or semantics = 'S' and day - created_day <= 90) group by 2, 3, 4, 5
    union all
    select 'cycle month', people.key, pipelines.key, to_char(day, 'YYYY-MM-01'), (day - created_day)::text, count(*)::int, 0, 0, 0
    from deals, people, pipelines
    where semantics = 'S' and day >= created_day and people.key in (person, -1) and pipelines.key in (category_id, -1) group by 2, 3, 4, 5
    union all
    select 'cycle day', -1, -1, day::text, (day - created_day)::text, count(*)::int, 0, 0, 0
    from deals where semantics = 'S' and day >= created_day group by 4, 5
    union all
    select 'open', person, category_id, 'P', stage_id, count(*)::int, coalesce(sum(amount_base_minor), 0)::bigint,
      count(*) filter (where amount_minor is null)::int, count(*) filter (where amount_minor is not null and amount_base_minor is null)::int
    from deals where semantics = 'P' group by 2, 3, 4, 5
    order by 1, 2, 3, 4, 5`.execute(database.db)
  return rows
}

async function keptRows(portal: InsightPortal): Promise<unknown[]> {
  const { rows } = await sql`
    select 'day' as kind, assigned_by_id as person, category_id as pipeline, case outcome when 'won' then 'S' when 'lost' then 'F' else outcome end as a, day::text as b,
      deal_count as records, amount_base_minor as amount, without_amount as no_amount, without_rate as no_rate
    from insight_deal_days where portal_id = ${portal.id} and deal_count <> 0
    union all
    select 'cycle ' || span, assigned_by_id, category_id, first_day::text, cycle_days::text, deal_count, 0, 0, 0
    from insight_deal_cycles where portal_id = ${portal.id} and deal_count <> 0
    union all
    select 'open', assigned_by_id, category_id, 'P', stage_id, deal_count, amount_base_minor, without_amount, without_rate
    from insight_open_deals where portal_id = ${portal.id} and deal_count <> 0
    order by 1, 2, 3, 4, 5`.execute(database.db)
  return rows
}

describe('rollups of deals', () => {
  it('say what the deals say after any mixture of pages, changes and removals', async () => {
    const portal = await aPortal(database.db)
    const next = scattered(20_260_401)
    for (let round = 0; round < 12; round++) {
      const ids = new Set(Array.from({ length: 40 }, () => 1 + next(150)))
      await mirrorDeals(database.db, [...ids].map(id => scatteredDeal(portal, id, next)))
      await database.db.updateTable('crm_deals').set({ assigned_by_id: 1 + next(5), category_id: next(3) })
        .where('portal_id', '=', portal.id).where('deal_id', '=', 1 + next(150)).execute()
      await database.db.updateTable('crm_deals').set({ amount_base_minor: sql`amount_base_minor + 1` })
        .where('portal_id', '=', portal.id).where('deal_id', '<', next(60)).execute()
      await database.db.deleteFrom('crm_deals').where('portal_id', '=', portal.id).where('deal_id', 'in', [1 + next(150), 1 + next(150)]).execute()
      expect(await keptRows(portal), `round ${round}`).toEqual(await expectedRows(portal))
    }
    expect((await checkRollups(database.db, portal.id)).isConsistent).toBe(true)
  })

  it('are the same when everything is counted anew', async () => {
    const portal = await aPortal(database.db)
    const next = scattered(7)
    await mirrorDeals(database.db, Array.from({ length: 120 }, (_, at) => scatteredDeal(portal, at + 1, next)))
    const kept = await keptRows(portal)
    await database.db.updateTable('insight_deal_days').set({ deal_count: 9 }).where('portal_id', '=', portal.id).execute()
    expect((await checkRollups(database.db, portal.id)).isConsistent).toBe(false)
    await rebuildInsights(database.db, portal.id)
    expect(await keptRows(portal)).toEqual(kept)
  })

  it('put a deal on the day of the portal, and on another one when the portal moves to another zone', async () => {
    const portal = await aPortal(database.db)
    await mirrorDeals(database.db, [aDeal(portal, { deal_id: 1, semantics: 'S', closed_at: new Date('2026-03-31T22:30:00Z') })])
    const day = async (): Promise<string | undefined> => (await database.db.selectFrom('insight_deal_days').select('day')
      .where('portal_id', '=', portal.id).where('assigned_by_id', '=', -1).where('category_id', '=', -1).where('outcome', '=', 'won').executeTakeFirst())?.day
    expect(await day()).toBe('2026-04-01')
    await database.db.updateTable('portals').set({ time_zone: 'America/New_York' }).where('portal_id', '=', portal.id).execute()
    expect(await day()).toBe('2026-03-31')
  })

  it('do not write anything when a page brings nothing new', async () => {
    const portal = await aPortal(database.db)
    const rows = [aDeal(portal, { deal_id: 1 }), aDeal(portal, { deal_id: 2, semantics: 'S', closed_at: new Date('2026-03-01T10:00:00Z') })]
    await mirrorDeals(database.db, rows)
    const versions = () => sql`select xmin::text, ctid::text from insight_deal_days where portal_id = ${portal.id} order by ctid`.execute(database.db)
    const before = await versions()
    await mirrorDeals(database.db, rows)
    expect((await versions()).rows).toEqual(before.rows)
  })

  it('of one portal know nothing of another, and leave with their own', async () => {
    const [one, other] = [await aPortal(database.db), await aPortal(database.db)]
    for (const portal of [one, other])
      await mirrorDeals(database.db, [aDeal(portal, { deal_id: 1 }), aDeal(portal, { deal_id: 2, semantics: 'S', closed_at: new Date('2026-03-01T10:00:00Z') })])
    await database.db.deleteFrom('portals').where('portal_id', '=', one.id).execute()
    expect(await keptRows(one)).toEqual([])
    expect(await keptRows(other)).toEqual(await expectedRows(other))
  })

  it('stay right when a rebuild and writers run at the same time', async () => {
    const portal = await aPortal(database.db)
    const next = scattered(99)
    const page = (from: number) => mirrorDeals(database.db, Array.from({ length: 50 }, (_, at) => scatteredDeal(portal, from + at, next)))
    await page(1)
    await Promise.all([page(20), rebuildInsights(database.db, portal.id), page(300), rebuildInsights(database.db, portal.id), page(400)])
    expect(await keptRows(portal)).toEqual(await expectedRows(portal))
  })
})

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

/** What the tables about everybody must hold, said in the plainest SQL and in another way than the triggers do. */
async function expectedRows({ id, timeZone }: InsightPortal): Promise<unknown[]> {
  const { rows } = await sql`
    with deals as (
      select d.*, (d.closed_at at time zone ${timeZone})::date as won_on, (d.created_at at time zone ${timeZone})::date as made_on, l.lead_id is not null as has_lead,
        coalesce(nullif(d.source_id, ''), l.source_id, '') as source, coalesce(nullif(d.utm_source, ''), l.utm_source, '') as tag, coalesce(nullif(d.utm_campaign, ''), l.utm_campaign, '') as campaign
      from crm_deals d left join crm_leads l using (portal_id, lead_id) where d.portal_id = ${id}
    ), won as (select * from deals where semantics = 'S' and won_on is not null),
    made as (
      select made_on, source, tag, campaign from deals where not has_lead
      union all select (created_at at time zone ${timeZone})::date, coalesce(source_id, ''), coalesce(utm_source, ''), coalesce(utm_campaign, '') from crm_leads where portal_id = ${id})
    select 'customer' as kind, to_char(won_on, 'YYYY-MM-01') as day, company_id::text as what, count(*)::int as records, count(amount_base_minor)::int as a, coalesce(sum(amount_base_minor), 0)::bigint as b, 0 as c
    from won where company_id > 0 group by 2, 3
    union all
    select 'amount', to_char(won_on, 'YYYY-MM-01'), rpad(left(amount_base_minor::text, 2), length(amount_base_minor::text), '0'), count(*)::int, 0, 0, 0
    from won where amount_base_minor is not null group by 2, 3
    union all
    select 'won', won_on::text, concat_ws('/', source, tag, campaign), count(*)::int, count(*) filter (where amount_minor is null)::int, coalesce(sum(amount_base_minor), 0)::bigint,
      count(*) filter (where amount_minor is not null and amount_base_minor is null)::int
    from won group by 2, 3
    union all
    select 'lead', made_on::text, concat_ws('/', source, tag, campaign), count(*)::int, 0, 0, 0 from made group by 2, 3
    order by 1, 2, 3`.execute(database.db)
  return rows
}

async function keptRows({ id }: InsightPortal): Promise<unknown[]> {
  const { rows } = await sql`
    select 'customer' as kind, month::text as day, company_id::text as what, deal_count as records, priced_count as a, amount_base_minor as b, 0 as c
    from insight_customer_months where portal_id = ${id} and deal_count <> 0
    union all
    select 'amount', month::text, bucket::text, deal_count, 0, 0, 0 from insight_deal_amounts where portal_id = ${id} and deal_count <> 0
    union all
    select kind, day::text, concat_ws('/', source_id, utm_source, utm_campaign), record_count, case kind when 'won' then without_amount else 0 end,
      case kind when 'won' then amount_base_minor else 0 end, case kind when 'won' then without_rate else 0 end
    from insight_origin_days where portal_id = ${id} and record_count <> 0
    order by 1, 2, 3`.execute(database.db)
  return rows
}

type Next = (below: number) => number
const pick = <T>(next: Next, choices: readonly T[]): T => choices[next(choices.length)]!

/** Deals that come, change hands, win, and move to another customer; leads that come before or after their deals, change and go. */
async function anything(portal: InsightPortal, next: Next): Promise<void> {
  const { db } = database
  const ids = [...new Set(Array.from({ length: 40 }, () => 1 + next(150)))]
  await mirrorDeals(db, ids.map(id => ({ ...scatteredDeal(portal, id, next), currency: pick(next, ['EUR', 'JPY', 'XTS']) })))
  await sql`update crm_deals set lead_id = nullif(deal_id % ${2 + next(9)}, 0), source_id = ${pick(next, [null, '', 'WEB'])}, utm_campaign = ${pick(next, [null, '', 'Été', 'x'.repeat(4000)])},
    company_id = nullif((deal_id + ${next(9)}) % 8, 0), assigned_by_id = ${1 + next(5)} where portal_id = ${portal.id} and deal_id % 4 = ${next(4)}`.execute(db)
  const leads = [...new Set(Array.from({ length: 3 }, () => 1 + next(9)))]
  await db.insertInto('crm_leads').values(leads.map(lead_id => ({
    portal_id: portal.id, lead_id, title: 'Prospect', stage_id: 'NEW', currency: 'EUR', source_id: pick(next, [null, '', 'SALON']), utm_source: pick(next, [null, 'google']), utm_campaign: pick(next, [null, 'rentree']),
    created_at: new Date(Date.UTC(2025, 1, 1 + next(380), next(24))),
  }))).onConflict(conflict => conflict.columns(['portal_id', 'lead_id']).doUpdateSet(eb => ({ source_id: eb.ref('excluded.source_id'), utm_source: eb.ref('excluded.utm_source'), created_at: eb.ref('excluded.created_at') }))).execute()
  await db.deleteFrom('crm_leads').where('portal_id', '=', portal.id).where('lead_id', '=', 1 + next(9)).execute()
  await db.deleteFrom('crm_deals').where('portal_id', '=', portal.id).where('deal_id', 'in', [1 + next(150), 1 + next(150)]).execute()
  const rate = { rate: String(0.005 + next(9) / 1000) }
  await db.insertInto('exchange_rates').values({ portal_id: portal.id, currency: pick(next, ['JPY', 'XTS']), valid_from: pick(next, ['2025-01-01', '2025-07-01']), ...rate })
    .onConflict(conflict => conflict.columns(['portal_id', 'currency', 'valid_from']).doUpdateSet(rate)).execute()
}

describe('rollups about everybody', () => {
  it('say what deals and leads say after any mixture of pages, changes, rates and removals, and when all is counted anew', async () => {
    const portal = await aPortal(database.db)
    await database.db.insertInto('crm_currencies').values([{ portal_id: portal.id, currency: 'EUR', rate: '1', is_base: true }, { portal_id: portal.id, currency: 'JPY', rate: '0.0061', is_base: false }]).execute()
    const next = scattered(20_261_122)
    for (let round = 0; round < 15; round++) {
      await anything(portal, next)
      expect(await keptRows(portal), `round ${round}`).toEqual(await expectedRows(portal))
    }
    const kept = await keptRows(portal)
    await rebuildInsights(database.db, portal.id)
    expect(await keptRows(portal)).toEqual(kept)
    await database.db.updateTable('portals').set({ time_zone: 'Pacific/Kiritimati' }).where('portal_id', '=', portal.id).execute()
    expect(await keptRows(portal)).toEqual(await expectedRows({ ...portal, timeZone: 'Pacific/Kiritimati' }))
  })

  it('give the number that its records give one by one', async () => {
    const portal = await aPortal(database.db)
    const next = scattered(4)
    for (let round = 0; round < 6; round++)
      await anything(portal, next)
    const asked: readonly MetricId[] = ['median_deal', 'retention', 'repeat_rate', 'revenue_per_customer', 'recurring_start', 'recurring_expansion', 'recurring_contraction', 'recurring_churn']
    for (const [from, to] of [['2025-05-01', '2025-09-30'], ['2025-05-17', '2025-09-12'], ['2025-08-04', '2025-08-21']]) {
      for (const metricId of asked) {
        const filters = { period: 'custom', from, to } as const
        const { value, records } = await evaluateMetric(database.db, portal, admin, { ...filters, metricId }, new Date('2026-03-01T10:00:00Z'))
        const { total } = await readRecords(database.db, portal, admin, metricId, filters, new Date('2026-03-01T10:00:00Z'))
        expect(total, `${metricId} ${from}`).toMatchObject({ value, records })
      }
    }
  })

  it('put amounts that agree in two digits into one bucket, and keep their order', async () => {
    const amounts = [-12_345, -1001, -1000, -999, -100, -7, 0, 9, 99, 100, 109, 110, 999, 1000, 1099, 1100, 250_000, 259_999, 260_000]
    const { rows } = await sql<{ bucket: number }>`select insight_amount_bucket(amount) as bucket from unnest(${amounts}::bigint[]) with ordinality a (amount, at) order by at`.execute(database.db)
    const buckets = rows.map(({ bucket }) => bucket)
    expect(buckets.slice(6)).toEqual([0, 9, 99, 100, 100, 110, 990, 1000, 1000, 1100, 250_000, 250_000, 260_000])
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
    expect(buckets.every((bucket, at) => bucket <= amounts[at]!)).toBe(true)
  })
})

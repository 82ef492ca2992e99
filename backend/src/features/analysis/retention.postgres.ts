import { sql } from 'kysely'
import type { Retention, RetentionQuery } from '@comptoir/shared/analysis/analysis.contract'
import { cohortMatrix, periodIndex, periodStart, type CohortCount } from '@comptoir/shared/analysis/cohorts'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Database } from '../../platform/storage/database.ts'
import { askedDeals, dayOf, type Reader } from './asked-deals.postgres.ts'

/** As many cohorts, and periods of each, as fit a screen: a year of months, three years of quarters. */
const shownPeriods = { month: 12, quarter: 12 } as const

interface Row { readonly cohort: string, readonly period: string, readonly customers: number }
interface KeptRow { readonly period: string, readonly active: number, readonly kept: number }

/** A customer is a company with a won deal; it is active in the period of each. */
export async function readRetention(db: Database, reader: Reader, query: RetentionQuery, now: Date): Promise<Retention> {
  const { grain } = query
  const running = periodIndex(dayAt(now, reader.portal.timeZone), grain)
  const first = running - shownPeriods[grain] + 1
  const active = sql`
    select d.company_id, date_trunc(${sql.lit(grain)}, ${dayOf(sql`d.closed_at`, reader)}::timestamp)::date as period, count(*)::int as deals
    from crm_deals d where ${askedDeals(reader, query)} and d.semantics = 'S' and d.closed_at <= ${now} and d.company_id is not null and d.company_id > 0
    group by 1, 2`
  const [cells, kept, customers, lonely] = await Promise.all([
    sql<Row>`with active as (${active}), starts as (select company_id, min(period) as cohort from active group by 1)
      select s.cohort::text, a.period::text, count(*)::int as customers from active a join starts s using (company_id)
      where s.cohort in (select distinct cohort from starts order by cohort desc limit ${shownPeriods[grain]}) group by 1, 2`.execute(db),
    sql<KeptRow>`with active as (${active})
      select a.period::text, count(*)::int as active,
        count(*) filter (where exists (select from active n where n.company_id = a.company_id
          and n.period = (a.period + ${sql.lit(grain === 'month' ? '1 month' : '3 months')}::interval)::date))::int as kept
      from active a where a.period >= ${periodStart(first - 1, grain)}::date group by 1 order by 1`.execute(db),
    sql<{ customers: number, repeat: number }>`with active as (${active})
      select count(*)::int as customers, count(*) filter (where deals > 1)::int as repeat
      from (select company_id, sum(deals) as deals from active group by 1) c`.execute(db),
    sql<{ deals: number }>`select count(*)::int as deals from crm_deals d
      where ${askedDeals(reader, query)} and d.semantics = 'S' and d.closed_at <= ${now} and coalesce(d.company_id, 0) = 0`.execute(db),
  ])
  const counts = cells.rows.map(({ cohort, period, customers: count }): CohortCount => ({ cohort: periodIndex(cohort, grain), period: periodIndex(period, grain), customers: count }))
  return {
    grain,
    cohorts: cohortMatrix(counts, { columns: shownPeriods[grain], running }).map(({ cohort, ...row }) => ({ start: periodStart(cohort, grain), ...row, shares: [...row.shares] })),
    periods: keptPeriods(kept.rows, { first, running, grain }),
    customers: customers.rows[0]?.customers ?? 0,
    repeat: customers.rows[0]?.repeat ?? 0,
    withoutCompany: lonely.rows[0]?.deals ?? 0,
  }
}

/** What became of the customers of the period before; the running period is not over and is left out. */
function keptPeriods(rows: readonly KeptRow[], { first, running, grain }: { first: number, running: number, grain: RetentionQuery['grain'] }): Retention['periods'] {
  const found = new Map(rows.map(row => [periodIndex(row.period, grain), row]))
  return Array.from({ length: Math.max(0, running - first) }, (_, at) => first + at).map(period => ({
    start: periodStart(period, grain),
    active: found.get(period)?.active ?? 0,
    before: found.get(period - 1)?.active ?? 0,
    kept: found.get(period - 1)?.kept ?? 0,
  }))
}

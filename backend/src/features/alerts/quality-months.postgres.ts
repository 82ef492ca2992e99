import { sql } from 'kysely'
import type { WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import { addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import { lacksAmount } from '../../platform/records/record-rules.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader, WatchedMonths } from './months-port.ts'

const monthsBack = 36

/** The share of a month's records that lack something; a month without records tells nothing. */
export async function readQualityMonths(db: Database, reader: Reader, metric: WatchMetric, now: Date): Promise<WatchedMonths> {
  const running = startOfMonth(dayAt(now, reader.portal.timeZone))
  const from = addMonths(running, -monthsBack)
  const rows = metric === 'purchases_unpriced' ? await unpricedPurchases(db, reader, from, running) : await dealsWithoutAmount(db, reader, from, running)
  const known = new Map(rows.map(({ month, share }) => [month, share]))
  const first = rows[0]?.month ?? running
  const months = Array.from({ length: monthsBack }, (_, index) => addMonths(from, index)).filter(month => month >= first)
  return { unit: 'percent', currency: null, months: months.map(month => ({ month, value: known.get(month) ?? null })) }
}

interface Row { readonly month: string, readonly share: number }

async function unpricedPurchases(db: Database, reader: Reader, from: string, to: string): Promise<readonly Row[]> {
  return db.selectFrom('vendor_spend_months')
    .select(['month', sql<number>`sum(unpriced_count)::float8 / sum(purchase_count)`.as('share')])
    .where('portal_id', '=', reader.portal.id).where('month', '>=', from).where('month', '<', to)
    .where('vendor_id', 'in', visibleVendors(db, reader, { group: 'prices' }).select('vendors.vendor_id'))
    .groupBy('month').having(sql<number>`sum(purchase_count)`, '>', 0).orderBy('month').execute()
}

async function dealsWithoutAmount(db: Database, { portal, viewer }: Reader, from: string, to: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select date_trunc('month', d.created_at at time zone ${portal.timeZone})::date as month,
      (count(*) filter (where ${lacksAmount('d')}))::float8 / count(*) as share
    from crm_deals d
    where d.portal_id = ${portal.id} and (d.created_at at time zone ${portal.timeZone})::date >= ${from} and (d.created_at at time zone ${portal.timeZone})::date < ${to}
      and ${isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)}
    group by 1 order by 1`.execute(db)
  return rows
}

import { sql } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { PunctualityReport, SpendPeriodQuery } from '@comptoir/shared/spend-reports/spend-report.contract'
import { seesAllVendors, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { daysOf, type Reader } from './chosen-purchases.postgres.ts'

/** Lines in full by their first promise, in the month of the promise: what never arrived counts as late. Today's promise can still be kept. */
export async function readPunctuality(db: Database, reader: Reader, query: SpendPeriodQuery, now: Date): Promise<PunctualityReport> {
  const { from, to } = daysOf(query, reader, now)
  const today = dayAt(now, reader.portal.timeZone)
  const orderLines = visibleVendors(db, reader, { group: 'scores' })
    .innerJoin('purchase_order_lines as l', join => join.onRef('l.portal_id', '=', 'vendors.portal_id').onRef('l.vendor_id', '=', 'vendors.vendor_id'))
    .innerJoin('purchase_orders as o', join => join.onRef('o.portal_id', '=', 'l.portal_id').onRef('o.order_id', '=', 'l.order_id'))
    .where('l.is_cancelled', '=', false).where('o.status', 'in', ['confirmed', 'closed']).where('l.quantity', '>', '0')
    .$if(query.vendorId !== undefined, part => part.where('l.vendor_id', '=', query.vendorId!))
  const [months, unpromised, isWhole] = await Promise.all([
    orderLines
      .leftJoinLateral(
        eb => eb.selectFrom('goods_receipt_lines as r')
          .innerJoin('goods_receipts as g', join => join.onRef('g.portal_id', '=', 'r.portal_id').onRef('g.receipt_id', '=', 'r.receipt_id'))
          .whereRef('r.portal_id', '=', 'l.portal_id').whereRef('r.line_id', '=', 'l.line_id')
          .select([
            sql<string>`coalesce(sum(r.quantity) filter (where g.received_on <= l.promised_on), 0)`.as('in_time'),
            sql<string>`coalesce(sum(r.quantity), 0)`.as('ever'),
          ]).as('received'),
        join => join.onTrue())
      .where('l.promised_on', '<', today)
      .$if(from !== null, part => part.where('l.promised_on', '>=', from!))
      .$if(to !== null, part => part.where('l.promised_on', '<', to!))
      .select([
        sql<string>`to_char(l.promised_on, 'YYYY-MM')`.as('month'),
        sql<number>`count(*)::int`.as('due'),
        sql<number>`count(*) filter (where received.in_time >= l.quantity)::int`.as('in_full'),
        sql<number>`count(*) filter (where received.ever = 0)::int`.as('never'),
      ]).groupBy(sql`1`).orderBy(sql`1`).execute(),
    orderLines.where('l.promised_on', 'is', null)
      .$if(from !== null, part => part.where('o.ordered_on', '>=', from!))
      .$if(to !== null, part => part.where('o.ordered_on', '<', to!))
      .select(sql<number>`count(*)::int`.as('lines')).executeTakeFirstOrThrow(),
    seesAllVendors(db, reader, 'scores'),
  ])
  return {
    months: months.map(({ month, due, in_full, never }) => ({ month, due, inFull: in_full, neverDelivered: never })),
    notPromised: unpromised.lines,
    isWithinRights: !isWhole,
  }
}

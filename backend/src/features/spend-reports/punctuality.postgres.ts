import { sql } from 'kysely'
import { addMonths, dayAt } from '@comptoir/shared/insights/calendar'
import { mostDueLines, type DueLine, type PunctualityReport, type SpendPeriodQuery } from '@comptoir/shared/spend-reports/spend-report.contract'
import { seesAllVendors, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { daysOf, type Reader } from './chosen-purchases.postgres.ts'

const orderLines = (db: Database, reader: Reader, { vendorId }: SpendPeriodQuery) => visibleVendors(db, reader, { group: 'scores' })
  .innerJoin('purchase_order_lines as l', join => join.onRef('l.portal_id', '=', 'vendors.portal_id').onRef('l.vendor_id', '=', 'vendors.vendor_id'))
  .innerJoin('purchase_orders as o', join => join.onRef('o.portal_id', '=', 'l.portal_id').onRef('o.order_id', '=', 'l.order_id'))
  .where('l.is_cancelled', '=', false).where('o.status', 'in', ['confirmed', 'closed']).where('l.quantity', '>', '0')
  .$if(vendorId !== undefined, part => part.where('l.vendor_id', '=', vendorId!))

/** Lines whose first promise fell into the period and has passed, with what had arrived. Today's promise can still be kept. */
function dueLines(db: Database, reader: Reader, query: SpendPeriodQuery, now: Date) {
  const { from, to } = daysOf(query, reader, now)
  return orderLines(db, reader, query)
    .leftJoinLateral(
      eb => eb.selectFrom('goods_receipt_lines as r')
        .innerJoin('goods_receipts as g', join => join.onRef('g.portal_id', '=', 'r.portal_id').onRef('g.receipt_id', '=', 'r.receipt_id'))
        .whereRef('r.portal_id', '=', 'l.portal_id').whereRef('r.line_id', '=', 'l.line_id')
        .select([
          sql<string>`coalesce(sum(r.quantity) filter (where g.received_on <= l.promised_on), 0)`.as('in_time'),
          sql<string>`coalesce(sum(r.quantity), 0)`.as('ever'),
          sql<string | null>`max(g.received_on)`.as('last_on'),
        ]).as('received'),
      join => join.onTrue())
    .where('l.promised_on', '<', dayAt(now, reader.portal.timeZone))
    .$if(from !== null, part => part.where('l.promised_on', '>=', from!))
    .$if(to !== null, part => part.where('l.promised_on', '<', to!))
}

/** Lines in full by their first promise, in the month of the promise: what never arrived counts as late. */
export async function readPunctuality(db: Database, reader: Reader, query: SpendPeriodQuery, now: Date): Promise<PunctualityReport> {
  const { from, to } = daysOf(query, reader, now)
  const [months, unpromised, isWhole] = await Promise.all([
    dueLines(db, reader, query, now).select([
      sql<string>`to_char(l.promised_on, 'YYYY-MM')`.as('month'),
      sql<number>`count(*)::int`.as('due'),
      sql<number>`count(*) filter (where received.in_time >= l.quantity)::int`.as('in_full'),
      sql<number>`count(*) filter (where received.ever = 0)::int`.as('never'),
    ]).groupBy(sql`1`).orderBy(sql`1`).execute(),
    orderLines(db, reader, query).where('l.promised_on', 'is', null)
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

/** The lines behind one month: what never came, what came late, what came in time. */
export async function readDueLines(db: Database, reader: Reader, { month, ...query }: SpendPeriodQuery & { readonly month: string }, now: Date): Promise<DueLine[]> {
  const rows = await dueLines(db, reader, query, now)
    .where('l.promised_on', '>=', `${month}-01`).where('l.promised_on', '<', addMonths(`${month}-01`, 1))
    .select(['l.line_id', 'l.order_id', 'o.number', 'l.vendor_id', 'vendors.name', 'l.item_name', 'l.promised_on', 'l.quantity', 'received.in_time', 'received.ever', 'received.last_on'])
    .orderBy(sql`case when received.ever = 0 then 0 when received.in_time < l.quantity then 1 else 2 end`).orderBy('l.promised_on').orderBy('l.line_id')
    .limit(mostDueLines).execute()
  return rows.map(row => ({
    lineId: row.line_id,
    orderId: row.order_id,
    orderNumber: row.number,
    vendorId: row.vendor_id,
    vendor: row.name,
    itemName: row.item_name,
    promisedOn: row.promised_on!,
    quantity: Number(row.quantity),
    receivedInTime: Number(row.in_time),
    received: Number(row.ever),
    lastReceivedOn: row.last_on,
  }))
}

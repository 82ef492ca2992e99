import { sql } from 'kysely'
import type { Order, OrderLine } from '@comptoir/shared/purchasing/purchasing.contract'
import { toMinor } from '@comptoir/shared/money'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Database } from '../../platform/storage/database.ts'
import { toNumber, vendorOf, type Asker } from './document-access.postgres.ts'

interface LineRow {
  readonly line_id: string
  readonly order_id: string
  readonly item_code: string | null
  readonly item_name: string
  readonly unit: string | null
  readonly quantity: string
  readonly unit_price: string | null
  readonly requested_on: string | null
  readonly promised_on: string | null
  readonly is_cancelled: boolean
  readonly received: string
  readonly rejected: string
  readonly invoiced: string
  readonly open_quantity: string
  readonly last_received_on: string | null
  readonly days_late: number | null
  readonly promises: readonly { promisedOn: string, statedAt: string }[]
}

export async function readLines(db: Database, portalId: number, orderIds: readonly string[], today: string): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select l.line_id, l.order_id, l.item_code, l.item_name, l.unit, l.quantity, l.unit_price, l.requested_on, l.promised_on, l.is_cancelled,
      g.received, g.rejected, g.invoiced, g.open_quantity, g.last_received_on,
      case when o.status = 'confirmed' and g.open_quantity > 0 and l.promised_on < ${today}::date then ${today}::date - l.promised_on end as days_late,
      coalesce((select json_agg(json_build_object('promisedOn', p.promised_on, 'statedAt', p.stated_at) order by p.stated_at, p.promised_on)
        from order_line_promises p where p.portal_id = l.portal_id and p.line_id = l.line_id), '[]') as promises
    from purchase_order_lines l join purchase_orders o using (portal_id, order_id) cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
    where l.portal_id = ${portalId} and l.order_id = any(${[...orderIds]}::uuid[]) order by l.order_id, l.position`.execute(db)
  return rows
}

const toLine = (row: LineRow): OrderLine => ({
  lineId: row.line_id,
  itemCode: row.item_code,
  itemName: row.item_name,
  unit: row.unit,
  quantity: Number(row.quantity),
  unitPrice: toNumber(row.unit_price),
  requestedOn: row.requested_on,
  promisedOn: row.promised_on,
  isCancelled: row.is_cancelled,
  promises: row.promises.map(({ promisedOn, statedAt }) => ({ promisedOn, statedAt: new Date(statedAt).toISOString() })),
  receivedQuantity: Number(row.received),
  rejectedQuantity: Number(row.rejected),
  invoicedQuantity: Number(row.invoiced),
  lastReceivedOn: row.last_received_on,
  daysLate: row.days_late,
})

/** The latest orders of a vendor, or the one of an id. */
export async function listOrders(db: Database, { portal }: Asker, { vendorId, orderId, limit = 200 }: { vendorId: string, orderId?: string, limit?: number }, now: Date): Promise<Order[]> {
  const orders = await db.selectFrom('purchase_orders as o')
    .innerJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'o.portal_id').onRef('v.vendor_id', '=', 'o.vendor_id'))
    .selectAll('o').select('v.name as vendor_name').where('o.portal_id', '=', portal.id).where('o.vendor_id', '=', vendorId)
    .$if(orderId !== undefined, query => query.where('o.order_id', '=', orderId!))
    .orderBy('o.ordered_on', 'desc').orderBy('o.number', 'desc').limit(limit).execute()
  const lines = await readLines(db, portal.id, orders.map(order => order.order_id), dayAt(now, portal.timeZone))
  return orders.map((order) => {
    const own = lines.filter(line => line.order_id === order.order_id).map(toLine)
    return {
      orderId: order.order_id,
      vendorId,
      vendorName: order.vendor_name,
      number: order.number,
      orderedOn: order.ordered_on,
      currency: order.currency,
      status: order.status,
      dealId: order.deal_id,
      department: order.department,
      category: order.category,
      note: order.note,
      origin: order.origin,
      version: order.version,
      lines: own,
      ...sumLines(own, order.currency),
    }
  })
}

function sumLines(lines: readonly OrderLine[], currency: string): Pick<Order, 'amount' | 'unpricedLineCount'> {
  const counted = lines.filter(line => !line.isCancelled)
  const priced = counted.filter(line => line.unitPrice !== null)
  const minor = priced.reduce((sum, line) => sum + (toMinor(line.quantity * line.unitPrice!, currency) ?? 0), 0)
  return { amount: priced.length > 0 ? { minor, currency } : null, unpricedLineCount: counted.length - priced.length }
}

export async function getOrder(db: Database, asker: Asker, orderId: string, now: Date): Promise<Order> {
  const vendorId = await vendorOf(db, asker, 'purchase_orders', orderId)
  const [order] = await listOrders(db, asker, { vendorId, orderId }, now)
  return order!
}

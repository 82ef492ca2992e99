import { sql } from 'kysely'
import { addDays, dayAt, type Day } from '@comptoir/shared/insights/calendar'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

const prefix = 'order-late:'
/** Of orders that have waited longer when they are first met nobody is told one by one: the list shows them. */
const newsDays = 30
/** What has just been entered may have its receipts entered next. */
const settlesMs = 2 * 60_000

interface LateOrder {
  readonly order_id: string
  readonly vendor_id: string
  readonly number: string
  readonly buyer_user_id: number | null
  /** The earliest day of the lines that wait, as it was promised last. */
  readonly promised_on: Day
  readonly lines: number
}

/** One alert for each order with lines that have not arrived on the day they were last promised for. */
export async function checkLateOrders(db: Database, portal: Pick<PortalRecord, 'id' | 'timeZone'>, now: Date): Promise<void> {
  const today = dayAt(now, portal.timeZone)
  const [late, open] = await Promise.all([
    readLate(db, portal.id, today, new Date(now.getTime() - settlesMs)),
    db.selectFrom('alerts').select(['key', 'due_on']).where('portal_id', '=', portal.id).where('state', '<>', 'resolved').where('key', 'like', `${prefix}%`).execute(),
  ])
  const shown = new Map(open.map(({ key, due_on }) => [key, due_on]))
  const wanted = new Set<string>()
  for (const order of late) {
    const key = `${prefix}${order.order_id}`
    wanted.add(key)
    if (shown.get(key) !== order.promised_on)
      await raise(db, portal.id, order, { key, today, now })
  }
  for (const key of [...shown.keys()].filter(key => !wanted.has(key)))
    await db.transaction().execute(tx => resolveAlert(tx, portal.id, key, 'gone', now))
}

const raise = (db: Database, portalId: number, order: LateOrder, { key, today, now }: { key: string, today: Day, now: Date }): Promise<unknown> =>
  db.transaction().execute(tx => raiseAlert(tx, {
    portalId,
    key,
    kind: 'receipt_late',
    vendorId: order.vendor_id,
    subjectId: order.order_id,
    ownerUserId: order.buyer_user_id,
    dueOn: order.promised_on,
    recipients: order.promised_on >= addDays(today, -newsDays) ? 'owners' : null,
    params: {
      due: { day: order.promised_on },
      subject: order.lines === 1
        ? { fr: `Commande ${order.number}`, en: `Order ${order.number}` }
        : { fr: `Commande ${order.number} (${order.lines} lignes)`, en: `Order ${order.number} (${order.lines} lines)` },
    },
    link: { to: 'vendor', vendorId: order.vendor_id, section: 'purchasing' },
    at: now,
  }))

async function readLate(db: Database, portalId: number, today: Day, enteredBefore: Date): Promise<LateOrder[]> {
  const { rows } = await sql<LateOrder>`
    select o.order_id, o.vendor_id, o.number, o.buyer_user_id, min(promise.day) as promised_on, count(*)::int as lines
    from purchase_orders o join purchase_order_lines l using (portal_id, order_id)
      cross join lateral (select coalesce((select p.promised_on from order_line_promises p where p.portal_id = l.portal_id and p.line_id = l.line_id
        order by p.stated_at desc, p.promised_on desc limit 1), l.promised_on) as day) promise
      cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
    where o.portal_id = ${portalId} and o.status = 'confirmed' and o.created_at < ${enteredBefore} and promise.day < ${today}::date and g.open_quantity > 0
    group by o.portal_id, o.order_id order by promised_on`.execute(db)
  return rows
}

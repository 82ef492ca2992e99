import { sql, type RawBuilder } from 'kysely'
import type { InvoiceToCheck, LateLine, OpenOrder, PurchasingOverview, PurchasingTotals } from '@comptoir/shared/purchasing/purchasing.contract'
import { addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Asker } from './document-access.postgres.ts'
import { matchInvoices } from '../../platform/purchasing/invoice-matches.postgres.ts'
import { checkIban } from './invoices.postgres.ts'

const mostRows = 200
const money = (minor: number | null, currency: string) => minor === null ? null : { minor, currency }

/** The vendors whose prices stand open to the asker, or the one of them that is asked about. */
const within = (db: Database, asker: Asker, vendorId: string | null): RawBuilder<unknown> => {
  const open = visibleVendors(db, asker, { group: 'prices' }).select('vendors.vendor_id')
  return vendorId === null ? sql`(${open})` : sql`(select ${vendorId}::uuid)`
}

export async function readOverview(db: Database, asker: Asker, now: Date): Promise<PurchasingOverview> {
  const today = dayAt(now, asker.portal.timeZone)
  const [openOrders, lateLines, toCheck] = await Promise.all([readOpenOrders(db, asker, today), readLateLines(db, asker, today), readInvoicesToCheck(db, asker, null)])
  const totals = await readTotals(db, asker, null, today, toCheck.length)
  return { totals, openOrders, lateLines, invoicesToCheck: toCheck.slice(0, mostRows) }
}

export async function readTotals(db: Database, asker: Asker, vendorId: string | null, today: string, toCheckCount: number): Promise<PurchasingTotals> {
  const portal = asker.portal
  const vendors = within(db, asker, vendorId)
  const since = addMonths(startOfMonth(today), -12)
  const { rows } = await sql<{ orders: number, amount: number | null, unpriced: number, late: number, invoiced: number | null }>`
    with lines as (
      select o.order_id, g.open_quantity, l.promised_on,
        base_minor(o.portal_id, g.open_quantity * l.unit_price, o.currency, o.ordered_on) as base
      from purchase_orders o join purchase_order_lines l using (portal_id, order_id) cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
      where o.portal_id = ${portal.id} and o.status = 'confirmed' and o.vendor_id in ${vendors} and g.open_quantity > 0
    )
    select count(distinct order_id)::int as orders, sum(base)::bigint as amount, count(*) filter (where base is null)::int as unpriced,
      count(*) filter (where promised_on < ${today}::date)::int as late,
      (select sum(p.amount_base_minor)::bigint from purchases p where p.portal_id = ${portal.id} and p.invoice_line_id is not null
        and p.spent_on >= ${since}::date and p.vendor_id in ${vendors}) as invoiced
    from lines`.execute(db)
  const row = rows[0]!
  return {
    openOrderCount: row.orders,
    openOrderAmount: money(row.amount, portal.currency),
    unpricedCount: row.unpriced,
    lateLineCount: row.late,
    toCheckCount,
    invoicedAmount: money(row.invoiced, portal.currency),
  }
}

/** Order lines that were promised before today and have not all arrived, of vendors whose prices stand open to the asker. */
export async function countLateLines(db: Database, asker: Asker, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from purchase_orders o join purchase_order_lines l using (portal_id, order_id) cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
    where o.portal_id = ${asker.portal.id} and o.status = 'confirmed' and o.vendor_id in ${within(db, asker, null)}
      and l.promised_on < ${dayAt(now, asker.portal.timeZone)}::date and g.open_quantity > 0`.execute(db)
  return rows[0]?.count ?? 0
}

async function readOpenOrders(db: Database, asker: Asker, today: string): Promise<OpenOrder[]> {
  const { rows } = await sql<{ order_id: string, number: string, vendor_id: string, vendor_name: string, ordered_on: string, currency: string, amount: number | null, open_amount: number | null, lines: number, open_lines: number, late_lines: number, next_promise: string | null }>`
    select o.order_id, o.number, o.vendor_id, v.name as vendor_name, o.ordered_on, o.currency,
      round(sum(case when l.is_cancelled then 0 else l.quantity * l.unit_price end) * power(10::numeric, currency_exponent(o.currency)))::bigint as amount,
      round(sum(g.open_quantity * l.unit_price) * power(10::numeric, currency_exponent(o.currency)))::bigint as open_amount,
      count(*) filter (where not l.is_cancelled)::int as lines, count(*) filter (where g.open_quantity > 0)::int as open_lines,
      count(*) filter (where g.open_quantity > 0 and l.promised_on < ${today}::date)::int as late_lines,
      min(coalesce(last.promised_on, l.promised_on)) filter (where g.open_quantity > 0) as next_promise
    from purchase_orders o join vendors v using (portal_id, vendor_id)
      join purchase_order_lines l using (portal_id, order_id) cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
      left join lateral (select p.promised_on from order_line_promises p where p.portal_id = l.portal_id and p.line_id = l.line_id order by p.stated_at desc limit 1) last on true
    where o.portal_id = ${asker.portal.id} and o.status = 'confirmed' and o.vendor_id in ${within(db, asker, null)}
    group by o.portal_id, o.order_id, v.name having count(*) filter (where g.open_quantity > 0) > 0
    order by next_promise nulls last, o.ordered_on limit ${mostRows}`.execute(db)
  return rows.map(row => ({
    orderId: row.order_id,
    number: row.number,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    orderedOn: row.ordered_on,
    amount: money(row.amount, row.currency),
    openAmount: money(row.open_amount, row.currency),
    lineCount: row.lines,
    openLineCount: row.open_lines,
    lateLineCount: row.late_lines,
    nextPromiseOn: row.next_promise,
  }))
}

async function readLateLines(db: Database, asker: Asker, today: string): Promise<LateLine[]> {
  const { rows } = await sql<{ order_id: string, number: string, vendor_id: string, vendor_name: string, email: string | null, item_name: string, open_quantity: string, unit: string | null, promised_on: string, last_promised_on: string, days_late: number }>`
    select o.order_id, o.number, o.vendor_id, v.name as vendor_name, v.email, l.item_name, g.open_quantity, l.unit, l.promised_on,
      coalesce((select p.promised_on from order_line_promises p where p.portal_id = l.portal_id and p.line_id = l.line_id order by p.stated_at desc limit 1), l.promised_on) as last_promised_on,
      ${today}::date - l.promised_on as days_late
    from purchase_orders o join vendors v using (portal_id, vendor_id)
      join purchase_order_lines l using (portal_id, order_id) cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
    where o.portal_id = ${asker.portal.id} and o.status = 'confirmed' and l.promised_on < ${today}::date and g.open_quantity > 0
      and o.vendor_id in ${within(db, asker, null)}
    order by days_late desc, v.name limit ${mostRows}`.execute(db)
  return rows.map(row => ({
    orderId: row.order_id,
    orderNumber: row.number,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    vendorEmail: row.email,
    itemName: row.item_name,
    openQuantity: Number(row.open_quantity),
    unit: row.unit,
    promisedOn: row.promised_on,
    lastPromisedOn: row.last_promised_on,
    daysLate: row.days_late,
  }))
}

/** Drafts, disputes, other accounts, and what differs from order and receipt beyond the tolerance and nobody has accepted. */
export async function readInvoicesToCheck(db: Database, asker: Asker, vendorId: string | null): Promise<InvoiceToCheck[]> {
  const { portal } = asker
  const { rows } = await sql<{ invoice_id: string, vendor_id: string, vendor_name: string, number: string, kind: 'invoice' | 'credit_note', status: InvoiceToCheck['status'], issued_on: string, due_on: string | null, currency: string, total_minor: number, iban: string | null, vendor_iban: string | null }>`
    select i.invoice_id, i.vendor_id, v.name as vendor_name, i.number, i.kind, i.status, i.issued_on, i.due_on, i.currency, i.total_minor, i.iban, v.iban as vendor_iban
    from vendor_invoices i join vendors v using (portal_id, vendor_id)
    where i.portal_id = ${portal.id} and i.status <> 'rejected' and i.match_accepted_at is null and i.vendor_id in ${within(db, asker, vendorId)}
    order by i.issued_on desc limit 2000`.execute(db)
  const matches = await matchInvoices(db, portal, rows.map(row => row.invoice_id))
  return rows.flatMap((row): InvoiceToCheck[] => {
    const match = matches.get(row.invoice_id)
    const ibanCheck = checkIban(row.iban, row.vendor_iban)
    const isOpen = row.status !== 'registered' || ibanCheck === 'different' || match?.status === 'to_check' || match?.status === 'blocked'
    const findings = match?.lines.flatMap(line => line.findings) ?? []
    const differences = findings.flatMap(({ differenceMinor }) => differenceMinor ?? [])
    return isOpen
      ? [{
          invoiceId: row.invoice_id,
          vendorId: row.vendor_id,
          vendorName: row.vendor_name,
          number: row.number,
          kind: row.kind,
          status: row.status,
          issuedOn: row.issued_on,
          dueOn: row.due_on,
          total: { minor: row.total_minor, currency: row.currency },
          matchStatus: match?.status ?? null,
          findings: [...new Set(findings.filter(({ status }) => status !== 'within_tolerance').map(({ code }) => code))],
          differenceMinor: differences.length > 0 ? differences.reduce((sum, minor) => sum + minor, 0) : null,
          ibanCheck,
        }]
      : []
  })
}

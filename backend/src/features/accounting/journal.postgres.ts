import { sql } from 'kysely'
import type { BookedInvoice, BookedPayment } from '@comptoir/shared/accounting/journal'
import { isUnionVendor } from '@comptoir/shared/accounting/reverse-charge'
import type { InvoiceRow } from '@comptoir/shared/accounting/preset-rows'
import { currencyExponent } from '@comptoir/shared/money'
import { splitAmount } from '@comptoir/shared/payments/instalments'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database } from '../../platform/storage/database.ts'

interface InvoiceFacts {
  invoice_id: string
  kind: 'invoice' | 'credit_note'
  number: string
  issued_on: string
  due_on: string | null
  currency: string
  tax_minor: number
  total_minor: number
  vendor_id: string
  vendor_name: string
  code: string | null
  siren: string | null
  vat_number: string | null
  updated_at: Date
  factor: number | null
  lines: { net_minor: number, account: string | null, category: string | null, tax_category: string | null, tax_rate: number | null, description: string }[]
}

export interface JournalPeriod { readonly from: string, readonly to: string }

/** Base minor units per minor unit, by the rate of a day; null without one. */
const factorOf = (currency: string, day: string, own: string) => sql`(coalesce(${sql.raw(own)}, exchange_rate_on(p.portal_id, ${sql.raw(currency)}, ${sql.raw(day)}))
  * power(10::numeric, currency_exponent(o.currency) - currency_exponent(${sql.raw(currency)})))::float8`

/** The vendor's own code, else its SIREN, else its name with signs that no namesake has. */
export function auxiliaryOf({ code, siren, vendor_id: id, vendor_name: name }: { code: string | null, siren: string | null, vendor_id: string, vendor_name: string }): string {
  const plain = (text: string): string => text.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
  return plain(code ?? siren ?? '').slice(0, 17) || `${plain(nameKey(name)).slice(0, 10)}${plain(id).slice(0, 4)}`
}

async function readFacts(db: Database, portalId: number, { from, to }: JournalPeriod): Promise<InvoiceFacts[]> {
  const { rows } = await sql<InvoiceFacts>`
    select p.invoice_id, p.kind, p.number, p.issued_on, p.due_on, p.currency, p.tax_minor, p.total_minor, v.vendor_id, v.name as vendor_name, v.code, v.siren, v.vat_number, p.updated_at,
      ${factorOf('p.currency', 'p.issued_on', 'p.base_rate')} as factor,
      coalesce((select jsonb_agg(jsonb_build_object('net_minor', l.net_minor, 'account', l.account, 'category', coalesce(l.category, b.category),
        'tax_category', l.tax_category, 'tax_rate', l.tax_rate, 'description', l.description) order by l.position)
        from vendor_invoice_lines l where l.portal_id = p.portal_id and l.invoice_id = p.invoice_id), '[]') as lines
    from vendor_invoices p
      join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id
      join portals o on o.portal_id = p.portal_id
      left join purchase_orders b on b.portal_id = p.portal_id and b.order_id = p.order_id
    where p.portal_id = ${portalId} and p.status in ('registered', 'disputed') and p.issued_on between ${from} and ${to}
    order by p.issued_on, p.invoice_id`.execute(db)
  return rows
}

/** Registered invoices; a draft is no entry, a rejected one never was. */
export async function readInvoices(db: Database, portalId: number, period: JournalPeriod): Promise<BookedInvoice[]> {
  return (await readFacts(db, portalId, period)).map(row => ({
    kind: row.kind, invoiceId: row.invoice_id, number: row.number, issuedOn: row.issued_on, vendor: { auxiliary: auxiliaryOf(row), name: row.vendor_name },
    currency: row.currency, taxMinor: row.tax_minor, totalMinor: row.total_minor, factor: row.factor,
    isUnionVendor: isUnionVendor(row.vat_number), changedAt: row.updated_at.toISOString(),
    lines: row.lines.map(line => ({ netMinor: line.net_minor, account: line.account, category: line.category, taxCategory: line.tax_category, taxRate: line.tax_rate })),
  }))
}

/** Lines of invoices for programs that make their own entries; the tax of an invoice is shared out by the lines' amounts. */
export async function readInvoiceRows(db: Database, portalId: number, period: JournalPeriod, accountOf: (line: { account: string | null, category: string | null }) => string): Promise<InvoiceRow[]> {
  return (await readFacts(db, portalId, period)).flatMap((row) => {
    const sign = row.kind === 'credit_note' ? -1 : 1
    const total = row.lines.reduce((sum, line) => sum + line.net_minor, 0)
    const taxes = total === 0 ? row.lines.map((_, at) => at === 0 ? row.tax_minor : 0) : splitAmount(row.tax_minor, row.lines.map(line => line.net_minor))
    return row.lines.map((line, at): InvoiceRow => ({
      vendor: row.vendor_name, auxiliary: auxiliaryOf(row), category: line.category, reference: row.number, issuedOn: row.issued_on, dueOn: row.due_on ?? row.issued_on, text: line.description, account: accountOf(line),
      netMinor: sign * line.net_minor, taxMinor: sign * (taxes[at] ?? 0), totalMinor: sign * row.total_minor, currency: row.currency, exponent: currencyExponent(row.currency),
    }))
  })
}

interface PaymentFacts {
  payable_id: string
  invoice_id: string | null
  reference: string
  paid_on: string
  issued_on: string
  currency: string
  amount_minor: number
  vendor_id: string
  vendor_name: string
  code: string | null
  siren: string | null
  updated_at: Date
  factor: number | null
}

/** What statements or persons say was paid; an invoice's own rate books its payment, so that the two cancel out. */
export async function readPayments(db: Database, portalId: number, { from, to }: JournalPeriod): Promise<BookedPayment[]> {
  const { rows } = await sql<PaymentFacts>`
    select p.payable_id, p.invoice_id, p.reference, p.paid_on, p.issued_on, p.currency, p.amount_minor, v.vendor_id, v.name as vendor_name, v.code, v.siren, p.updated_at,
      ${factorOf('p.currency', 'p.issued_on', 'i.base_rate')} as factor
    from payables p
      join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id
      join portals o on o.portal_id = p.portal_id
      left join vendor_invoices i on i.portal_id = p.portal_id and i.invoice_id = p.invoice_id
    where p.portal_id = ${portalId} and p.status = 'paid' and p.paid_on between ${from} and ${to}
    order by p.paid_on, p.payable_id`.execute(db)
  return rows.map(row => ({
    paymentId: row.payable_id, invoiceId: row.invoice_id, reference: row.reference, paidOn: row.paid_on, issuedOn: row.issued_on,
    vendor: { auxiliary: auxiliaryOf(row), name: row.vendor_name }, currency: row.currency, amountMinor: row.amount_minor, factor: row.factor, changedAt: row.updated_at.toISOString(),
  }))
}

import { addDays } from '@comptoir/shared/insights/calendar'
import type { RowIssue } from '@comptoir/shared/imports/row-context'
import { numberKey } from '@comptoir/shared/purchasing/duplicate-invoice'
import type { Database } from '../../platform/storage/database.ts'
import type { PurchaseLine } from './purchase-writes.postgres.ts'

interface Invoice {
  readonly vendor_id: string
  readonly kind: 'invoice' | 'credit_note'
  readonly number: string
  readonly issued_on: string
  readonly currency: string
  readonly net_minor: number
  readonly total_minor: number
}

/** A payment follows its invoice, an export may name the day it was booked. */
const daysAround = 200

/** Lines whose spend is counted by a registered invoice already: of the same number, or without one of the same day and amount. */
export async function findInvoicedLines(db: Database, portalId: number, lines: readonly PurchaseLine[]): Promise<ReadonlyMap<number, string>> {
  const asked = lines.filter(({ row }) => row.vendor.version !== null)
  if (asked.length === 0)
    return new Map()
  const days = asked.map(({ row }) => row.purchase!.day).sort()
  const invoices: Invoice[] = await db.selectFrom('vendor_invoices').select(['vendor_id', 'kind', 'number', 'issued_on', 'currency', 'net_minor', 'total_minor'])
    .where('portal_id', '=', portalId).where('status', 'in', ['registered', 'disputed'])
    .where('vendor_id', 'in', [...new Set(asked.map(({ row }) => row.vendor.vendorId))])
    .where('issued_on', '>=', addDays(days[0]!, -daysAround)).where('issued_on', '<=', addDays(days.at(-1)!, daysAround)).execute()
  const [byNumber, byAmount] = [Map.groupBy(invoices, row => `${row.vendor_id} ${numberKey(row.number)}`), Map.groupBy(invoices, row => `${row.vendor_id} ${row.issued_on}`)]
  return new Map(asked.flatMap((line) => {
    const { reference, day, amountMinor, currency } = line.row.purchase!
    const { vendorId } = line.row.vendor
    const found = reference !== null && numberKey(reference) !== ''
      ? byNumber.get(`${vendorId} ${numberKey(reference)}`)?.[0]
      : byAmount.get(`${vendorId} ${day}`)?.find(row => row.currency === currency && amountsOf(row).includes(amountMinor))
    return found ? [[line.row.line, found.number] as const] : []
  }))
}

const amountsOf = ({ kind, net_minor, total_minor }: Invoice): number[] => kind === 'credit_note' ? [-net_minor, -total_minor] : [net_minor, total_minor]

export const invoicedIssue = (number: string): RowIssue =>
  ({ code: 'purchase.invoiced', severity: 'warning', field: 'reference', column: null, value: number, details: { number } })

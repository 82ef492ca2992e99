import { toMinor } from '../money.ts'

/** How far an invoice may be from its order and receipt before a person must look. */
export interface MatchTolerance {
  readonly pricePercent: number
  readonly quantityPercent: number
  /** For a line, in minor units of the invoice's currency; null when the portal's amount cannot be converted. */
  readonly amountMinor: number | null
}

export interface MatchedOrderLine {
  readonly orderNumber: string
  readonly itemName: string
  readonly currency: string
  readonly quantity: number
  /** Major units; null when the order names no price. */
  readonly unitPrice: number | null
  readonly isCancelled: boolean
  /** Arrived and kept, by now. */
  readonly acceptedQuantity: number
  /** By other invoices of the same line, credit notes taken off. */
  readonly otherInvoicedQuantity: number
}

export interface MatchedInvoiceLine {
  readonly invoiceLineId: string
  readonly description: string
  readonly quantity: number
  readonly netMinor: number
  readonly order: MatchedOrderLine | null
}

export const findingCodes = [
  'price_above', 'price_below', 'not_received', 'over_invoiced', 'order_cancelled', 'no_order', 'no_price', 'other_currency',
] as const
export type FindingCode = (typeof findingCodes)[number]
export const matchStatuses = ['matched', 'within_tolerance', 'to_check', 'blocked'] as const
export type MatchStatus = (typeof matchStatuses)[number]

export interface Finding {
  readonly code: FindingCode
  readonly status: Exclude<MatchStatus, 'matched'>
  /** What order or receipt say, and what the invoice says: quantities, or unit prices in major units. */
  readonly expected: number | null
  readonly actual: number | null
  /** What the difference costs on this line, in minor units of the invoice's currency. */
  readonly differenceMinor: number | null
}

export interface LineMatch {
  readonly invoiceLineId: string
  readonly status: MatchStatus
  readonly findings: readonly Finding[]
}

export interface InvoiceMatch {
  readonly status: MatchStatus
  readonly lines: readonly LineMatch[]
}

const worst = (statuses: readonly MatchStatus[]): MatchStatus =>
  statuses.reduce((found, status) => matchStatuses.indexOf(status) > matchStatuses.indexOf(found) ? status : found, 'matched' as MatchStatus)

/**
 * Order, receipt and invoice side by side. Paying more than was ordered, or for what did not arrive, is blocked beyond the
 * tolerance; what cannot be compared, or is cheaper than ordered, is to be checked. Either tolerance suffices: the percentage or the amount.
 */
export function matchInvoice(lines: readonly MatchedInvoiceLine[], currency: string, tolerance: MatchTolerance): InvoiceMatch {
  const matched = lines.map((line): LineMatch => {
    const findings = line.order ? compare(line, line.order, currency, tolerance) : [simply('no_order')]
    return { invoiceLineId: line.invoiceLineId, status: worst(findings.map(({ status }) => status)), findings }
  })
  return { status: worst(matched.map(({ status }) => status)), lines: matched }
}

const simply = (code: FindingCode, status: Finding['status'] = 'to_check'): Finding =>
  ({ code, status, expected: null, actual: null, differenceMinor: null })

function compare(line: MatchedInvoiceLine, order: MatchedOrderLine, currency: string, tolerance: MatchTolerance): Finding[] {
  if (order.isCancelled)
    return [simply('order_cancelled', 'blocked')]
  return [
    ...order.currency === currency ? comparePrice(line, order, currency, tolerance) : [simply('other_currency')],
    ...compareQuantity(line, order, tolerance),
  ]
}

function comparePrice(line: MatchedInvoiceLine, { unitPrice }: MatchedOrderLine, currency: string, { pricePercent, amountMinor }: MatchTolerance): Finding[] {
  if (unitPrice === null)
    return [simply('no_price')]
  const expectedMinor = toMinor(unitPrice * line.quantity, currency)
  if (expectedMinor === null || expectedMinor === line.netMinor)
    return []
  const differenceMinor = line.netMinor - expectedMinor
  const isWithin = isSmall(differenceMinor, expectedMinor, pricePercent, amountMinor)
  const isAbove = differenceMinor > 0
  return [{
    code: isAbove ? 'price_above' : 'price_below',
    status: isWithin ? 'within_tolerance' : isAbove ? 'blocked' : 'to_check',
    expected: unitPrice,
    actual: line.quantity === 0 ? null : unitOf(line, currency),
    differenceMinor,
  }]
}

function compareQuantity(line: MatchedInvoiceLine, order: MatchedOrderLine, { quantityPercent, amountMinor }: MatchTolerance): Finding[] {
  const invoiced = order.otherInvoicedQuantity + line.quantity
  const worth = (quantity: number): number | null => line.quantity === 0 ? null : Math.round(line.netMinor / line.quantity * quantity)
  const excess = (code: FindingCode, allowed: number): Finding[] => {
    const over = invoiced - allowed
    if (over <= quantitySlack)
      return []
    const differenceMinor = worth(over)
    const isWithin = over <= order.quantity * quantityPercent / 100 + quantitySlack
      || (differenceMinor !== null && amountMinor !== null && differenceMinor <= amountMinor)
    return [{ code, status: isWithin ? 'within_tolerance' : 'blocked', expected: allowed, actual: invoiced, differenceMinor }]
  }
  // More than was ordered is said as such; below that, what has not arrived yet.
  const overInvoiced = excess('over_invoiced', order.quantity)
  return overInvoiced.length > 0 && order.acceptedQuantity >= order.quantity ? overInvoiced : [...overInvoiced, ...excess('not_received', order.acceptedQuantity)]
}

/** Sums of decimals in binary: a millionth of a piece is none. */
const quantitySlack = 1e-6

const unitOf = ({ netMinor, quantity }: MatchedInvoiceLine, currency: string): number =>
  Math.round(netMinor / quantity / (toMinor(1, currency) ?? 1) * 1e6) / 1e6

function isSmall(differenceMinor: number, expectedMinor: number, percent: number, amountMinor: number | null): boolean {
  const size = Math.abs(differenceMinor)
  return size <= Math.abs(expectedMinor) * percent / 100 || (amountMinor !== null && size <= amountMinor)
}

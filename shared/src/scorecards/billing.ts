import type { Day } from '../insights/calendar.ts'
import { sumOf } from './measure.ts'
import type { Invoice, OrderLine } from './scorecard-input.schema.ts'

/** One invoiced or credited part of an ordered line; what a credit note takes back is negative. */
export interface Billing {
  readonly invoice: Invoice
  readonly on: Day
  readonly currency: string | null | undefined
  readonly quantity: number
  readonly amount: number
}

/** An invoice below zero is a credit note, whatever it calls itself. */
export const isCreditNote = (invoice: Invoice): boolean =>
  invoice.credit ?? sumOf(invoice.lines, ({ amount }) => amount) < 0

/**
 * By ordered line. An invoice of another supplier than the order's bills nothing of it. Credit notes are
 * written with either sign: what counts is that they take back.
 */
export function billingsOf(invoices: readonly Invoice[], lines: ReadonlyMap<OrderLine['line'], OrderLine>): Map<OrderLine['line'], Billing[]> {
  const billings = new Map<OrderLine['line'], Billing[]>()
  for (const invoice of invoices) {
    const { amount: amountSign, quantity: quantitySign } = signsOf(invoice)
    for (const { line, amount, quantity } of invoice.lines) {
      if (line === null || lines.get(line)?.supplier !== invoice.supplier)
        continue
      const billing: Billing = { invoice, on: invoice.on, currency: invoice.currency, quantity: quantitySign * quantity, amount: amountSign * amount }
      const known = billings.get(line)
      if (known)
        known.push(billing)
      else
        billings.set(line, [billing])
    }
  }
  return billings
}

function signsOf(invoice: Invoice): { amount: 1 | -1, quantity: 1 | -1 } {
  const isPositive = (worth: (line: Invoice['lines'][number]) => number): boolean => sumOf(invoice.lines, worth) > 0
  if (!isCreditNote(invoice))
    return { amount: 1, quantity: 1 }
  return { amount: isPositive(({ amount }) => amount) ? -1 : 1, quantity: isPositive(({ quantity }) => quantity) ? -1 : 1 }
}

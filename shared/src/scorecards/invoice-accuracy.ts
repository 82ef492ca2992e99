import type { Book } from './book.ts'
import { reaches, type Measure } from './measure.ts'
import { proportion } from './proportion.ts'
import type { Invoice, OrderLine } from './scorecard-input.schema.ts'

export interface CheckedInvoice {
  readonly invoice: Invoice
  readonly isAccurate: boolean
  /** Why not: no known order, or another amount than ordered; null for accurate ones. */
  readonly reason: 'unknown_order' | 'amount' | null
}

type InvoiceLine = Invoice['lines'][number]

/** Invoices of the period that can be judged. One without lines, or of unpriced orders alone, cannot. @throws RateMissing */
export function checkedInvoices(book: Book, supplier: OrderLine['supplier']): CheckedInvoice[] {
  return book.invoicesOf(supplier).filter(({ on }) => book.isInPeriod(on)).flatMap((invoice) => {
    const verdicts = invoice.lines.map(line => verdict(book, invoice, line))
    const reason = verdicts.find(found => found === 'unknown_order') ?? verdicts.find(found => found === 'amount') ?? null
    const isKnown = reason !== null || (verdicts.length > 0 && !verdicts.includes('unpriced'))
    return isKnown ? [{ invoice, isAccurate: reason === null, reason }] : []
  })
}

function verdict(book: Book, invoice: Invoice, { line: id, quantity, amount }: InvoiceLine): 'fits' | 'unknown_order' | 'amount' | 'unpriced' {
  const line = book.line(id)
  if (!line || line.supplier !== invoice.supplier)
    return 'unknown_order'
  if (line.price === null)
    return 'unpriced'
  const { invoiceTolerancePercent, invoiceToleranceAmount } = book.settings
  const expected = line.price * quantity * book.exchange.rate(line.currency, line.ordered)
  const invoiced = amount * book.exchange.rate(invoice.currency, line.ordered)
  const allowed = Math.max((invoiceTolerancePercent / 100) * Math.abs(expected), invoiceToleranceAmount)
  return reaches(allowed + Math.abs(expected), Math.abs(invoiced - expected) + Math.abs(expected)) ? 'fits' : 'amount'
}

export const invoiceAccuracy = (invoices: readonly CheckedInvoice[]): Measure =>
  proportion({ part: invoices.filter(({ isAccurate }) => isAccurate).length, whole: invoices.length, n: invoices.length })

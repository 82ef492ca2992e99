import { createHash } from 'node:crypto'
import type { Book } from '@comptoir/shared/scorecards/book'
import { FORMULA_VERSION, type Scorecard } from '@comptoir/shared/scorecards/evaluate'
import { RateMissing } from '@comptoir/shared/scorecards/exchange'
import { pricedLines } from '@comptoir/shared/scorecards/price'
import type { SupplierInput } from '@comptoir/shared/scorecards/scorecard-input.schema'

/** Of all that went into a score: the vendor's own documents, the rules, and what it was compared with. */
export function inputsHash(book: Book, supplier: SupplierInput, card: Pick<Scorecard, 'medians'>): string {
  const lines = book.linesOf(supplier.id)
  const inputs = [
    FORMULA_VERSION, book.asOf, book.from, book.settings, supplier, lines,
    book.suppliersReceipts(supplier.id), lines.map(line => book.billings(line).map(({ on, quantity, amount, currency }) => [on, quantity, amount, currency])),
    book.invoicesOf(supplier.id), references(book, supplier), card.medians,
  ]
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex')
}

function references(book: Book, supplier: SupplierInput): unknown {
  try {
    return pricedLines(book, supplier.id).map(({ line, reference }) => [line.line, reference])
  }
  catch (error) {
    if (error instanceof RateMissing)
      return error.message
    throw error
  }
}

import { isCounted, type Book } from './book.ts'
import { sumOf, type Measure } from './measure.ts'
import { referencePrice, type ReferencePrice } from './reference-price.ts'
import type { OrderLine } from './scorecard-input.schema.ts'

/** A line that was invoiced and has something to be compared with; prices for one piece in the base currency. */
export interface PricedLine {
  readonly line: OrderLine
  readonly paid: number
  readonly reference: ReferencePrice
}

/** @throws RateMissing */
export function pricedLines(book: Book, supplier: OrderLine['supplier']): PricedLine[] {
  return book.linesOf(supplier).filter(isCounted).flatMap((line) => {
    const billings = book.billings(line).filter(({ on }) => book.isInPeriod(on))
    const quantity = sumOf(billings, billing => billing.quantity)
    const reference = quantity > 0 ? referencePrice(book, line) : null
    if (!reference)
      return []
    const amount = sumOf(billings, billing => billing.amount * book.exchange.rate(billing.currency, line.ordered))
    return [{ line, paid: amount / quantity, reference }]
  })
}

export function priceVariance(lines: readonly PricedLine[]): Measure {
  const expected = sumOf(lines, ({ line, reference }) => reference.price * line.quantity)
  const excess = sumOf(lines, ({ line, paid, reference }) => (paid - reference.price) * line.quantity)
  return { value: expected > 0 ? (100 * excess) / expected : null, n: lines.length }
}

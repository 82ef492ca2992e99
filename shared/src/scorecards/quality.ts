import type { Book } from './book.ts'
import { sumOf, type Measure } from './measure.ts'
import { proportion } from './proportion.ts'
import type { OrderLine, Receipt } from './scorecard-input.schema.ts'

/** Every receipt of the period, those of cancelled lines included: what came was seen. */
export const inspectedReceipts = (book: Book, supplier: OrderLine['supplier']): Receipt[] =>
  book.suppliersReceipts(supplier).filter(({ on }) => book.isInPeriod(on))

export const defectRate = (receipts: readonly Receipt[]): Measure => proportion({
  part: sumOf(receipts, ({ rejected }) => rejected ?? 0),
  whole: sumOf(receipts, ({ quantity }) => quantity),
  n: receipts.length,
}, 1_000_000)

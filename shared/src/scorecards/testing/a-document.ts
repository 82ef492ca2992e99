import { evaluate, type Scorecard } from '../evaluate.ts'
import type { Measure, MeasureId } from '../measure.ts'
import type { Invoice, OrderLine, Receipt, ScorecardInput, SupplierInput } from '../scorecard-input.schema.ts'

/** A document of one supplier, A, on 30 June 2026, unless the case says otherwise. */
export const aDocument = (parts: Partial<ScorecardInput> = {}): ScorecardInput =>
  ({ asOf: '2026-06-30', suppliers: [{ id: 'A' }], orders: [], receipts: [], invoices: [], ...parts })

export const anOrder = (line: string, parts: Partial<OrderLine> = {}): OrderLine =>
  ({ line, supplier: 'A', item: 'bolt', ordered: '2026-06-01', quantity: 10, price: 5, promised: '2026-06-10', ...parts })

export const aReceipt = (line: string, on: string, quantity: number, rejected = 0): Receipt => ({ line, on, quantity, rejected })

export const anInvoice = (id: string, lines: Invoice['lines'], parts: Partial<Invoice> = {}): Invoice =>
  ({ id, supplier: 'A', on: '2026-06-20', lines, ...parts })

export const aSupplier = (id: string, parts: Partial<SupplierInput> = {}): SupplierInput => ({ id, ...parts })

export function cardOf(document: ScorecardInput, supplier: string | number = 'A'): Scorecard {
  const card = evaluate(document).find(found => found.supplier === supplier)
  if (!card)
    throw new Error(`no card of ${supplier}`)
  return card
}

export const measureOf = (document: ScorecardInput, id: MeasureId): Measure => cardOf(document).measures[id]

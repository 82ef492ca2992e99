import type { ScorecardInput } from './scorecard-input.schema.ts'

/** What a document holds that no figure can use: said aside, so that nobody takes it as counted. */
export function documentNotes({ suppliers, orders, receipts }: ScorecardInput): string[] {
  const known = new Set(suppliers.map(({ id }) => id))
  const lines = new Set(orders.map(({ line }) => line))
  return [
    ...receipts.flatMap(({ line, supplier }, at) => (line === null || !lines.has(line)) && supplier === undefined
      ? [`receipts[${at}].line: no order has the line ${JSON.stringify(line)}; the receipt is not counted`] : []),
    ...orders.flatMap(({ supplier }, at) => known.has(supplier)
      ? [] : [`orders[${at}].supplier: ${JSON.stringify(supplier)} is not among the suppliers; its prices serve for comparison only`]),
  ]
}

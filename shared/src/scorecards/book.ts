import type { Day } from '../insights/calendar.ts'
import { exchange, type Exchange } from './exchange.ts'
import { billingsOf, isCreditNote, type Billing } from './billing.ts'
import { sumOf } from './measure.ts'
import type { ContractPrice, Invoice, OrderLine, Receipt, ScorecardInput } from './scorecard-input.schema.ts'
import { withSettings, type ScorecardSettings } from './settings.ts'

/** The documents, sorted to where the measures look for them; nothing later than the as-of day is in it. */
export interface Book {
  readonly asOf: Day
  /** First day of the period; null from the beginning. */
  readonly from: Day | null
  readonly settings: ScorecardSettings
  readonly exchange: Exchange
  readonly line: (id: OrderLine['line'] | null) => OrderLine | undefined
  readonly linesOf: (supplier: OrderLine['supplier']) => readonly OrderLine[]
  /** What this supplier was asked for the item, by order day. */
  readonly pricesAsked: (line: OrderLine) => readonly OrderLine[]
  /** What everybody invoiced of the item, by order day. */
  readonly invoicedLines: (line: OrderLine) => readonly InvoicedLine[]
  /** In the order of their days. */
  readonly receiptsOf: (line: OrderLine) => readonly Receipt[]
  readonly suppliersReceipts: (supplier: OrderLine['supplier']) => readonly Receipt[]
  readonly invoicesOf: (supplier: OrderLine['supplier']) => readonly Invoice[]
  readonly contractsOf: (line: OrderLine) => readonly ContractPrice[]
  /** What was invoiced of a line, credit notes taken off: in the period, and ever. */
  readonly billings: (line: OrderLine) => readonly Billing[]
  readonly isInPeriod: (day: Day) => boolean
}

export interface InvoicedLine {
  readonly ordered: Day
  readonly billings: readonly Billing[]
}

/** A line is an order for something: cancelled ones and returns are in no line measure. */
export const isCounted = (line: OrderLine): boolean => line.quantity > 0 && !line.cancelled

export function openBook(input: ScorecardInput): Book {
  const { asOf } = input
  const from = input.from ?? null
  const lines = new Map(input.orders.map(line => [line.line, line]))
  const receipts = input.receipts.filter(({ on }) => on <= asOf).sort(byDay)
  const invoices = input.invoices.filter(({ on }) => on <= asOf)
  const bySupplier = Map.groupBy(input.orders, ({ supplier }) => supplier)
  const items = input.orders.filter(line => line.item !== null && isCounted(line)).sort(byOrderDay)
  const asked = Map.groupBy(items.filter(({ price }) => price !== null), ({ supplier, item }) => pairKey(supplier, item!))
  const receiptsByLine = Map.groupBy(receipts, ({ line }) => line)
  const receiptsBySupplier = Map.groupBy(receipts, ({ line, supplier }) => (line === null ? undefined : lines.get(line)?.supplier) ?? supplier)
  const invoicesBySupplier = Map.groupBy(invoices, ({ supplier }) => supplier)
  const contracts = Map.groupBy(input.contracts ?? [], ({ supplier, item }) => pairKey(supplier, item))
  const billings = billingsOf(invoices, lines)
  const invoiced = Map.groupBy(items.flatMap(line => invoicedLine(line, billings.get(line.line) ?? [])), ({ item }) => item)
  return {
    asOf,
    from,
    settings: withSettings(input.settings),
    exchange: exchange(input.currency ?? 'EUR', input.rates),
    line: id => id === null ? undefined : lines.get(id),
    linesOf: supplier => bySupplier.get(supplier) ?? [],
    pricesAsked: ({ supplier, item }) => item === null ? [] : asked.get(pairKey(supplier, item)) ?? [],
    invoicedLines: ({ item }) => invoiced.get(item) ?? [],
    receiptsOf: ({ line }) => receiptsByLine.get(line) ?? [],
    suppliersReceipts: supplier => receiptsBySupplier.get(supplier) ?? [],
    invoicesOf: supplier => (invoicesBySupplier.get(supplier) ?? []).filter(invoice => !isCreditNote(invoice)),
    contractsOf: ({ supplier, item }) => item === null ? [] : contracts.get(pairKey(supplier, item)) ?? [],
    billings: ({ line }) => billings.get(line) ?? [],
    isInPeriod: day => day <= asOf && (from === null || day >= from),
  }
}

/** Lines of a day stay in the order of the document. */
const byOrderDay = (a: OrderLine, b: OrderLine): number => a.ordered < b.ordered ? -1 : a.ordered > b.ordered ? 1 : 0

const invoicedLine = ({ item, ordered }: OrderLine, billings: readonly Billing[]): (InvoicedLine & { item: OrderLine['item'] })[] =>
  sumOf(billings, ({ quantity }) => quantity) > 0 ? [{ item, ordered, billings }] : []

const byDay = (a: Receipt, b: Receipt): number => a.on < b.on ? -1 : a.on > b.on ? 1 : 0

const pairKey = (supplier: string | number, item: string | number): string => JSON.stringify([supplier, item])

import { addMonths } from '../insights/calendar.ts'
import { isCounted, type Book } from './book.ts'
import { sumOf } from './measure.ts'
import type { OrderLine } from './scorecard-input.schema.ts'

export interface ReferencePrice {
  /** In the base currency, at the rate of the order day. */
  readonly price: number
  readonly source: 'contract' | 'earlier-order' | 'market'
}

/**
 * What a line ought to cost: the contract of its order day, else what this supplier asked the last time,
 * else what everybody asked in the year before. Null where nothing is known. @throws RateMissing
 */
export function referencePrice(book: Book, line: OrderLine): ReferencePrice | null {
  const toBase = (price: number, currency: string | null | undefined): number => price * book.exchange.rate(currency, line.ordered)
  const contract = validContract(book, line)
  if (contract)
    return { price: toBase(contract.price, contract.currency), source: 'contract' }
  const earlier = earlierOrder(book, line)
  if (earlier)
    return { price: toBase(earlier.price!, earlier.currency), source: 'earlier-order' }
  const market = marketPrice(book, line)
  return market === null ? null : { price: market, source: 'market' }
}

/** Of several contracts, the one that began last: it was meant to replace the others. */
const validContract = (book: Book, { ordered, ...line }: OrderLine) => latest(
  book.contractsOf({ ordered, ...line }).filter(({ from, to }) => (!from || from <= ordered) && (!to || to >= ordered)),
  ({ from }) => from ?? '',
)

const earlierOrder = (book: Book, { item, supplier, ordered }: OrderLine) => latest(
  book.linesOfItem(item).filter(line => line.supplier === supplier && line.ordered < ordered && line.price !== null && isCounted(line)),
  line => line.ordered,
)

/** Mean of what was invoiced for lines of the 12 months before, each by its quantity. */
function marketPrice(book: Book, { item, ordered }: OrderLine): number | null {
  const since = addMonths(ordered, -12)
  const invoiced = book.linesOfItem(item)
    .filter(line => line.ordered >= since && line.ordered < ordered && isCounted(line))
    .map(line => book.billings(line))
    .filter(billings => sumOf(billings, ({ quantity }) => quantity) > 0)
    .flat()
  const quantity = sumOf(invoiced, billing => billing.quantity)
  return quantity > 0 ? sumOf(invoiced, ({ amount, currency }) => amount * book.exchange.rate(currency, ordered)) / quantity : null
}

function latest<T>(items: readonly T[], since: (item: T) => string): T | undefined {
  return items.reduce<T | undefined>((found, item) => found === undefined || since(item) >= since(found) ? item : found, undefined)
}

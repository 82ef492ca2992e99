import { addMonths } from '../insights/calendar.ts'
import type { Book } from './book.ts'
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

const earlierOrder = (book: Book, line: OrderLine): OrderLine | undefined =>
  book.pricesAsked(line).findLast(({ ordered }) => ordered < line.ordered)

/** Mean of what was invoiced for lines of the 12 months before, each by its quantity. */
function marketPrice(book: Book, line: OrderLine): number | null {
  const since = addMonths(line.ordered, -12)
  let quantity = 0
  let amount = 0
  for (const { ordered, billings } of book.invoicedLines(line)) {
    if (ordered >= line.ordered)
      break
    if (ordered < since)
      continue
    for (const billing of billings) {
      quantity += billing.quantity
      amount += billing.amount * book.exchange.rate(billing.currency, line.ordered)
    }
  }
  return quantity > 0 ? amount / quantity : null
}

function latest<T>(items: readonly T[], since: (item: T) => string): T | undefined {
  return items.reduce<T | undefined>((found, item) => found === undefined || since(item) >= since(found) ? item : found, undefined)
}

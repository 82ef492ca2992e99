import { toMinor } from '../money.ts'

export interface ComparedItem { readonly itemId: string, readonly quantity: number }
export interface ComparedQuotation {
  readonly vendorId: string
  readonly currency: string
  /** Units of the round's currency per one of the quotation's; null: not to be compared. */
  readonly rate: number | null
  readonly shippingMinor: number | null
  readonly isDeclined: boolean
  readonly prices: Readonly<Record<string, number | null>>
}

export interface QuotationTotal {
  readonly vendorId: string
  /** In the round's currency, shipping included; null when nothing can be compared. */
  readonly totalMinor: number | null
  readonly missingCount: number
}

export interface SplitChoice {
  readonly vendorOfItem: Readonly<Record<string, string>>
  readonly totalMinor: number
  readonly missingCount: number
}

export interface QuotationComparison {
  readonly totals: readonly QuotationTotal[]
  /** Cheapest unit price of each item; several when they are equal. */
  readonly bestOfItem: Readonly<Record<string, readonly string[]>>
  /** The cheapest vendor that quoted everything. */
  readonly bestWhole: string | null
  /** The cheapest way to spread the items over vendors, each vendor's shipping counted once. */
  readonly split: SplitChoice | null
}

/** More vendors than this in one round: shipping is then added to the cheapest of each item without trying every mix. */
const triedVendors = 10

export function compareQuotations(items: readonly ComparedItem[], quotations: readonly ComparedQuotation[], currency: string): QuotationComparison {
  const counted = quotations.filter(one => !one.isDeclined && one.rate !== null)
  const costOf = (one: ComparedQuotation, { itemId, quantity }: ComparedItem): number | null => {
    const price = one.prices[itemId] ?? null
    return price === null ? null : toMinor(price * quantity * one.rate!, currency)
  }
  const shippingOf = (one: ComparedQuotation): number => Math.round((one.shippingMinor ?? 0) * (toMinor(1, currency)! / toMinor(1, one.currency)!) * one.rate!)
  const totals = quotations.map((one): QuotationTotal => {
    const costs = counted.includes(one) ? items.map(item => costOf(one, item)) : items.map(() => null)
    const known = costs.filter(cost => cost !== null)
    return { vendorId: one.vendorId, totalMinor: known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, shippingOf(one)), missingCount: costs.length - known.length }
  })
  const whole = totals.filter(({ totalMinor, missingCount }) => totalMinor !== null && missingCount === 0)
  return {
    totals,
    bestOfItem: Object.fromEntries(items.map((item) => {
      const costs = counted.flatMap(one => costOf(one, item) ?? [])
      const best = Math.min(...costs)
      return [item.itemId, counted.filter(one => costOf(one, item) === best).map(({ vendorId }) => vendorId)]
    })),
    bestWhole: whole.length === 0 ? null : whole.reduce((best, one) => one.totalMinor! < best.totalMinor! ? one : best).vendorId,
    split: bestSplit(items, counted, costOf, shippingOf),
  }
}

function bestSplit(
  items: readonly ComparedItem[], quotations: readonly ComparedQuotation[],
  costOf: (one: ComparedQuotation, item: ComparedItem) => number | null, shippingOf: (one: ComparedQuotation) => number,
): SplitChoice | null {
  const mixes = quotations.length <= triedVendors
    ? Array.from({ length: 2 ** quotations.length - 1 }, (_, mask) => quotations.filter((__, at) => (mask + 1) & (1 << at)))
    : [quotations]
  let best: SplitChoice | null = null
  for (const mix of mixes) {
    const vendorOfItem: Record<string, string> = {}
    let totalMinor = 0
    for (const item of items) {
      const offers = mix.flatMap((one) => {
        const cost = costOf(one, item)
        return cost === null ? [] : [{ vendorId: one.vendorId, cost }]
      })
      if (offers.length === 0)
        continue
      const cheapest = offers.reduce((least, offer) => offer.cost < least.cost ? offer : least)
      vendorOfItem[item.itemId] = cheapest.vendorId
      totalMinor += cheapest.cost
    }
    const used = new Set(Object.values(vendorOfItem))
    totalMinor += mix.filter(({ vendorId }) => used.has(vendorId)).reduce((sum, one) => sum + shippingOf(one), 0)
    const missingCount = items.length - Object.keys(vendorOfItem).length
    if (used.size > 0 && (best === null || missingCount < best.missingCount || (missingCount === best.missingCount && totalMinor < best.totalMinor)))
      best = { vendorOfItem, totalMinor, missingCount }
  }
  return best
}

/** One invoiced line of an item: what was paid for one, in the portal's currency's major unit. */
export interface PricePoint {
  readonly on: string
  readonly unitPrice: number
  readonly quantity: number
}

export interface PriceChange {
  readonly first: number
  readonly last: number
  /** From the first to the last price, in percent; null when the first is zero. */
  readonly changePercent: number | null
  readonly least: number
  readonly most: number
  readonly quantity: number
}

/** How the price of an item at one vendor moved. */
export function priceChangeOf(points: readonly PricePoint[]): PriceChange | null {
  const sorted = [...points].sort((a, b) => a.on.localeCompare(b.on))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last)
    return null
  const prices = sorted.map(({ unitPrice }) => unitPrice)
  return {
    first: first.unitPrice,
    last: last.unitPrice,
    changePercent: first.unitPrice === 0 ? null : (last.unitPrice / first.unitPrice - 1) * 100,
    least: Math.min(...prices),
    most: Math.max(...prices),
    quantity: sorted.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}

/** Quantity-weighted mean; null without quantity. */
export function meanPrice(points: readonly PricePoint[]): number | null {
  const quantity = points.reduce((sum, point) => sum + point.quantity, 0)
  return quantity > 0 ? points.reduce((sum, point) => sum + point.unitPrice * point.quantity, 0) / quantity : null
}

/** What was paid for how much, in minor units. */
export interface Paid {
  readonly amountMinor: number
  readonly quantity: number
}

/**
 * What the period's quantity cost more (positive) or less (negative) than at the mean price of the twelve months before at
 * the same vendor. Null without a price of before: what is not there is not guessed. The same as the database computes it:
 * half a minor unit goes away from zero.
 */
export function priceEffect(now: Paid, before: Paid): number | null {
  if (before.quantity <= 0)
    return null
  const effect = now.amountMinor - before.amountMinor * now.quantity / before.quantity
  return Math.sign(effect) * Math.round(Math.abs(effect)) || 0
}

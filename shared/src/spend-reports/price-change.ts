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
  /**
   * What the quantities cost more (positive) or less (negative) than at the baseline: Σ (price − baseline) × quantity,
   * major units. Null without a baseline.
   */
  readonly effect: number | null
}

/**
 * How the price of an item at one vendor moved. `baseline` is the quantity-weighted mean price of the twelve months
 * before the period at the same vendor: what is not there is not guessed.
 */
export function priceChangeOf(points: readonly PricePoint[], baseline: number | null): PriceChange | null {
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
    effect: baseline === null ? null : sorted.reduce((sum, { unitPrice, quantity }) => sum + (unitPrice - baseline) * quantity, 0),
  }
}

/** Quantity-weighted mean; null without quantity. */
export function meanPrice(points: readonly PricePoint[]): number | null {
  const quantity = points.reduce((sum, point) => sum + point.quantity, 0)
  return quantity > 0 ? points.reduce((sum, point) => sum + point.unitPrice * point.quantity, 0) / quantity : null
}

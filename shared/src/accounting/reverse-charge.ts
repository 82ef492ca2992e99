import { isReverseCharged, type TaxedLine } from '../purchasing/tax-category.ts'

const unionCountries = new Set([
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'EL', 'ES', 'FI', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'XI',
])

/** A vendor that is taxed in another country of the Union than France. */
export const isUnionVendor = (vatNumber: string | null): boolean => unionCountries.has(vatNumber?.slice(0, 2).toUpperCase() ?? '')

export interface TaxedInvoice {
  readonly taxMinor: number
  readonly isUnionVendor: boolean
  readonly lines: readonly TaxedLine[]
}

/**
 * The tax that the buyer owes on an invoice: of the lines whose category says so, and of an invoice without tax from a
 * vendor of the Union where no category is given, as it is when somebody types it in. Null when there is none.
 */
export function reverseTaxOf({ taxMinor, isUnionVendor: isUnion, lines }: TaxedInvoice, usualRate: number): number | null {
  const isReverse = (category: string | null): boolean =>
    category === null ? isUnion && taxMinor === 0 : isReverseCharged(category.toUpperCase())
  const baseByRate = new Map<number, number>()
  for (const { netMinor, taxCategory, taxRate } of lines) {
    const rate = taxRate !== null && taxRate > 0 ? taxRate : usualRate
    if (isReverse(taxCategory))
      baseByRate.set(rate, (baseByRate.get(rate) ?? 0) + netMinor)
  }
  const tax = [...baseByRate].reduce((sum, [rate, base]) => sum + Math.round(base * Math.round(rate * 100) / 10_000), 0)
  return tax === 0 ? null : tax
}

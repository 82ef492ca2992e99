/** Categories of EN 16931 that a person can choose from. */
export const taxCategories = ['S', 'K', 'AE', 'E', 'Z', 'G', 'O'] as const
type TaxCategory = (typeof taxCategories)[number]

export const isTaxCategory = (text: string | null): text is TaxCategory => taxCategories.some(one => one === text)

/** The buyer owes the tax: where such a line has a rate, it is that of the tax to declare. */
const reverseCategories: readonly string[] = ['AE', 'K']
const untaxedCategories: readonly string[] = ['E', 'Z', 'G', 'O']

export const isReverseCharged = (category: string | null): boolean => reverseCategories.includes(category ?? '')

/** The vendor asks for tax on it, or may: a line without category says nothing about that. */
const isCharged = (category: string | null): boolean => !isReverseCharged(category) && !untaxedCategories.includes(category ?? '')

export interface TaxedLine { readonly netMinor: number, readonly taxCategory: string | null, readonly taxRate: number | null }

/** A standard rate of nothing is the zero rate, and an exempt line has none. */
export const fitsRate = ({ taxCategory, taxRate }: Pick<TaxedLine, 'taxCategory' | 'taxRate'>): boolean =>
  taxRate === null || (taxCategory === 'S' ? taxRate > 0 : taxRate === 0 || !untaxedCategories.includes(taxCategory ?? ''))

/** The tax that the vendor asks for, by the rates of the lines. */
export const chargedTaxOf = (lines: readonly TaxedLine[]): number =>
  Math.round(lines.reduce((sum, line) => sum + (isCharged(line.taxCategory) ? line.netMinor * (line.taxRate ?? 0) / 100 : 0), 0))

/** An invoice whose lines are all free of the vendor's tax asks for none. */
export const fitsTax = (taxMinor: number, lines: readonly TaxedLine[]): boolean =>
  taxMinor === 0 || lines.some(line => isCharged(line.taxCategory))

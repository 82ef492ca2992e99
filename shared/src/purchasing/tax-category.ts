/** The categories of EN 16931, the usual ones first. */
export const taxCategories = ['S', 'K', 'AE', 'E', 'Z', 'G', 'O', 'L', 'M', 'B'] as const
export type TaxCategory = (typeof taxCategories)[number]

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

/** How files of accounting programs write them, beside the codes themselves. */
const categoryWords: readonly (readonly [RegExp, TaxCategory])[] = [
  [/intra/, 'K'], [/autoliquid|reverse/, 'AE'], [/exon|exempt|franchise/, 'E'], [/export/, 'G'], [/hors champ|non soumis|outside/, 'O'], [/zero/, 'Z'],
  [/igic/, 'L'], [/ipsi/, 'M'], [/normal|standard|reduit|reduced|collect|factur|charged/, 'S'],
]

/** Null for a text that names none. */
export function taxCategoryOf(text: string): TaxCategory | null {
  const code = text.trim().toUpperCase()
  if (isTaxCategory(code))
    return code
  const words = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return categoryWords.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

import { describe, expect, it } from 'vitest'
import { chargedTaxOf, fitsRate, fitsTax, taxCategoryOf } from './tax-category.ts'

const aLine = (taxCategory: string | null, taxRate: number | null, netMinor = 10_000) => ({ netMinor, taxCategory, taxRate })

describe('the category of tax on a line', () => {
  it.each([['S', 20], ['S', null], ['K', 20], ['K', 0], ['AE', null], ['AE', 5.5], ['E', 0], ['E', null], ['Z', 0], [null, 20], [null, 0], ['L', 7]])('%s goes with a rate of %s', (category, rate) => {
    expect(fitsRate(aLine(category, rate))).toBe(true)
  })

  it.each([['S', 0], ['E', 20], ['Z', 5.5], ['G', 20], ['O', 10]])('%s does not go with a rate of %s', (category, rate) => {
    expect(fitsRate(aLine(category, rate))).toBe(false)
  })

  it.each([['s', 'S'], [' AE ', 'AE'], ['Autoliquidation', 'AE'], ['Intra-UE, autoliquidée', 'K'], ['Exonérée', 'E'], ['Taux réduit', 'S'], ['Hors champ', 'O'], ['B', 'B'], ['5,5', null], ['', null]])('is read from « %s » as %s', (text, category) => {
    expect(taxCategoryOf(text)).toBe(category)
  })

  it('decides whether the vendor asks for tax', () => {
    expect(chargedTaxOf([aLine('S', 20), aLine('K', 20), aLine('AE', 10), aLine('E', 0), aLine(null, 5.5)])).toBe(2_550)
    expect(fitsTax(2_000, [aLine('S', 20), aLine('K', 20)])).toBe(true)
    expect(fitsTax(2_000, [aLine(null, null)])).toBe(true)
    expect(fitsTax(0, [aLine('K', 20)])).toBe(true)
    expect(fitsTax(2_000, [aLine('K', 20), aLine('E', 0)])).toBe(false)
  })
})

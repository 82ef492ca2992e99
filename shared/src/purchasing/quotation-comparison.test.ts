import { describe, expect, it } from 'vitest'
import { compareQuotations, type ComparedQuotation } from './quotation-comparison.ts'

const items = [{ itemId: 'a', quantity: 10 }, { itemId: 'b', quantity: 5 }]
const quotation = (vendorId: string, a: number | null, b: number | null, values: Partial<ComparedQuotation> = {}): ComparedQuotation =>
  ({ vendorId, currency: 'EUR', rate: 1, shippingMinor: null, isDeclined: false, prices: { a, b }, ...values })

describe('quotations side by side', () => {
  it('have totals, the best price of each line, the best whole and the best split', () => {
    const compared = compareQuotations(items, [quotation('X', 10, 8), quotation('Y', 9, 12), quotation('Z', null, 7)], 'EUR')
    expect(compared.totals).toEqual([{ vendorId: 'X', totalMinor: 14_000, missingCount: 0 }, { vendorId: 'Y', totalMinor: 15_000, missingCount: 0 }, { vendorId: 'Z', totalMinor: 3_500, missingCount: 1 }])
    expect(compared).toMatchObject({ bestOfItem: { a: ['Y'], b: ['Z'] }, bestWhole: 'X', split: { vendorOfItem: { a: 'Y', b: 'Z' }, totalMinor: 12_500, missingCount: 0 } })
  })

  it('count shipping once per vendor, so that a dearer mix may win', () => {
    const compared = compareQuotations(items, [quotation('X', 10, 8, { shippingMinor: 500 }), quotation('Y', 9.8, 12, { shippingMinor: 1_000 })], 'EUR')
    expect(compared.bestOfItem.a).toEqual(['Y'])
    expect(compared.split).toEqual({ vendorOfItem: { a: 'X', b: 'X' }, totalMinor: 14_500, missingCount: 0 })
  })

  it('compare other currencies at their rate, and leave out what has none or was declined', () => {
    const compared = compareQuotations(items, [quotation('X', 10, 8), quotation('D', 10, 8, { currency: 'USD', rate: 0.9, shippingMinor: 100 }), quotation('N', 1, 1, { currency: 'XTS', rate: null }), quotation('R', 1, 1, { isDeclined: true })], 'EUR')
    expect(compared.totals.map(({ totalMinor }) => totalMinor)).toEqual([14_000, 12_690, null, null])
    expect(compared.bestWhole).toBe('D')
  })

  it('say what nobody offers', () => {
    expect(compareQuotations(items, [quotation('X', 10, null)], 'EUR')).toMatchObject({ bestWhole: null, bestOfItem: { b: [] }, split: { missingCount: 1, totalMinor: 10_000 } })
    expect(compareQuotations(items, [], 'EUR')).toMatchObject({ bestWhole: null, split: null })
  })
})

import { describe, expect, it } from 'vitest'
import { dealSupply, type FoundPrice, type SoldProduct } from './deal-supply.ts'

const price = (vendorId: string, unitPrice: number, currency = 'EUR'): FoundPrice =>
  ({ vendorId, vendorName: vendorId, source: 'last_order', document: 'CF-1', unitPrice, currency, pricedOn: '2026-03-01' })
const sold = (rowId: number, priceMinor: number, quantity: number, found: FoundPrice | null): SoldProduct => ({ rowId, name: `P${rowId}`, quantity, priceMinor, price: found })
const supply = (products: readonly SoldProduct[], late: readonly string[] = []) => dealSupply({
  products, currency: 'EUR', rates: { EUR: 1, USD: 0.9 }, riskOf: new Map(late.map(vendorId => [vendorId, { risks: ['late' as const], standing: null }])),
})

describe('what the products of a deal leave', () => {
  it('is the sold amount less the dated purchase price, and says how much of the amount that covers', () => {
    const found = supply([sold(1, 10_000, 3, price('a', 60)), sold(2, 5_000, 2, null), sold(3, 20_000, 1, price('b', 100, 'USD'))], ['b'])
    expect(found.products.map(({ margin }) => margin?.minor ?? null)).toEqual([12_000, null, 11_000])
    expect(found).toMatchObject({
      revenue: { minor: 60_000 }, coveredRevenue: { minor: 50_000 }, coverage: 50 / 60, knownCount: 2, margin: { minor: 23_000 }, marginAtRisk: { minor: 11_000 }, atRiskCount: 1,
    })
  })

  it('never takes an unknown price for a free one, nor a currency without rate for the deal\'s own', () => {
    const found = supply([sold(1, 10_000, 1, null), sold(2, 10_000, 1, price('a', 5, 'XAU'))], ['a'])
    expect(found).toMatchObject({ coverage: 0, knownCount: 0, margin: null, marginAtRisk: null, atRiskCount: 0 })
    expect(found.products[1]).toMatchObject({ unitPrice: 5, cost: null, risks: ['late'] })
  })

  it('puts nothing at risk where every vendor is well, and has no share of nothing', () => {
    expect(supply([sold(1, 10_000, 1, price('a', 50))]).marginAtRisk).toEqual({ minor: 0, currency: 'EUR' })
    expect(supply([])).toMatchObject({ revenue: null, coverage: null, margin: null, marginAtRisk: null })
  })

  it('keeps a loss at risk as a loss', () => {
    expect(supply([sold(1, 1_000, 1, price('a', 50))], ['a']).marginAtRisk).toEqual({ minor: -4_000, currency: 'EUR' })
  })
})

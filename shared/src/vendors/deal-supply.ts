import { toMinor, type Money } from '../money.ts'
import { convert, shareOf, type Rates } from './deal-margin.ts'
import type { DealProduct, DealSupply, PriceSource, SupplyRisk } from './deal-supply.contract.ts'

export interface FoundPrice {
  readonly vendorId: string
  readonly vendorName: string
  readonly source: PriceSource
  readonly document: string | null
  readonly unitPrice: number
  readonly currency: string
  readonly pricedOn: string | null
}

export interface SoldProduct {
  readonly rowId: number
  readonly name: string
  readonly quantity: number
  /** Price of one, after discount, in the deal's currency. */
  readonly priceMinor: number
  readonly price: FoundPrice | null
}

export interface VendorRisk {
  readonly risks: readonly SupplyRisk[]
  readonly standing: string | null
}

/** What the products of a deal leave, as far as their purchase price is known, and how much of that hangs on a vendor in trouble. */
export function dealSupply({ products: sold, riskOf, currency, rates }: {
  readonly products: readonly SoldProduct[]
  readonly riskOf: ReadonlyMap<string, VendorRisk>
  readonly currency: string
  readonly rates: Rates
}): Omit<DealSupply, 'orders'> {
  const products = sold.map(product => toProduct(product, riskOf, currency, rates))
  const known = products.filter(({ margin }) => margin !== null)
  const atRisk = known.filter(({ risks }) => risks.length > 0)
  const sum = (amounts: readonly (Money | null)[]): Money | null =>
    amounts.length > 0 ? { minor: amounts.reduce((total, amount) => total + (amount?.minor ?? 0), 0), currency } : null
  const revenue = sum(products.map(product => product.revenue))
  const coveredRevenue = sum(known.map(product => product.revenue))
  return {
    products,
    revenue,
    coveredRevenue,
    coverage: shareOf(revenue && (coveredRevenue?.minor ?? 0), revenue?.minor ?? null),
    knownCount: known.length,
    margin: sum(known.map(({ margin }) => margin)),
    // Nothing at risk is zero only where something is known.
    marginAtRisk: known.length > 0 ? sum(atRisk.map(({ margin }) => margin)) ?? { minor: 0, currency } : null,
    atRiskCount: atRisk.length,
  }
}

function toProduct({ rowId, name, quantity, priceMinor, price }: SoldProduct, riskOf: ReadonlyMap<string, VendorRisk>, currency: string, rates: Rates): DealProduct {
  const revenue = { minor: Math.round(priceMinor * quantity), currency }
  const spent = price && toMinor(price.unitPrice * quantity, price.currency)
  const cost = price && spent !== null ? convert({ minor: spent, currency: price.currency }, currency, rates) : null
  const risk = price ? riskOf.get(price.vendorId) : undefined
  return {
    rowId,
    name,
    quantity,
    revenue,
    vendorId: price?.vendorId ?? null,
    vendorName: price?.vendorName ?? null,
    source: price?.source ?? null,
    document: price?.document ?? null,
    unitPrice: price?.unitPrice ?? null,
    priceCurrency: price?.currency ?? null,
    pricedOn: price?.pricedOn ?? null,
    cost,
    margin: cost && { minor: revenue.minor - cost.minor, currency },
    risks: [...risk?.risks ?? []],
    standing: risk?.standing ?? null,
  }
}

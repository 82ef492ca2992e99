import { Type, type Static } from 'typebox'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { MaybeMoney, VendorId } from './vendor-fields.ts'

/** Where the purchase price of a product comes from, the nearest to the deal first. */
export const priceSources = ['deal_order', 'contract', 'last_order'] as const
export type PriceSource = (typeof priceSources)[number]

/** Why the margin of a product is at risk: its vendor is rated too low, or lets its orders wait. */
export const supplyRisks = ['standing', 'late'] as const
export type SupplyRisk = (typeof supplyRisks)[number]

export const DealProduct = Type.Object({
  rowId: Type.Integer(),
  name: Type.String(),
  quantity: Type.Number(),
  /** Price after discount × quantity, as the CRM holds them. */
  revenue: MaybeMoney,
  vendorId: Type.Union([VendorId, Type.Null()]),
  vendorName: NullableText(),
  source: Type.Union([Type.Enum([...priceSources]), Type.Null()]),
  /** Number of the order that holds the price. */
  document: NullableText(),
  unitPrice: NullableNumber(),
  priceCurrency: NullableText(),
  /** Day of the order, or first day of the contract price. */
  pricedOn: NullableText(),
  cost: MaybeMoney,
  margin: MaybeMoney,
  risks: Type.Array(Type.Enum([...supplyRisks])),
  /** The vendor's standing where it is the reason. */
  standing: NullableText(),
})
export type DealProduct = Static<typeof DealProduct>

export const DealOrder = Type.Object({
  orderId: Type.String(),
  number: Type.String(),
  vendorId: VendorId,
  vendorName: Type.String(),
  vendorEmail: NullableText(),
  orderedOn: Type.String(),
  openAmount: MaybeMoney,
  openLineCount: Type.Integer(),
  lateLineCount: Type.Integer(),
  /** The earliest day that a line still waits for, as it was promised last. */
  /** The first promise among the late lines. */
  latePromiseOn: NullableText(),
  nextPromiseOn: NullableText(),
  /** Of the line that waits longest, from its first promise. */
  daysLate: NullableInteger(),
})
export type DealOrder = Static<typeof DealOrder>

export const DealSupply = Type.Object({
  products: Type.Array(DealProduct),
  /** What the products are sold for, and the part of it whose purchase price is known. */
  revenue: MaybeMoney,
  coveredRevenue: MaybeMoney,
  coverage: NullableNumber(),
  knownCount: Type.Integer(),
  margin: MaybeMoney,
  /** Sum of the margins of the products with a risk; null where no margin is known. */
  marginAtRisk: MaybeMoney,
  atRiskCount: Type.Integer(),
  orders: Type.Array(DealOrder),
})
export type DealSupply = Static<typeof DealSupply>

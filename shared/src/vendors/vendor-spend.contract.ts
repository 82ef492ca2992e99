import { Type, type Static } from 'typebox'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { spendPeriods } from './spend-period.ts'
import { Day, MaybeMoney, Month } from './vendor-fields.ts'

export const SpendPeriodSchema = Type.Enum([...spendPeriods])

/** Money spent: what could be priced in the portal's currency, and how many purchases could not. */
export const SpendFigure = Type.Object({
  amount: MaybeMoney,
  purchaseCount: Type.Integer(),
  unpricedCount: Type.Integer(),
})
export type SpendFigure = Static<typeof SpendFigure>

export const SpendMonth = Type.Object({ month: Month, ...SpendFigure.properties })
export type SpendMonth = Static<typeof SpendMonth>

export const VendorSpend = Type.Object({
  period: SpendPeriodSchema,
  /** Months the figures cover; null when the vendor has no purchase and the period no ends of its own. */
  from: NullableText(),
  to: NullableText(),
  total: SpendFigure,
  /** What the portal spent with all vendors in the same months: the whole that the share is of. */
  portalTotal: SpendFigure,
  share: NullableNumber(),
  months: Type.Array(SpendMonth),
  /** The viewer may see the vendor and not what it costs: every figure is null for that reason. */
  isHidden: Type.Boolean(),
  /** The whole is what the viewer may see of the portal's spend, not all of it. */
  isWithinRights: Type.Boolean(),
  /** The last purchase ever, so that an empty period can say where the data is. */
  lastPurchaseOn: NullableText(),
})
export type VendorSpend = Static<typeof VendorSpend>

export const Purchase = Type.Object({
  purchaseId: Type.String(),
  spentOn: Day,
  /** The source gave a period without days: the day is the period's last. */
  isPeriodGuess: Type.Boolean(),
  amount: Type.Object({ minor: Type.Integer(), currency: Type.String() }),
  /** In the portal's currency; null when the purchase's currency has no rate. */
  baseAmount: MaybeMoney,
  reference: NullableText(),
  label: NullableText(),
  category: NullableText(),
  department: NullableText(),
  dealId: NullableInteger(),
})
export type Purchase = Static<typeof Purchase>

export const PurchaseFilter = Type.Object({
  from: Type.Optional(Month),
  to: Type.Optional(Month),
  dealId: Type.Optional(Type.Integer({ minimum: 1 })),
  unpriced: Type.Optional(Type.Boolean()),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
export type PurchaseFilter = Static<typeof PurchaseFilter>

export const PurchasePage = Type.Object({
  purchases: Type.Array(Purchase),
  /** Of everything the filter holds, not of this page: the list sums to the figure it was opened from. */
  total: SpendFigure,
  nextCursor: NullableText(),
  /** The viewer may see the vendor and not its purchases. */
  isHidden: Type.Boolean(),
})
export type PurchasePage = Static<typeof PurchasePage>

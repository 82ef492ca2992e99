import { Type, type Static } from 'typebox'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { Day, MaybeMoney, VendorId } from '../vendors/vendor-fields.ts'

export const RecordId = Type.String({ format: 'uuid' })
export const NullableDay = NullableText({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
export const NullableId = NullableText({ format: 'uuid' })
export const CurrencyCode = Type.String({ minLength: 3, maxLength: 10, pattern: '^[A-Za-z0-9]+$' })
export const Version = Type.Integer({ minimum: 1 })
const Name = Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' })
const Note = NullableText({ maxLength: 2000 })
const Number18 = { minimum: -1_000_000_000, maximum: 1_000_000_000 }
const Quantity = Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000_000 })
const Minor = Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 })

export const orderStatuses = ['draft', 'confirmed', 'closed', 'cancelled'] as const
export type OrderStatus = (typeof orderStatuses)[number]
export const invoiceStatuses = ['draft', 'registered', 'disputed', 'rejected'] as const
export type InvoiceStatus = (typeof invoiceStatuses)[number]
export const invoiceKinds = ['invoice', 'credit_note'] as const
export type InvoiceKind = (typeof invoiceKinds)[number]
export const documentOrigins = ['person', 'csv', 'crm', 'e-invoice', 'api', 'action'] as const
export type DocumentOrigin = (typeof documentOrigins)[number]

/** Prices are major units with up to six decimals: a screw costs 0.0042. */
export const OrderLineFields = Type.Object({
  lineId: Type.Optional(NullableId),
  itemCode: NullableText({ maxLength: 80 }),
  itemName: Name,
  unit: NullableText({ maxLength: 20 }),
  quantity: Quantity,
  unitPrice: NullableNumber(Number18),
  requestedOn: NullableDay,
  /** The first promise is kept for good; another day here is a later promise. */
  promisedOn: NullableDay,
  isCancelled: Type.Boolean(),
})
export type OrderLineFields = Static<typeof OrderLineFields>

export const OrderFields = Type.Object({
  number: Name,
  orderedOn: Day,
  currency: CurrencyCode,
  status: Type.Enum([...orderStatuses]),
  dealId: NullableInteger({ minimum: 1 }),
  department: NullableText({ maxLength: 120 }),
  category: NullableText({ maxLength: 120 }),
  note: Note,
  lines: Type.Array(OrderLineFields, { minItems: 1, maxItems: 500 }),
})
export type OrderFields = Static<typeof OrderFields>

export const ReceiptLineFields = Type.Object({
  orderLineId: NullableId,
  itemCode: NullableText({ maxLength: 80 }),
  itemName: NullableText({ maxLength: 300 }),
  /** What arrived, the rejected part included. */
  quantity: Quantity,
  rejectedQuantity: Type.Number({ minimum: 0, maximum: 1_000_000_000 }),
  rejectReason: NullableText({ maxLength: 300 }),
})
export type ReceiptLineFields = Static<typeof ReceiptLineFields>

export const ReceiptFields = Type.Object({
  number: Name,
  receivedOn: Day,
  note: Note,
  lines: Type.Array(ReceiptLineFields, { minItems: 1, maxItems: 500 }),
})
export type ReceiptFields = Static<typeof ReceiptFields>

export const InvoiceLineFields = Type.Object({
  invoiceLineId: Type.Optional(NullableId),
  orderLineId: NullableId,
  itemCode: NullableText({ maxLength: 80 }),
  description: Name,
  quantity: Type.Number(Number18),
  netMinor: Minor,
  taxRate: NullableNumber({ minimum: 0, maximum: 100 }),
  taxCategory: NullableText({ maxLength: 4 }),
  account: NullableText({ maxLength: 20 }),
  category: NullableText({ maxLength: 120 }),
})
export type InvoiceLineFields = Static<typeof InvoiceLineFields>

export const DocumentFile = Type.Object({
  name: Type.String({ maxLength: 300 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  profile: Type.String({ maxLength: 200 }),
})
export type DocumentFile = Static<typeof DocumentFile>

/** Net is the sum of the lines, the total net and tax: neither is typed. */
export const InvoiceFields = Type.Object({
  kind: Type.Enum([...invoiceKinds]),
  number: Name,
  issuedOn: Day,
  dueOn: NullableDay,
  receivedOn: NullableDay,
  currency: CurrencyCode,
  taxMinor: Minor,
  /** What is left to pay, where the document states another amount than its total. */
  dueMinor: NullableInteger({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 }),
  status: Type.Enum([...invoiceStatuses]),
  iban: NullableText({ maxLength: 60 }),
  paymentReference: NullableText({ maxLength: 140 }),
  orderId: NullableId,
  creditedInvoiceId: NullableId,
  dealId: NullableInteger({ minimum: 1 }),
  note: Note,
  lines: Type.Array(InvoiceLineFields, { minItems: 1, maxItems: 1000 }),
})
export type InvoiceFields = Static<typeof InvoiceFields>

export const PriceFields = Type.Object({
  itemCode: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  itemName: NullableText({ maxLength: 300 }),
  price: Type.Number({ minimum: 0, maximum: 1_000_000_000 }),
  currency: CurrencyCode,
  validFrom: NullableDay,
  validTo: NullableDay,
})
export type PriceFields = Static<typeof PriceFields>

const Moment = Type.String({ format: 'date-time' })
export const RequestFields = Type.Object({
  subject: Name,
  sentAt: Moment,
  answeredAt: NullableText({ format: 'date-time' }),
  slaHours: NullableNumber({ minimum: 0, maximum: 10_000 }),
  note: Note,
})
export type RequestFields = Static<typeof RequestFields>

/** Money spent without order or invoice: one line, entered by hand. */
export const SpendFields = Type.Object({
  spentOn: Day,
  amountMinor: Minor,
  currency: CurrencyCode,
  reference: NullableText({ maxLength: 200 }),
  label: NullableText({ maxLength: 300 }),
  category: NullableText({ maxLength: 120 }),
  department: NullableText({ maxLength: 120 }),
  dealId: NullableInteger({ minimum: 1 }),
})
export type SpendFields = Static<typeof SpendFields>

export const VendorName = { vendorId: VendorId, vendorName: Type.String() }
export { Day, MaybeMoney, VendorId }

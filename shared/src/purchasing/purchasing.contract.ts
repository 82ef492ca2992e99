import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { duplicateReasons } from './duplicate-invoice.ts'
import {
  Day, documentOrigins, InvoiceFields, invoiceKinds, InvoiceLineFields, invoiceStatuses, MaybeMoney, OrderFields, OrderLineFields,
  PriceFields, ReceiptFields, ReceiptLineFields, RecordId, RequestFields, SpendFields, VendorId, VendorName, Version,
} from './purchasing-fields.ts'
import { findingCodes, matchStatuses } from './three-way-match.ts'

const Origin = Type.Enum([...documentOrigins])
const Promised = Type.Object({ promisedOn: Type.String(), statedAt: Type.String() })

export const OrderLine = Type.Object({
  ...OrderLineFields.properties,
  lineId: Type.String(),
  /** Every promise in the order it was given; the first counts. */
  promises: Type.Array(Promised),
  receivedQuantity: Type.Number(),
  rejectedQuantity: Type.Number(),
  invoicedQuantity: Type.Number(),
  lastReceivedOn: NullableText(),
  /** Of a line still open after its first promise, on the day of asking; null when it is not late. */
  daysLate: NullableInteger(),
})
export type OrderLine = Static<typeof OrderLine>

export const Order = Type.Object({
  ...OrderFields.properties,
  ...VendorName,
  orderId: Type.String(),
  lines: Type.Array(OrderLine),
  /** Of the lines with a price that are not cancelled; null when none has one. */
  amount: MaybeMoney,
  unpricedLineCount: Type.Integer(),
  origin: Origin,
  version: Type.Integer(),
})
export type Order = Static<typeof Order>

export const ReceiptLine = Type.Object({ ...ReceiptLineFields.properties, receiptLineId: Type.String(), orderNumber: NullableText() })
export const Receipt = Type.Object({
  ...ReceiptFields.properties, ...VendorName, receiptId: Type.String(), lines: Type.Array(ReceiptLine), origin: Origin, version: Type.Integer(),
})
export type Receipt = Static<typeof Receipt>

const FindingSchema = Type.Object({
  code: Type.Enum([...findingCodes]),
  status: Type.Enum([...matchStatuses]),
  expected: NullableNumber(),
  actual: NullableNumber(),
  differenceMinor: NullableInteger(),
})
export const MatchSchema = Type.Object({
  status: Type.Enum([...matchStatuses]),
  lines: Type.Array(Type.Object({ invoiceLineId: Type.String(), status: Type.Enum([...matchStatuses]), findings: Type.Array(FindingSchema) })),
})

const ibanChecks = ['same', 'different', 'unknown'] as const
/** The IBAN on the document beside the one on file; null when the document names none. */
const IbanCheck = Type.Union([Type.Null(), Type.Enum([...ibanChecks])])

const InvoiceLine = Type.Object({ ...InvoiceLineFields.properties, invoiceLineId: Type.String(), orderNumber: NullableText(), orderedItem: NullableText() })
export const Invoice = Type.Object({
  ...InvoiceFields.properties,
  ...VendorName,
  invoiceId: Type.String(),
  lines: Type.Array(InvoiceLine),
  netMinor: Type.Integer(),
  totalMinor: Type.Integer(),
  document: Type.Union([Type.Null(), Type.Object({ name: Type.String(), sha256: Type.String(), profile: Type.String() })]),
  ibanCheck: IbanCheck,
  /** Null for credit notes: they are no claim. */
  match: Type.Union([Type.Null(), MatchSchema]),
  isMatchAccepted: Type.Boolean(),
  matchNote: NullableText(),
  origin: Origin,
  version: Type.Integer(),
})
export type Invoice = Static<typeof Invoice>

export const Price = Type.Object({ ...PriceFields.properties, priceId: Type.String(), version: Type.Integer() })
export type Price = Static<typeof Price>
export const VendorRequest = Type.Object({ ...RequestFields.properties, requestId: Type.String(), version: Type.Integer() })
export type VendorRequest = Static<typeof VendorRequest>

export const PurchasingTotals = Type.Object({
  openOrderCount: Type.Integer(),
  openOrderAmount: MaybeMoney,
  /** Open amounts in a currency without rate: counted, never summed. */
  unpricedCount: Type.Integer(),
  lateLineCount: Type.Integer(),
  toCheckCount: Type.Integer(),
  invoicedAmount: MaybeMoney,
})
export type PurchasingTotals = Static<typeof PurchasingTotals>

export const VendorPurchasing = Type.Object({
  vendorId: VendorId,
  vendorName: Type.String(),
  currency: Type.String(),
  mayEdit: Type.Boolean(),
  totals: PurchasingTotals,
  orders: Type.Array(Order),
  receipts: Type.Array(Receipt),
  invoices: Type.Array(Invoice),
  prices: Type.Array(Price),
  requests: Type.Array(VendorRequest),
  /** How many there are of each; the lists hold the latest two hundred. */
  counts: Type.Object({ orders: Type.Integer(), receipts: Type.Integer(), invoices: Type.Integer(), prices: Type.Integer(), requests: Type.Integer() }),
})
export type VendorPurchasing = Static<typeof VendorPurchasing>

export const LateLine = Type.Object({
  ...VendorName, vendorEmail: NullableText(), orderId: Type.String(), orderNumber: Type.String(), itemName: Type.String(), openQuantity: Type.Number(), unit: NullableText(),
  promisedOn: Type.String(), lastPromisedOn: Type.String(), daysLate: Type.Integer(),
})
export type LateLine = Static<typeof LateLine>

export const OpenOrder = Type.Object({
  ...VendorName, orderId: Type.String(), number: Type.String(), orderedOn: Type.String(), amount: MaybeMoney, openAmount: MaybeMoney, lineCount: Type.Integer(),
  openLineCount: Type.Integer(), lateLineCount: Type.Integer(), nextPromiseOn: NullableText(),
})
export type OpenOrder = Static<typeof OpenOrder>

export const InvoiceToCheck = Type.Object({
  ...VendorName, invoiceId: Type.String(), number: Type.String(), kind: Type.Enum([...invoiceKinds]), status: Type.Enum([...invoiceStatuses]), issuedOn: Type.String(), dueOn: NullableText(),
  total: MaybeMoney, matchStatus: Type.Union([Type.Null(), Type.Enum([...matchStatuses])]), findings: Type.Array(Type.Enum([...findingCodes])), differenceMinor: NullableInteger(), ibanCheck: IbanCheck,
})
export type InvoiceToCheck = Static<typeof InvoiceToCheck>

export const PurchasingOverview = Type.Object({
  totals: PurchasingTotals, openOrders: Type.Array(OpenOrder), lateLines: Type.Array(LateLine), invoicesToCheck: Type.Array(InvoiceToCheck),
})
export type PurchasingOverview = Static<typeof PurchasingOverview>

export const Tolerance = Type.Object({
  pricePercent: Type.Number({ minimum: 0, maximum: 100 }),
  quantityPercent: Type.Number({ minimum: 0, maximum: 100 }),
  /** For a line, in the portal's currency. */
  amountMinor: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
})
export type Tolerance = Static<typeof Tolerance>
const ToleranceReply = Type.Object({ ...Tolerance.properties, isOwn: Type.Boolean() })

export const InvoiceWarnings = Type.Object({
  duplicates: Type.Array(Type.Object({ invoiceId: Type.String(), number: Type.String(), issuedOn: Type.String(), total: MaybeMoney, reason: Type.Enum([...duplicateReasons]) })),
  /** Purchases with the invoice's number that were entered or imported without it: the money would count twice. */
  countedPurchases: Type.Array(Type.Object({ purchaseId: Type.String(), spentOn: Type.String(), amount: MaybeMoney, label: NullableText() })),
  ibanCheck: IbanCheck,
})
export type InvoiceWarnings = Static<typeof InvoiceWarnings>

const InvoiceToWarnOf = Type.Object({
  invoiceId: NullableText(),
  kind: Type.Enum([...invoiceKinds]),
  number: Type.String({ maxLength: 300 }),
  issuedOn: Day,
  currency: Type.String({ maxLength: 10 }),
  totalMinor: Type.Integer(),
  iban: NullableText({ maxLength: 60 }),
})
export type InvoiceToWarnOf = Static<typeof InvoiceToWarnOf>

const ofVendor = Type.Object({ vendorId: VendorId })
const versioned = Type.Object({ version: Version })
const changing = ['purchasing.not_found', 'purchasing.changed_meanwhile', 'vendor.not_found'] as const
const Done = Type.Object({ isDone: Type.Boolean() })
const by = <const K extends string>(name: K) => Type.Object({ [name]: RecordId } as Record<K, typeof RecordId>)

export const purchasingApi = {
  overview: endpoint({ method: 'GET', path: '/api/purchasing', summary: 'Open orders, late deliveries and invoices to check of all vendors one may see', reply: PurchasingOverview, errors: [] }),
  vendor: endpoint({ method: 'GET', path: '/api/vendors/:vendorId/purchasing', summary: 'Orders, receipts, invoices, prices and requests of a vendor', params: ofVendor, reply: VendorPurchasing, errors: ['vendor.not_found'] }),

  order: endpoint({ method: 'GET', path: '/api/purchase-orders/:orderId', summary: 'An order with its promises and what has arrived', params: by('orderId'), reply: Order, errors: changing }),
  createOrder: endpoint({ method: 'POST', path: '/api/vendors/:vendorId/purchase-orders', isOnceAClick: true, summary: 'Enter an order', params: ofVendor, body: OrderFields, reply: Order, errors: ['vendor.not_found', 'vendor.orders_blocked'] }),
  updateOrder: endpoint({ method: 'PUT', path: '/api/purchase-orders/:orderId', summary: 'Change an order; the first promises stay', params: by('orderId'), body: Type.Object({ version: Version, ...OrderFields.properties }), reply: Order, errors: [...changing, 'purchasing.line_in_use', 'vendor.orders_blocked'] }),
  promise: endpoint({
    method: 'POST', path: '/api/purchase-orders/:orderId/promises', summary: 'Note a promised day for lines of an order', params: by('orderId'),
    body: Type.Object({ version: Version, promisedOn: Day, lineIds: Type.Array(RecordId, { minItems: 1, maxItems: 500 }) }), reply: Order, errors: changing,
  }),
  deleteOrder: endpoint({ method: 'DELETE', path: '/api/purchase-orders/:orderId', summary: 'Delete an order that nothing refers to', params: by('orderId'), query: versioned, reply: Done, errors: [...changing, 'purchasing.line_in_use'] }),

  createReceipt: endpoint({ method: 'POST', path: '/api/vendors/:vendorId/goods-receipts', isOnceAClick: true, summary: 'Enter a receipt, whole or partial', params: ofVendor, body: ReceiptFields, reply: Receipt, errors: ['vendor.not_found', 'purchasing.other_vendor'] }),
  updateReceipt: endpoint({ method: 'PUT', path: '/api/goods-receipts/:receiptId', summary: 'Change a receipt', params: by('receiptId'), body: Type.Object({ version: Version, ...ReceiptFields.properties }), reply: Receipt, errors: [...changing, 'purchasing.other_vendor'] }),
  deleteReceipt: endpoint({ method: 'DELETE', path: '/api/goods-receipts/:receiptId', summary: 'Delete a receipt', params: by('receiptId'), query: versioned, reply: Done, errors: changing }),

  invoice: endpoint({ method: 'GET', path: '/api/vendor-invoices/:invoiceId', summary: 'An invoice beside its order and receipts', params: by('invoiceId'), reply: Invoice, errors: changing }),
  checkInvoice: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/vendor-invoices/check', summary: 'What speaks against an invoice before it is saved: duplicates, spend that is counted, another IBAN', params: ofVendor,
    body: InvoiceToWarnOf, reply: InvoiceWarnings, errors: ['vendor.not_found'],
  }),
  createInvoice: endpoint({ method: 'POST', path: '/api/vendors/:vendorId/vendor-invoices', isOnceAClick: true, summary: 'Enter an invoice or a credit note', params: ofVendor, body: InvoiceFields, reply: Invoice, errors: ['vendor.not_found', 'purchasing.other_vendor', 'purchasing.tax_mismatch'] }),
  updateInvoice: endpoint({ method: 'PUT', path: '/api/vendor-invoices/:invoiceId', summary: 'Change an invoice', params: by('invoiceId'), body: Type.Object({ version: Version, ...InvoiceFields.properties }), reply: Invoice, errors: [...changing, 'purchasing.other_vendor', 'purchasing.tax_mismatch'] }),
  invoiceStatus: endpoint({ method: 'POST', path: '/api/vendor-invoices/:invoiceId/status', summary: 'Register, dispute or reject an invoice', params: by('invoiceId'), body: Type.Object({ version: Version, status: Type.Enum([...invoiceStatuses]), note: NullableText({ maxLength: 2000 }) }), reply: Invoice, errors: changing }),
  acceptMatch: endpoint({ method: 'POST', path: '/api/vendor-invoices/:invoiceId/accept', summary: 'Take the differences to order and receipt, with a reason; or take that back', params: by('invoiceId'), body: Type.Object({ version: Version, isAccepted: Type.Boolean(), note: NullableText({ maxLength: 500 }) }), reply: Invoice, errors: changing }),
  deleteInvoice: endpoint({ method: 'DELETE', path: '/api/vendor-invoices/:invoiceId', summary: 'Delete an invoice with its spend', params: by('invoiceId'), query: versioned, reply: Done, errors: [...changing, 'purchasing.line_in_use'] }),

  createPrice: endpoint({ method: 'POST', path: '/api/vendors/:vendorId/contract-prices', isOnceAClick: true, summary: 'Enter an agreed price', params: ofVendor, body: PriceFields, reply: Price, errors: ['vendor.not_found'] }),
  updatePrice: endpoint({ method: 'PUT', path: '/api/contract-prices/:priceId', summary: 'Change an agreed price', params: by('priceId'), body: Type.Object({ version: Version, ...PriceFields.properties }), reply: Price, errors: changing }),
  deletePrice: endpoint({ method: 'DELETE', path: '/api/contract-prices/:priceId', summary: 'Delete an agreed price', params: by('priceId'), query: versioned, reply: Done, errors: changing }),
  createRequest: endpoint({ method: 'POST', path: '/api/vendors/:vendorId/requests', isOnceAClick: true, summary: 'Note what a vendor was asked', params: ofVendor, body: RequestFields, reply: VendorRequest, errors: ['vendor.not_found'] }),
  updateRequest: endpoint({ method: 'PUT', path: '/api/vendor-requests/:requestId', summary: 'Change a request, or note its answer', params: by('requestId'), body: Type.Object({ version: Version, ...RequestFields.properties }), reply: VendorRequest, errors: changing }),
  deleteRequest: endpoint({ method: 'DELETE', path: '/api/vendor-requests/:requestId', summary: 'Delete a request', params: by('requestId'), query: versioned, reply: Done, errors: changing }),

  createSpend: endpoint({ method: 'POST', path: '/api/vendors/:vendorId/purchases', isOnceAClick: true, summary: 'Enter money spent without order or invoice', params: ofVendor, body: SpendFields, reply: Type.Object({ purchaseId: Type.String() }), errors: ['vendor.not_found'] }),
  deleteSpend: endpoint({ method: 'DELETE', path: '/api/purchases/:purchaseId', summary: 'Delete a purchase that was entered by hand', params: by('purchaseId'), reply: Done, errors: ['purchasing.not_found', 'purchasing.not_by_hand', 'vendor.not_found'] }),

  tolerance: endpoint({ method: 'GET', path: '/api/vendors/:vendorId/match-tolerance', summary: 'How far invoices of a vendor may be from their orders', params: ofVendor, reply: ToleranceReply, errors: ['vendor.not_found'] }),
  saveTolerance: endpoint({ method: 'PUT', path: '/api/vendors/:vendorId/match-tolerance', summary: 'Set the tolerance of a vendor; null takes the portal\'s again', params: ofVendor, body: Type.Object({ isOwn: Type.Boolean(), ...Tolerance.properties }), reply: ToleranceReply, errors: ['vendor.not_found'] }),
  portalTolerance: endpoint({ method: 'PUT', path: '/api/match-tolerance', summary: 'Set the tolerance of vendors without one of their own', access: 'admin', body: Tolerance, reply: ToleranceReply, errors: [] }),
}

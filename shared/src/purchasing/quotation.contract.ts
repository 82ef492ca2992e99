import { Type, type Static } from 'typebox'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { CurrencyCode, Day, NullableDay, NullableId, RecordId, VendorId, VendorName, Version } from './purchasing-fields.ts'

export const roundStatuses = ['open', 'awarded', 'cancelled'] as const
const Title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

const ItemFields = Type.Object({
  itemId: Type.Optional(NullableId), itemCode: NullableText({ maxLength: 80 }), itemName: Title, unit: NullableText({ maxLength: 20 }), quantity: Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000_000 }),
})
export const RoundFields = Type.Object({
  title: Title, currency: CurrencyCode, openedOn: Day, closesOn: NullableDay, note: NullableText({ maxLength: 2000 }),
  items: Type.Array(ItemFields, { minItems: 1, maxItems: 200 }),
  vendorIds: Type.Array(VendorId, { minItems: 1, maxItems: 20, uniqueItems: true }),
})
export type RoundFields = Static<typeof RoundFields>

/** Of items and vendors, where they are given, those no longer named go, with the prices that hang on them. */
export const RoundChanges = Type.Object({
  title: Title, closesOn: NullableDay, note: NullableText({ maxLength: 2000 }),
  items: Type.Optional(Type.Array(ItemFields, { minItems: 1, maxItems: 200 })),
  vendorIds: Type.Optional(Type.Array(VendorId, { minItems: 1, maxItems: 20, uniqueItems: true })),
})
export type RoundChanges = Static<typeof RoundChanges>

export const QuotationFields = Type.Object({
  number: NullableText({ maxLength: 100 }), receivedOn: NullableDay, validUntil: NullableDay, currency: CurrencyCode,
  leadTimeDays: NullableInteger({ minimum: 0, maximum: 3650 }), paymentTermDays: NullableInteger({ minimum: 0, maximum: 365 }), terms: NullableText({ maxLength: 1000 }),
  shippingMinor: NullableInteger({ minimum: 0, maximum: 1_000_000_000 }), isDeclined: Type.Boolean(),
  lines: Type.Array(Type.Object({ itemId: RecordId, unitPrice: NullableNumber({ minimum: 0, maximum: 1_000_000_000 }), leadTimeDays: NullableInteger({ minimum: 0, maximum: 3650 }) }), { maxItems: 200 }),
})
export type QuotationFields = Static<typeof QuotationFields>

export const Quotation = Type.Object({
  ...QuotationFields.properties, ...VendorName, quotationId: Type.String(), totalMinor: NullableInteger(), missingCount: Type.Integer(),
  /** How the vendor is rated, of 100; null without a score, and for who may not see scores. */
  score: NullableNumber(),
})
export type Quotation = Static<typeof Quotation>

export const Round = Type.Object({
  roundId: Type.String(), title: Type.String(), currency: Type.String(), openedOn: Type.String(), closesOn: NullableText(), note: NullableText(), status: Type.Enum([...roundStatuses]), version: Type.Integer(),
  items: Type.Array(Type.Object({
    ...ItemFields.properties, itemId: Type.String(), awardedVendorId: NullableText(),
    /** Vendors with the lowest price of this line. */
    best: Type.Array(Type.String()),
  })),
  quotations: Type.Array(Quotation),
  bestWhole: NullableText(),
  split: Type.Union([Type.Null(), Type.Object({ vendorOfItem: Type.Record(Type.String(), Type.String()), totalMinor: Type.Integer(), missingCount: Type.Integer() })]),
})
export type Round = Static<typeof Round>

const RoundRow = Type.Object({ roundId: Type.String(), title: Type.String(), status: Type.Enum([...roundStatuses]), openedOn: Type.String(), closesOn: NullableText(), vendorCount: Type.Integer(), answeredCount: Type.Integer() })
export type RoundRow = Static<typeof RoundRow>

const ofRound = Type.Object({ roundId: RecordId })
const errors = ['purchasing.not_found', 'purchasing.changed_meanwhile', 'vendor.not_found'] as const

export const quotationApi = {
  list: endpoint({ method: 'GET', path: '/api/quotation-rounds', summary: 'Quotation rounds in which one may see a vendor\'s prices', reply: Type.Array(RoundRow), errors: [] }),
  get: endpoint({ method: 'GET', path: '/api/quotation-rounds/:roundId', summary: 'A round with its quotations side by side', params: ofRound, reply: Round, errors }),
  export: endpoint({
    method: 'GET', path: '/api/quotation-rounds/:roundId/export', summary: 'The quotations side by side as PDF, workbook or CSV', params: ofRound,
    query: Type.Object({ format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }), reply: DocumentReply, errors,
  }),
  create: endpoint({ method: 'POST', path: '/api/quotation-rounds', isOnceAClick: true, summary: 'Ask several vendors the same', body: RoundFields, reply: Round, errors: ['vendor.not_found', 'purchasing.not_found'] }),
  update: endpoint({
    method: 'PATCH', path: '/api/quotation-rounds/:roundId', summary: 'Change what is asked in a round, of whom, and until when', params: ofRound,
    body: Type.Object({ version: Version, ...RoundChanges.properties }), reply: Round, errors,
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/quotation-rounds/:roundId', summary: 'Delete a round with its quotations', params: ofRound, query: Type.Object({ version: Version }),
    reply: Type.Object({ isDone: Type.Boolean() }), errors,
  }),
  quote: endpoint({ method: 'PUT', path: '/api/quotation-rounds/:roundId/quotations/:vendorId', summary: 'Enter what a vendor quotes', params: Type.Object({ roundId: RecordId, vendorId: VendorId }), body: QuotationFields, reply: Round, errors }),
  order: endpoint({
    method: 'POST', path: '/api/quotation-rounds/:roundId/orders', summary: 'Make draft orders of what was awarded, one a vendor; a vendor\'s only once', params: ofRound,
    reply: Type.Object({ orders: Type.Array(Type.Object({ vendorName: Type.String() })) }), errors,
  }),
  award: endpoint({
    method: 'POST', path: '/api/quotation-rounds/:roundId/award', summary: 'Decide whose line is taken', params: ofRound,
    body: Type.Object({ version: Version, status: Type.Enum([...roundStatuses]), awards: Type.Array(Type.Object({ itemId: RecordId, vendorId: NullableId }), { maxItems: 200 }) }), reply: Round, errors,
  }),
}

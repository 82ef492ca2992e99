import { Type, type Static } from 'typebox'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { periodKinds } from '../insights/period.ts'
import { abcClasses, concentrationBands } from './concentration.ts'

export const spendDimensions = ['vendor', 'category', 'department', 'month'] as const
export type SpendDimension = (typeof spendDimensions)[number]
export const SpendDimensionSchema = Type.Enum([...spendDimensions])

/** The key of what has no category or department: told from one that is called so. */
export const withoutGroup = ''

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

const chosen = {
  period: Type.Enum([...periodKinds]),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** Only these: so that a figure opens into its parts. */
  vendorId: Type.Optional(Type.String({ format: 'uuid' })),
  category: Type.Optional(Type.String({ maxLength: 200 })),
  department: Type.Optional(Type.String({ maxLength: 200 })),
} as const

export const SpendQuery = Type.Object({ ...chosen, by: SpendDimensionSchema })
export type SpendQuery = Static<typeof SpendQuery>

export const SpendTotal = Type.Object({
  /** Minor units of the portal's currency; null when nothing could be priced. */
  amountMinor: NullableInteger(),
  purchases: Type.Integer(),
  /** Counted, never summed: their currency has no rate. */
  unpriced: Type.Integer(),
})
export type SpendTotal = Static<typeof SpendTotal>

export const SpendGroup = Type.Object({
  /** Vendor's id, category, department or month `YYYY-MM`; empty for none. */
  key: Type.String(),
  label: Type.String(),
  ...SpendTotal.properties,
  share: NullableNumber(),
  cumulativeShare: NullableNumber(),
  abc: Type.Union([Type.Enum([...abcClasses]), Type.Null()]),
})
export type SpendGroup = Static<typeof SpendGroup>

export const SpendReport = Type.Object({
  from: NullableText(),
  /** Last day, included. */
  to: NullableText(),
  currency: Type.String(),
  by: SpendDimensionSchema,
  total: SpendTotal,
  /** By falling amount; months in their order. */
  groups: Type.Array(SpendGroup),
  /** Over vendors, whatever the groups. */
  concentration: Type.Union([Type.Null(), Type.Object({
    index: Type.Number(),
    effectiveVendors: Type.Number(),
    largestShare: Type.Number(),
    threeLargestShare: Type.Number(),
    band: Type.Enum([...concentrationBands]),
    vendors: Type.Integer(),
    withoutShare: Type.Integer(),
  })]),
  /** The viewer does not see every vendor's prices: these figures are of those they may see. */
  isWithinRights: Type.Boolean(),
})
export type SpendReport = Static<typeof SpendReport>

export const SpendLine = Type.Object({
  purchaseId: Type.String(),
  vendorId: Type.String(),
  vendor: Type.String(),
  spentOn: Type.String(),
  amountMinor: Type.Integer(),
  currency: Type.String(),
  baseMinor: NullableInteger(),
  reference: NullableText(),
  label: NullableText(),
  category: NullableText(),
  department: NullableText(),
})
export type SpendLine = Static<typeof SpendLine>

export const SpendLines = Type.Object({
  lines: Type.Array(SpendLine),
  /** Of all lines, not of this page. */
  total: SpendTotal,
  nextCursor: NullableText(),
})
export type SpendLines = Static<typeof SpendLines>

export const PriceRow = Type.Object({
  vendorId: Type.String(),
  vendor: Type.String(),
  item: Type.String(),
  itemName: Type.String(),
  lines: Type.Integer(),
  /** Major units of the portal's currency, up to six decimals. */
  first: Type.Number(),
  last: Type.Number(),
  least: Type.Number(),
  most: Type.Number(),
  quantity: Type.Number(),
  changePercent: NullableNumber(),
  baseline: NullableNumber(),
  /** Minor units of the portal's currency. */
  effectMinor: NullableInteger(),
  /** Nobody else delivered this item in the period or the twelve months before. */
  isSingleSource: Type.Boolean(),
})
export type PriceRow = Static<typeof PriceRow>

export const PriceReport = Type.Object({
  currency: Type.String(),
  rows: Type.Array(PriceRow),
  /** Sums of the effects below and above zero; null when no item has a baseline. */
  savedMinor: NullableInteger(),
  overspentMinor: NullableInteger(),
  /** Invoiced lines that could not take part: no item code, no quantity, no rate. */
  leftOut: Type.Integer(),
  isWithinRights: Type.Boolean(),
})
export type PriceReport = Static<typeof PriceReport>

export const PunctualityReport = Type.Object({
  months: Type.Array(Type.Object({
    month: Type.String(),
    /** Order lines whose first promise fell into the month and has passed. */
    due: Type.Integer(),
    /** Of them, delivered in full by then. */
    inFull: Type.Integer(),
    neverDelivered: Type.Integer(),
  })),
  notPromised: Type.Integer(),
  isWithinRights: Type.Boolean(),
})
export type PunctualityReport = Static<typeof PunctualityReport>

/** One order line that was due, and what had come of it. */
export const DueLine = Type.Object({
  lineId: Type.String(),
  orderId: Type.String(),
  orderNumber: Type.String(),
  vendorId: Type.String(),
  vendor: Type.String(),
  itemName: Type.String(),
  promisedOn: Type.String(),
  quantity: Type.Number(),
  receivedInTime: Type.Number(),
  received: Type.Number(),
  /** The last day on which something of it arrived. */
  lastReceivedOn: NullableText(),
})
export type DueLine = Static<typeof DueLine>

/** At most so many lines of a month are listed, the latest ones first. */
export const mostDueLines = 500

const PeriodQuery = Type.Object(chosen)

export const spendReportApi = {
  summary: endpoint({
    method: 'GET', path: '/api/spend-reports/summary',
    summary: 'Spend of a period by vendor, category, department or month, with its concentration',
    query: SpendQuery, reply: SpendReport, errors: [],
  }),
  lines: endpoint({
    method: 'GET', path: '/api/spend-reports/lines',
    summary: 'The purchases behind a figure, newest first',
    query: Type.Object({ ...chosen, month: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}$' })), cursor: Type.Optional(Type.String({ maxLength: 400 })) }),
    reply: SpendLines, errors: [],
  }),
  prices: endpoint({
    method: 'GET', path: '/api/spend-reports/prices',
    summary: 'How prices of items moved, what was saved against the twelve months before, and single sources',
    query: PeriodQuery, reply: PriceReport, errors: [],
  }),
  punctuality: endpoint({
    method: 'GET', path: '/api/spend-reports/punctuality',
    summary: 'Deliveries in full by the first promise, by month',
    query: PeriodQuery, reply: PunctualityReport, errors: [],
  }),
  dueLines: endpoint({
    method: 'GET', path: '/api/spend-reports/punctuality/lines',
    summary: 'The order lines behind a month of punctuality, what is missing first',
    query: Type.Object({ ...chosen, month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }) }),
    reply: Type.Object({ lines: Type.Array(DueLine) }), errors: [],
  }),
  export: endpoint({
    method: 'GET', path: '/api/spend-reports/export',
    summary: 'The report as PDF, workbook or CSV',
    query: Type.Object({ ...SpendQuery.properties, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }),
    reply: DocumentReply, errors: [],
  }),
  exportPunctuality: endpoint({
    method: 'GET', path: '/api/spend-reports/punctuality/export',
    summary: 'Punctuality by month as PDF, workbook or CSV',
    query: Type.Object({ ...chosen, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }),
    reply: DocumentReply, errors: [],
  }),
  exportPrices: endpoint({
    method: 'GET', path: '/api/spend-reports/prices/export',
    summary: 'The prices as PDF, workbook or CSV',
    query: Type.Object({ ...chosen, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }),
    reply: DocumentReply, errors: [],
  }),
}
export type SpendLinesQuery = Static<typeof spendReportApi.lines.query>
export type SpendPeriodQuery = Static<typeof PeriodQuery>

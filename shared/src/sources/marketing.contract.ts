import { Type, type Static } from 'typebox'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { periodKinds } from '../insights/period.ts'
import { missingReasons } from './marketing.ts'

export const marketingDimensions = ['channel', 'campaign'] as const
export type MarketingDimension = (typeof marketingDimensions)[number]

const Period = {
  period: Type.Enum([...periodKinds]),
  from: Type.Optional(Type.String({ format: 'date' })),
  to: Type.Optional(Type.String({ format: 'date' })),
}
const MarketingQuery = Type.Object({ ...Period, by: Type.Optional(Type.Enum([...marketingDimensions])) })
export type MarketingQuery = Static<typeof MarketingQuery>

const Ratio = Type.Object({ value: NullableNumber(), missing: Type.Union([Type.Enum([...missingReasons]), Type.Null()]) })

const Numbers = {
  costMinor: NullableInteger(), impressions: NullableInteger(), clicks: NullableInteger(),
  leads: Type.Integer(), converted: Type.Integer(), won: Type.Integer(), revenueMinor: NullableInteger(), withoutAmount: Type.Integer(), newCustomers: Type.Integer(),
  costPerLead: Ratio, cac: Ratio, roas: Ratio, conversion: Ratio,
}

export const MarketingRow = Type.Object({ key: Type.String(), label: NullableText(), ...Numbers })
export type MarketingRow = Static<typeof MarketingRow>

export const MarketingReport = Type.Object({
  by: Type.Enum([...marketingDimensions]),
  currency: Type.String(),
  from: NullableText(),
  to: NullableText(),
  rows: Type.Array(MarketingRow),
  total: Type.Object(Numbers),
  /** Only deals and leads that the viewer may count are in it; costs are the company's. */
  isRestricted: Type.Boolean(),
  leftOut: Type.Object({
    /** Rows of cost in a currency without rate. */
    costsWithoutRate: Type.Integer(),
    /** Won deals without an amount, or in a currency without rate. */
    wonWithoutAmount: Type.Integer(),
  }),
  hasSources: Type.Boolean(),
  /** Which source of the CRM each channel of the costs stands for. */
  channels: Type.Array(Type.Object({ channelKey: Type.String(), channel: Type.String(), crmSourceId: NullableText(), isAutomatic: Type.Boolean() })),
  crmSources: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
})
export type MarketingReport = Static<typeof MarketingReport>

export const marketingApi = {
  report: endpoint({ method: 'GET', path: '/api/marketing', summary: 'Advertising cost beside leads, customers and revenue, by channel or campaign', query: MarketingQuery, reply: MarketingReport, errors: ['request.invalid'] }),
  export: endpoint({
    method: 'GET', path: '/api/marketing/export', query: Type.Object({ ...MarketingQuery.properties, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }),
    reply: DocumentReply, errors: ['request.invalid'],
  }),
  link: endpoint({
    method: 'PUT', path: '/api/marketing/channels', access: 'admin', summary: 'Say which source of the CRM a channel of the costs stands for; null takes it back',
    body: Type.Object({ channelKey: Type.String({ minLength: 1, maxLength: 200 }), crmSourceId: NullableText({ maxLength: 50 }) }), reply: Type.Object({}), errors: [],
  }),
}

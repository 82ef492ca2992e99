import { Type, type Static, type TSchema } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { ageingBuckets } from '../payments/ageing.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { bucketKinds } from './bucket.ts'
import { dimensions, leftOutReasons, metricIds, metricUnits, missingReasons, outcomes } from './metric.ts'
import { MetricDefinitionSchema } from './metric.schema.ts'
import { periodKinds } from './period.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Ids = Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 200 })

export const analyticsScopes = ['own', 'department', 'all'] as const
/** Until an administrator says otherwise: nobody is shown more than the strictest of portals shows. */
export const usualAnalyticsScope = 'own' satisfies (typeof analyticsScopes)[number]
export const AnalyticsScope = Type.Enum([...analyticsScopes])
export type AnalyticsScope = Static<typeof AnalyticsScope>

/** Which records a number is about. An absent list means all. */
export const MetricFilters = Type.Object({
  period: Type.Enum([...periodKinds]),
  /** For `custom` alone; both days are included. */
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  userIds: Type.Optional(Ids),
  categoryIds: Type.Optional(Ids),
  /** Deals of a saved segment alone. */
  segmentId: Type.Optional(Type.String({ format: 'uuid' })),
  /** How fine time is told; absent, or too fine to read: as suits the period. */
  step: Type.Optional(Type.Enum([...bucketKinds])),
})
export type MetricFilters = Static<typeof MetricFilters>

/** One channel or campaign alone, by the key of its part: of the numbers of marketing. */
const MarketingPart = { channel: Type.Optional(Type.String({ maxLength: 250 })), campaign: Type.Optional(Type.String({ maxLength: 250 })) }

/** Everything that makes one number: the same for a tile, a report line and a workflow step. */
export const MetricQuery = Type.Object({
  metricId: Type.Enum([...metricIds]),
  ...MetricFilters.properties,
  ...MarketingPart,
  by: Type.Optional(Type.Enum([...dimensions])),
})
export type MetricQuery = Static<typeof MetricQuery>

/** First and last day, both included; null without limit. */
export const Days = Type.Object({ from: NullableText(), to: NullableText() })
export type Days = Static<typeof Days>

export const MetricPart = Type.Object({
  /** First day of the piece of time, the id of stage, pipeline, user, company, source or vendor, the age of a debt, or the key of a channel or campaign. */
  key: Type.String(),
  label: NullableText(),
  /** Pipeline of a stage, where there are several. */
  group: NullableText(),
  days: Nullable(Days),
  value: NullableNumber(),
  records: Type.Integer(),
})
export type MetricPart = Static<typeof MetricPart>

export const MetricIngredient = Type.Object({
  metricId: Type.Enum([...metricIds]),
  unit: Type.Enum([...metricUnits]),
  value: NullableNumber(),
  records: Type.Integer(),
  /** As it stood on this day, the last before the period; absent: of the period. */
  on: Type.Optional(Type.String()),
  /** Of these days rather than the period's. */
  within: Type.Optional(Days),
})
export type MetricIngredient = Static<typeof MetricIngredient>

export const MetricResult = Type.Object({
  metricId: Type.Enum([...metricIds]),
  unit: Type.Enum([...metricUnits]),
  currency: NullableText(),
  days: Days,
  /** Money in minor units, percent from 0 to 1. null: the records cannot tell. */
  value: NullableNumber(),
  /** Why there is no value. */
  missing: Type.Optional(Type.Enum([...missingReasons])),
  /** Of a formula: the numbers that it is made of. */
  ingredients: Type.Optional(Type.Array(MetricIngredient)),
  /** Of a formula with a target: the sum of the period's months. */
  target: Type.Optional(NullableInteger()),
  records: Type.Integer(),
  leftOut: Type.Array(Type.Object({ reason: Type.Enum([...leftOutReasons]), records: Type.Integer() })),
  /** `knownSince`, where nothing is known of its first days: the day from which on something is. */
  previous: Nullable(Type.Object({ days: Days, value: NullableNumber(), records: Type.Integer(), knownSince: Type.Optional(Type.String()) })),
  /** Relative, 0.1 for 10 % more; in points for percent. */
  change: NullableNumber(),
  by: Nullable(Type.Enum([...dimensions])),
  bucket: Nullable(Type.Enum([...bucketKinds])),
  parts: Type.Array(MetricPart),
  /** Of a sum: what those beyond the parts come to, where there are more than a page can hold. */
  others: Type.Optional(Type.Object({ value: Type.Number(), records: Type.Integer() })),
  /** Spend of vendors that the viewer may see, not of all: whether there are others is not said. */
  isWithinRights: Type.Optional(Type.Boolean()),
  /** On a large portal, when it was counted; absent: just now. */
  countedAt: Type.Optional(Type.String()),
})
export type MetricResult = Static<typeof MetricResult>

export const Freshness = Type.Object({
  /** `waiting`: nothing has been read yet. `filling`: the first reading runs. */
  state: Type.Enum(['waiting', 'filling', 'ready', 'failed']),
  syncedAt: NullableText(),
  rowsRead: Type.Integer(),
  rowsExpected: NullableInteger(),
  /** What the portal itself counted last, and what we hold. */
  portalCount: NullableInteger(),
  mirrorCount: NullableInteger(),
})
export type Freshness = Static<typeof Freshness>

export const Dashboard = Type.Object({
  currency: Type.String(),
  days: Days,
  scope: AnalyticsScope,
  /** Where deals were closed, if not in the period. */
  closedDays: Type.Optional(Days),
  freshness: Freshness,
  revenueWon: MetricResult,
  dealsWon: MetricResult,
  winRate: MetricResult,
  salesCycle: MetricResult,
  averageDeal: MetricResult,
  pipelineOpen: MetricResult,
  spendTotal: MetricResult,
  topVendors: MetricResult,
})
export type Dashboard = Static<typeof Dashboard>

/** Narrows a list further than the filters: one bar of a chart. */
export const RecordFilters = Type.Object({
  ...MetricFilters.properties,
  ...MarketingPart,
  stageId: Type.Optional(Type.String({ maxLength: 100 })),
  vendorId: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F-]{36}$' })),
  /** Of deals: those of one company, 0 for those without; and those that came from one source, `none` for those without. */
  companyId: Type.Optional(Type.Integer({ minimum: 0 })),
  sourceId: Type.Optional(Type.String({ maxLength: 50 })),
  /** Of what is owed: what has been due for so long; `none`: without a due date. */
  age: Type.Optional(Type.Enum([...ageingBuckets, 'none'])),
  /** Instead of the records that count: those left out for this reason. */
  leftOut: Type.Optional(Type.Enum([...leftOutReasons])),
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
export type RecordFilters = Static<typeof RecordFilters>

export const recordEntities = ['deal', 'purchase', 'vendor', 'customer', 'payable', 'receivable', 'order_line', 'ad_cost', 'lead', 'priced_item', 'vendor_invoice', 'scored_vendor', 'forecast'] as const

export const MetricRecord = Type.Object({
  entity: Type.Enum([...recordEntities]),
  id: Type.String(),
  /** The deal to open in the host; for a purchase its deal, if it has one. */
  dealId: NullableInteger(),
  title: Type.String(),
  company: Nullable(Type.Object({ companyId: NullableInteger(), name: Type.String() })),
  responsible: Nullable(Type.Object({ userId: Type.Integer(), name: Type.String() })),
  stage: NullableText(),
  outcome: Nullable(Type.Enum([...outcomes])),
  createdAt: NullableText(),
  /** When it counts: closed, spent; null for what is open. */
  at: NullableText(),
  amountMinor: NullableInteger(),
  currency: Type.String(),
  /** What it adds to the number; null for a record that is left out. */
  worth: NullableNumber(),
  isFavourable: Type.Boolean(),
})
export type MetricRecord = Static<typeof MetricRecord>

export const MetricRecords = Type.Object({
  metricId: Type.Enum([...metricIds]),
  currency: Type.String(),
  /** Counted from the records themselves, not from what the tile reads, unless there are tens of thousands of deals: they must agree. First page only. */
  total: Nullable(Type.Object({ value: NullableNumber(), records: Type.Integer(), sum: Type.Number() })),
  records: Type.Array(MetricRecord),
  next: NullableText(),
})
export type MetricRecords = Static<typeof MetricRecords>

export const FilterChoices = Type.Object({
  users: Type.Array(Type.Object({ userId: Type.Integer(), name: Type.String(), isActive: Type.Boolean() })),
  pipelines: Type.Array(Type.Object({ categoryId: Type.Integer(), name: Type.String() })),
})
export type FilterChoices = Static<typeof FilterChoices>

export const InsightSettings = Type.Object({ analyticsScope: AnalyticsScope })
export type InsightSettings = Static<typeof InsightSettings>

export const SalesTarget = Type.Object({
  /** First day of the month. */
  month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-01$' }),
  /** null takes the month's target away. */
  amountMinor: NullableInteger({ minimum: 0 }),
})
export type SalesTarget = Static<typeof SalesTarget>

export const SalesTargets = Type.Object({ currency: Type.String(), targets: Type.Array(SalesTarget) })
export type SalesTargets = Static<typeof SalesTargets>

/** Where a metric is put to use, as far as the viewer may know. */
export const MetricUse = Type.Object({
  metricId: Type.Enum([...metricIds]),
  kind: Type.Enum(['page', 'forecast', 'board', 'watch']),
  /** Null for the pages of Comptoir, which the client names. */
  name: NullableText(),
  /** Path of the page. */
  path: Type.String(),
})
export type MetricUse = Static<typeof MetricUse>

const metricParams = Type.Object({ metricId: Type.Enum([...metricIds]) })

export const insightsApi = {
  dashboard: endpoint({
    method: 'GET',
    path: '/api/insights/dashboard',
    summary: 'All numbers of the dashboard, as the viewer may see them',
    query: MetricFilters,
    reply: Dashboard,
    errors: ['segment.not_found'],
  }),
  metric: endpoint({
    method: 'GET',
    path: '/api/insights/metrics/:metricId',
    summary: 'One number with its comparison, its parts and what it leaves out',
    params: metricParams,
    query: Type.Object({ ...MetricFilters.properties, ...MarketingPart, by: Type.Optional(Type.Enum([...dimensions])) }),
    reply: MetricResult,
    errors: ['segment.not_found'],
  }),
  records: endpoint({
    method: 'GET',
    path: '/api/insights/metrics/:metricId/records',
    summary: 'The records behind a number; their worth adds up to it',
    params: metricParams,
    query: RecordFilters,
    reply: MetricRecords,
    errors: ['segment.not_found'],
  }),
  definitions: endpoint({
    method: 'GET',
    path: '/api/insights/definitions',
    summary: 'How each number is made: what counts, what it is worth, when, and what is left out',
    reply: Type.Array(MetricDefinitionSchema),
    errors: [],
  }),
  uses: endpoint({
    method: 'GET',
    path: '/api/insights/uses',
    summary: 'Where each number is put to use: pages, dashboards and watches that the viewer may see',
    reply: Type.Array(MetricUse),
    errors: [],
  }),
  targets: endpoint({
    method: 'GET',
    path: '/api/insights/targets',
    summary: 'What is to be won, month by month',
    reply: SalesTargets,
    errors: [],
  }),
  changeTargets: endpoint({
    method: 'PUT',
    path: '/api/insights/targets',
    access: 'admin',
    summary: 'Set or take away what is to be won in these months',
    body: Type.Object({ targets: Type.Array(SalesTarget, { maxItems: 120 }) }),
    reply: SalesTargets,
    errors: [],
  }),
  choices: endpoint({
    method: 'GET',
    path: '/api/insights/choices',
    summary: 'Responsible people and pipelines to filter by',
    reply: FilterChoices,
    errors: [],
  }),
  settings: endpoint({
    method: 'GET',
    path: '/api/insights/settings',
    summary: 'Whose deals people see in the analytics',
    reply: InsightSettings,
    errors: [],
  }),
  changeSettings: endpoint({
    method: 'PUT',
    path: '/api/insights/settings',
    access: 'admin',
    summary: 'Choose whose deals people see in the analytics',
    body: InsightSettings,
    reply: InsightSettings,
    errors: [],
  }),
  rebuild: endpoint({
    method: 'POST',
    path: '/api/insights/rebuild',
    access: 'admin',
    summary: 'Count all deals anew',
    reply: Type.Object({ isConsistent: Type.Boolean() }),
    errors: [],
  }),
}

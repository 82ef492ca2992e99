import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { Days, MetricFilters } from '../insights/insights.contract.ts'
import { cohortGrains } from './cohorts.ts'
import { rfmSegments } from './rfm.ts'

const People = { userIds: MetricFilters.properties.userIds, categoryIds: MetricFilters.properties.categoryIds } as const

/** On a large portal, when it was counted; absent: just now. */
const Counted = { countedAt: Type.Optional(Type.String()) } as const

export const RetentionQuery = Type.Object({ grain: Type.Enum([...cohortGrains]), ...People })
export type RetentionQuery = Static<typeof RetentionQuery>

export const Retention = Type.Object({
  ...Counted,
  grain: Type.Enum([...cohortGrains]),
  cohorts: Type.Array(Type.Object({
    /** First day of the cohort's period. */
    start: Type.String(),
    size: Type.Integer(),
    shares: Type.Array(NullableNumber()),
    runningFrom: Type.Integer(),
  })),
  /** Of those who bought in one period, the share that bought in the next; the running period is not judged. */
  periods: Type.Array(Type.Object({ start: Type.String(), active: Type.Integer(), before: Type.Integer(), kept: Type.Integer() })),
  customers: Type.Integer(),
  /** With two won deals or more. */
  repeat: Type.Integer(),
  /** Won deals without a company: nobody to come back. */
  withoutCompany: Type.Integer(),
})
export type Retention = Static<typeof Retention>

export const RfmQuery = Type.Object({ ...People, segment: Type.Optional(Type.Enum([...rfmSegments])), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) })
export type RfmQuery = Static<typeof RfmQuery>

export const RfmCustomer = Type.Object({
  companyId: Type.Integer(),
  name: NullableText(),
  recencyDays: Type.Integer(),
  lastOn: Type.String(),
  frequency: Type.Integer(),
  monetaryMinor: Type.Integer(),
  recency: Type.Integer(),
  frequencyScore: Type.Integer(),
  monetary: Type.Integer(),
  segment: Type.Enum([...rfmSegments]),
})
export type RfmCustomer = Static<typeof RfmCustomer>

export const Rfm = Type.Object({
  ...Counted,
  asOf: Type.String(),
  currency: Type.String(),
  segments: Type.Array(Type.Object({ segment: Type.Enum([...rfmSegments]), customers: Type.Integer(), monetaryMinor: Type.Integer() })),
  /** By falling amount, at most as many as asked for. */
  customers: Type.Array(RfmCustomer),
})
export type Rfm = Static<typeof Rfm>

export const ConversionQuery = Type.Object({
  ...MetricFilters.properties,
  /** One pipeline: stages of several have no order among them. */
  categoryId: Type.Integer({ minimum: 0 }),
  /** How long a deal is watched after it entered a stage. */
  horizonDays: Type.Integer({ minimum: 1, maximum: 1_000 }),
})
export type ConversionQuery = Static<typeof ConversionQuery>

export const StageConversion = Type.Object({
  stageId: Type.String(),
  name: Type.String(),
  /** Deals that entered the stage for the first time in the period. */
  entered: Type.Integer(),
  /** Of them, those whose horizon is over; the counts of what became of them are of these alone. */
  judged: Type.Integer(),
  passed: Type.Integer(),
  won: Type.Integer(),
  lost: Type.Integer(),
  /** Shares of the judged with their 90 % Wilson interval. */
  passRate: NullableNumber(),
  passLow: NullableNumber(),
  passHigh: NullableNumber(),
  /** Kaplan-Meier median; null while more than half are still there. */
  medianDays: NullableNumber(),
  stillThere: Type.Integer(),
})
export type StageConversion = Static<typeof StageConversion>

export const Conversion = Type.Object({
  ...Counted,
  days: Days,
  pipelines: Type.Array(Type.Object({ categoryId: Type.Integer(), name: Type.String() })),
  stages: Type.Array(StageConversion),
  /** The oldest change of stage that is known: nothing can be said of before. */
  historyFrom: NullableText(),
})
export type Conversion = Static<typeof Conversion>

export const winLossDimensions = ['responsible', 'source', 'pipeline', 'amount', 'month'] as const
export type WinLossDimension = (typeof winLossDimensions)[number]

export const WinLossQuery = Type.Object({ ...MetricFilters.properties, by: Type.Enum([...winLossDimensions]) })
export type WinLossQuery = Static<typeof WinLossQuery>

export const WinLossGroup = Type.Object({
  key: Type.String(),
  label: NullableText(),
  won: Type.Integer(),
  lost: Type.Integer(),
  rate: NullableNumber(),
  low: NullableNumber(),
  high: NullableNumber(),
  wonMinor: NullableInteger(),
  lostMinor: NullableInteger(),
  /** From creation to the end. */
  medianWonDays: NullableNumber(),
  medianLostDays: NullableNumber(),
})
export type WinLossGroup = Static<typeof WinLossGroup>

export const WinLoss = Type.Object({ ...Counted, days: Days, currency: Type.String(), by: Type.Enum([...winLossDimensions]), groups: Type.Array(WinLossGroup), won: Type.Integer(), lost: Type.Integer() })
export type WinLoss = Static<typeof WinLoss>

export const activityGroupings = ['presence', 'count', 'response'] as const
export const ActivityEffectQuery = Type.Object({ ...MetricFilters.properties, by: Type.Enum([...activityGroupings]) })
export type ActivityEffectQuery = Static<typeof ActivityEffectQuery>

export const ActivityEffect = Type.Object({
  ...Counted,
  days: Days,
  by: Type.Enum([...activityGroupings]),
  /** False when no activity of any deal has been read: then nothing can be said of deals without. */
  isKnown: Type.Boolean(),
  groups: Type.Array(Type.Object({
    /** `with` or `without`; else the lower end of a band, in activities or in hours, or `never`. */
    key: Type.String(),
    won: Type.Integer(),
    lost: Type.Integer(),
    rate: NullableNumber(),
    low: NullableNumber(),
    high: NullableNumber(),
    medianWonDays: NullableNumber(),
  })),
})
export type ActivityEffect = Static<typeof ActivityEffect>

export const analysisApi = {
  activityEffect: endpoint({ method: 'GET', path: '/api/analysis/activity-effect', summary: 'Win rate and cycle of deals by the activities before their end', query: ActivityEffectQuery, reply: ActivityEffect, errors: ['segment.not_found'] }),
  retention: endpoint({ method: 'GET', path: '/api/analysis/retention', summary: 'Cohorts of customers and how many come back', query: RetentionQuery, reply: Retention, errors: [] }),
  rfm: endpoint({ method: 'GET', path: '/api/analysis/rfm', summary: 'Customers by recency, frequency and amount', query: RfmQuery, reply: Rfm, errors: [] }),
  conversion: endpoint({ method: 'GET', path: '/api/analysis/conversion', summary: 'From stage to stage, with the time in each', query: ConversionQuery, reply: Conversion, errors: ['segment.not_found'] }),
  winLoss: endpoint({ method: 'GET', path: '/api/analysis/win-loss', summary: 'Won against lost, by who, where from, how large', query: WinLossQuery, reply: WinLoss, errors: ['segment.not_found'] }),
}

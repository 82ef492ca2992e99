import { Type, type Static } from 'typebox'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { measureIds, type MeasureId } from './measure.ts'
import { criterionIds, type CriterionId } from './settings.ts'
import { NOT_AVAILABLE, standings } from './standing.ts'

const perCriterion = <T>(each: T) => Object.fromEntries(criterionIds.map(id => [id, each])) as Record<CriterionId, T>

export const StandingSchema = Type.Enum([...standings, NOT_AVAILABLE])
const Weights = Type.Object(perCriterion(Type.Number({ minimum: 0, maximum: 1_000_000 })), { additionalProperties: false })
export const WeightsSchema = Weights
export type Weights = Static<typeof Weights>

export const CriterionSchema = Type.Object({ n: Type.Integer(), raw: NullableNumber(), score: NullableNumber(), weight: Type.Number() })
export const CriteriaSchema = Type.Object(perCriterion(CriterionSchema))

const MeasureSchema = Type.Object({
  value: NullableNumber(),
  n: Type.Integer(),
  wilson90: Type.Optional(Type.Array(Type.Number())),
})

/** A score with everything that explains it, as the maths gives it. */
export const CardSchema = Type.Object({
  score: NullableNumber(),
  coverage: Type.Number(),
  standing: StandingSchema,
  target: Type.Number(),
  contributions: Type.Partial(Type.Object(perCriterion(Type.Number()))),
  criteria: CriteriaSchema,
  /** Of the category; null, too, where it would tell what a hidden vendor scores. */
  medians: Type.Object(perCriterion(NullableNumber())),
  vetoes: Type.Array(Type.String()),
  measures: Type.Object(Object.fromEntries(measureIds.map(id => [id, MeasureSchema])) as Record<MeasureId, typeof MeasureSchema>),
  isIndicative: Type.Boolean(),
  dueLineCount: Type.Integer(),
  notPromisedCount: Type.Integer(),
  medianAnswerHours: NullableNumber(),
  missingRates: Type.Array(Type.Object({ measure: Type.Enum([...measureIds]), currency: Type.String(), day: Type.String() })),
})
export type Card = Static<typeof CardSchema>

export const MonthPoint = Type.Object({
  month: Type.String(),
  /** On the month's last day. */
  score: NullableNumber(),
  coverage: Type.Number(),
  standing: StandingSchema,
  /** Of what belongs to the month. */
  monthScore: NullableNumber(),
  isActive: Type.Boolean(),
  /** What people agreed on instead of the computed score; null when nobody adjusted it. */
  adjustedScore: NullableNumber(),
  commentCount: Type.Integer(),
})
export type MonthPoint = Static<typeof MonthPoint>

export const FraudAlert = Type.Object({ reason: Type.String(), openedAt: Type.String(), openedBy: NullableText() })

export const VendorScorecard = Type.Object({
  vendorId: Type.String(),
  asOf: Type.String(),
  from: NullableText(),
  category: NullableText(),
  /** The vendors of the category whose scores the viewer may see, this one included. */
  peers: Type.Object({ vendorCount: Type.Integer(), scoredCount: Type.Integer(), rank: NullableInteger(), medianScore: NullableNumber() }),
  /** Standing of the last stored month, from which the bounds are crossed only when clearly passed. */
  previous: Type.Union([Type.Null(), StandingSchema]),
  card: CardSchema,
  months: Type.Array(MonthPoint),
  /** Mean of the active months, recent ones first. */
  overTime: NullableNumber(),
  rules: Type.Object({
    version: Type.Integer(),
    minimumCoverage: Type.Number(),
    indicativeBelowLines: Type.Integer(),
    k: Type.Number(),
    standingBounds: Type.Array(Type.Number()),
    halfLifeMonths: Type.Number(),
    measures: Type.Object(perCriterion(Type.Array(Type.Enum([...measureIds])))),
  }),
  fraudAlert: Type.Union([Type.Null(), FraudAlert]),
  may: Type.Object({ comment: Type.Boolean(), adjust: Type.Boolean(), seeAmounts: Type.Boolean() }),
})
export type VendorScorecard = Static<typeof VendorScorecard>

/** One document behind a figure. What it shows depends on the measure; `outcome` is a key of the texts. */
export const EvidenceRow = Type.Object({
  id: Type.String(),
  label: Type.String(),
  on: NullableText(),
  outcome: Type.String(),
  isGood: Type.Boolean(),
  quantity: NullableNumber(),
  /** Delivered of a line, rejected of a receipt, weight of a requirement. */
  part: NullableNumber(),
  /** Days late, hours until the answer, or pieces. */
  amount: NullableNumber(),
  /** Prices of one piece in the base currency; null where they may not be seen. */
  paid: NullableNumber(),
  /** Null, too, where it is made of prices of other vendors that may not be seen. */
  reference: NullableNumber(),
  referenceSource: Type.Union([Type.Null(), Type.Enum(['contract', 'earlier-order', 'market'])]),
})
export type EvidenceRow = Static<typeof EvidenceRow>

export const Evidence = Type.Object({
  measure: Type.Enum([...measureIds]),
  currency: Type.String(),
  rows: Type.Array(EvidenceRow),
  /** Rows beyond the ones listed. */
  moreCount: Type.Integer(),
})
export type Evidence = Static<typeof Evidence>

export const Comment = Type.Object({
  commentId: Type.String(),
  kind: Type.Enum(['contest', 'answer', 'adjustment']),
  body: Type.String(),
  /** The person of the vendor who said it, where somebody here wrote it down. */
  onBehalfOf: NullableText(),
  evidenceLink: NullableText(),
  computedScore: NullableNumber(),
  adjustedScore: NullableNumber(),
  at: Type.String(),
  author: Type.Object({ userId: NullableInteger(), name: NullableText() }),
})
export type Comment = Static<typeof Comment>

export const Difference = Type.Object({ figure: Type.String(), stored: NullableNumber(), now: NullableNumber() })
export const MonthDetail = Type.Object({
  month: Type.String(),
  writtenAt: Type.String(),
  formulaVersion: Type.Integer(),
  settingsVersion: Type.Integer(),
  inputsHash: Type.String(),
  stored: Type.Object({ card: CardSchema, month: CardSchema }),
  /** The same month worked out again from today's documents by the rules of then. */
  recomputed: Type.Object({ inputsHash: Type.String(), score: NullableNumber(), monthScore: NullableNumber(), differences: Type.Array(Difference) }),
  comments: Type.Array(Comment),
})
export type MonthDetail = Static<typeof MonthDetail>

import { Type, type Static, type TSchema } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableNumber, NullableText } from '../http/nullable.ts'
import { Days, MetricFilters } from '../insights/insights.contract.ts'
import { dimensions, metricIds, metricUnits } from '../insights/metric.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const MetricIdSchema = Type.Enum([...metricIds])
/** Time is what is compared, not what it is compared by. */
export const comparisonDimensions = dimensions.filter(by => by !== 'time' && by !== 'age')

export const ComparisonQuery = Type.Object({
  metricId: MetricIdSchema,
  by: Nullable(Type.Enum(comparisonDimensions)),
  /** What it was, or the one; and what has become of it, or the other. */
  before: MetricFilters,
  after: MetricFilters,
})
export type ComparisonQuery = Static<typeof ComparisonQuery>

export const ComparedSide = Type.Object({
  days: Days,
  segment: NullableText(),
  value: NullableNumber(),
  records: Type.Integer(),
})
export type ComparedSide = Static<typeof ComparedSide>

export const factorNames = ['volume', 'success', 'priced', 'size', 'target'] as const

/** What a number is the product or formula of. */
export const ComparedFactor = Type.Object({
  /** One of ours, or the metric that stands in the formula. */
  name: Type.Union([Type.Enum([...factorNames]), MetricIdSchema]),
  unit: Type.Enum([...metricUnits]),
  /** Null: nothing to tell it by on that side; it is then taken as unchanged. */
  before: NullableNumber(),
  after: NullableNumber(),
  contribution: Type.Number(),
})
export type ComparedFactor = Static<typeof ComparedFactor>

export const ComparedPart = Type.Object({
  key: Type.String(),
  label: NullableText(),
  group: NullableText(),
  /** All parts that are not told by themselves. */
  isRest: Type.Boolean(),
  before: NullableNumber(),
  after: NullableNumber(),
  contribution: Type.Number(),
  mix: Type.Number(),
  rate: Type.Number(),
})
export type ComparedPart = Static<typeof ComparedPart>

/** Why nothing is taken apart: one side is unknown, halves of the values have no parts, or the parts overlap. */
export const undividedReasons = ['unknown', 'median', 'overlap', 'no_dimension'] as const

export const Comparison = Type.Object({
  metricId: MetricIdSchema,
  unit: Type.Enum([...metricUnits]),
  currency: NullableText(),
  better: Nullable(Type.Enum(['higher', 'lower'])),
  before: ComparedSide,
  after: ComparedSide,
  difference: NullableNumber(),
  /** Relative, 0.1 for 10 % more; null from nothing, and for shares. */
  change: NullableNumber(),
  /** Contributions add up to the difference. Null where the number is no product and no formula. */
  factors: Nullable(Type.Array(ComparedFactor)),
  /** Contributions add up to the difference, too. */
  parts: Nullable(Type.Array(ComparedPart)),
  undivided: Nullable(Type.Enum([...undividedReasons])),
})
export type Comparison = Static<typeof Comparison>

export const comparisonApi = {
  compare: endpoint({
    method: 'POST', path: '/api/comparisons', summary: 'One number over two segments or two periods, with what drives the difference',
    body: ComparisonQuery, reply: Comparison, errors: ['segment.not_found'],
  }),
}

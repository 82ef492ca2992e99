import { Type, type Static, type TSchema } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import type { MetricId } from '../insights/metric.ts'
import { forecastMetrics } from './forecast-metrics.ts'
import { NullableNumber, NullableText } from '../http/nullable.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export type ForecastMetric = MetricId
export const ForecastMetric = Type.Enum([...forecastMetrics])

export const forecastMethods = [
  'combination', 'intermittent', 'naive', 'seasonal_naive', 'theta', 'log_theta', 'dynamic_theta', 'damped', 'log_damped',
  'ets', 'log_ets', 'ar', 'log_ar', 'seasonal_ets',
] as const
export const ForecastMethod = Type.Enum([...forecastMethods])
export type ForecastMethod = Static<typeof ForecastMethod>

export const horizons = [3, 6, 12] as const

export const ForecastQuery = Type.Object({
  horizon: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
  categoryId: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type ForecastQuery = Static<typeof ForecastQuery>

/** A month ahead: `level + trend + season` is the point. Money in minor units. */
export const ForecastMonth = Type.Object({
  /** First day of the month. */
  month: Type.String(),
  point: Type.Number(),
  lower80: NullableNumber(),
  upper80: NullableNumber(),
  lower95: NullableNumber(),
  upper95: NullableNumber(),
  level: Type.Number(),
  trend: Type.Number(),
  season: Type.Number(),
})
export type ForecastMonth = Static<typeof ForecastMonth>

/** Errors over replays of the past, each knowing only what came before it. */
export const MethodError = Type.Object({
  method: ForecastMethod,
  /** 0 … 200. */
  smape: Type.Number(),
  mase: NullableNumber(),
  meanAbsolute: Type.Number(),
})
export type MethodError = Static<typeof MethodError>

export const ForecastAnswer = Type.Object({
  method: ForecastMethod,
  /** Methods whose median the combination is. */
  members: Type.Array(ForecastMethod),
  months: Type.Array(ForecastMonth),
  /** How many past moments were replayed. */
  origins: Type.Integer(),
  own: Nullable(MethodError),
  naive: Nullable(MethodError),
  isBetterThanNaive: Type.Union([Type.Boolean(), Type.Null()]),
  /** Of the replayed values, the share that the interval of this level held. */
  coverage: Type.Array(Type.Object({ level: Type.Number(), share: Type.Number(), values: Type.Integer() })),
  /** Every method, the smallest error first. */
  league: Type.Array(MethodError),
  /** Factors or amounts by month of the year from January; null: the series has no season. */
  season: Nullable(Type.Object({ kind: Type.Enum(['multiplicative', 'additive']), months: Type.Array(Type.Number()) })),
  filledMonths: Type.Integer(),
})
export type ForecastAnswer = Static<typeof ForecastAnswer>

export const ForecastRefusal = Type.Object({
  reason: Type.Enum(['too_short', 'too_many_gaps']),
  known: Type.Integer(),
  needed: Type.Integer(),
  mean: NullableNumber(),
  lowest: NullableNumber(),
  highest: NullableNumber(),
})
export type ForecastRefusal = Static<typeof ForecastRefusal>

/** The same month as it was forecast before and is now; the parts add up to the difference. */
export const ForecastChange = Type.Object({
  since: Type.String(),
  month: Type.String(),
  before: Type.Number(),
  after: Type.Number(),
  level: Type.Number(),
  trend: Type.Number(),
  season: Type.Number(),
  methodBefore: ForecastMethod,
})
export type ForecastChange = Static<typeof ForecastChange>

/** A forecast that was shown, and what then came. */
export const ForecastTrial = Type.Object({
  madeAt: Type.String(),
  month: Type.String(),
  monthsAhead: Type.Integer(),
  method: ForecastMethod,
  point: Type.Number(),
  lower80: NullableNumber(),
  upper80: NullableNumber(),
  actual: Type.Number(),
  isHeld: Type.Union([Type.Boolean(), Type.Null()]),
})
export type ForecastTrial = Static<typeof ForecastTrial>

export const ForecastRecord = Type.Object({
  trials: Type.Array(ForecastTrial),
  /** How many forecast values have met what came. */
  values: Type.Integer(),
  held: Type.Integer(),
  /** Over the months that were forecast one month ahead: Σ |forecast − actual| ÷ Σ actual, and the same with its sign; null where nothing came. */
  wape: NullableNumber(),
  bias: NullableNumber(),
  /** Every method on the same months, the smallest error first. */
  league: Type.Array(MethodError),
})
export type ForecastRecord = Static<typeof ForecastRecord>

export const MetricForecast = Type.Object({
  metric: ForecastMetric,
  unit: Type.Enum(['money', 'count']),
  currency: NullableText(),
  history: Type.Array(Type.Object({ month: Type.String(), value: NullableNumber() })),
  /** The month that is still running: shown, never learned from. */
  running: Type.Object({ month: Type.String(), value: NullableNumber() }),
  refusal: Nullable(ForecastRefusal),
  answer: Nullable(ForecastAnswer),
  change: Nullable(ForecastChange),
  record: ForecastRecord,
})
export type MetricForecast = Static<typeof MetricForecast>

const Spread = Type.Object({ p10: Type.Number(), p50: Type.Number(), p90: Type.Number(), mean: Type.Number() })

export const PipelineForecast = Type.Object({
  /** On a large portal, when it was counted; absent: just now. */
  countedAt: Type.Optional(Type.String()),
  currency: Type.String(),
  runs: Type.Integer(),
  openDeals: Type.Integer(),
  /** Open deals whose amount is unknown: they are in no sum. */
  withoutAmount: Type.Integer(),
  openAmount: Type.Number(),
  refusal: Nullable(Type.Object({ known: Type.Integer(), needed: Type.Integer() })),
  windows: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), ...Spread.properties })),
  total: Nullable(Spread),
  stages: Type.Array(Type.Object({
    stageId: Type.String(),
    label: Type.String(),
    pipeline: NullableText(),
    deals: Type.Integer(),
    amount: Type.Number(),
    /** Mean chance of being won before the last window ends, weighed by amount. */
    chance: NullableNumber(),
    /** Stays in the stage that were seen to end: what the chance rests on. */
    ended: Type.Integer(),
  })),
  calibration: Nullable(Type.Object({
    brier: Type.Number(),
    baseline: Type.Number(),
    deals: Type.Integer(),
    bins: Type.Array(Type.Object({ from: Type.Number(), to: Type.Number(), deals: Type.Integer(), predicted: Type.Number(), observed: Type.Number() })),
  })),
  calibrationDays: Type.Integer(),
})
export type PipelineForecast = Static<typeof PipelineForecast>

export const PipelineQuery = Type.Object({ categoryId: Type.Optional(Type.Integer({ minimum: 0 })) })

export const ForecastChoices = Type.Object({
  pipelines: Type.Array(Type.Object({ categoryId: Type.Integer(), name: Type.String() })),
})

export const forecastApi = {
  metric: endpoint({
    method: 'GET',
    path: '/api/forecasts/metrics/:metric',
    summary: 'What comes next of a metric, how sure that is, how well it went before, and why',
    params: Type.Object({ metric: ForecastMetric }),
    query: ForecastQuery,
    reply: MetricForecast,
    errors: [],
  }),
  pipeline: endpoint({
    method: 'GET',
    path: '/api/forecasts/pipeline',
    summary: 'What the open deals will bring, from how deals left the same stages before',
    query: PipelineQuery,
    reply: PipelineForecast,
    errors: [],
  }),
  choices: endpoint({
    method: 'GET',
    path: '/api/forecasts/choices',
    summary: 'Pipelines to narrow a forecast to',
    reply: ForecastChoices,
    errors: [],
  }),
}

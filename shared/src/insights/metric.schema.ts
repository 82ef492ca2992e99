import { Type, type TSchema } from 'typebox'
import { aggregates, dimensions, families, favourables, leftOutReasons, measures, metricIds, metricUnits, outcomes, subjects, timeBases } from './metric.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A metric as the API tells it; its formula is told by its ingredients. */
export const MetricDefinitionSchema = Type.Object({
  id: Type.Enum([...metricIds]),
  family: Type.Enum([...families]),
  unit: Type.Enum([...metricUnits]),
  subject: Type.Enum([...subjects]),
  channels: Type.Enum(['every', 'paid']),
  outcomes: Type.Array(Type.Enum([...outcomes])),
  timeBasis: Type.Enum([...timeBases]),
  measure: Type.Enum([...measures]),
  aggregate: Type.Enum([...aggregates]),
  favourable: Nullable(Type.Enum([...favourables])),
  currencyRule: Type.Enum(['base', 'none']),
  rounding: Type.Enum(['minor_unit', 'none']),
  whenEmpty: Type.Enum(['zero', 'unknown']),
  leavesOut: Type.Array(Type.Enum([...leftOutReasons])),
  dimensions: Type.Array(Type.Enum([...dimensions])),
  recounted: Type.Array(Type.Enum([...dimensions])),
  drill: Type.Enum(['records', 'ingredients']),
  ingredients: Type.Array(Type.Enum([...metricIds])),
  isForecast: Type.Boolean(),
  better: Nullable(Type.Enum(['higher', 'lower'])),
})

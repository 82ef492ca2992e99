import { Type } from 'typebox'
import { CompanyDays } from '../calendar/company-days.ts'
import { NullableNumber } from '../http/nullable.ts'
import { scorableMeasures, type ScorableMeasure } from './measure.ts'
import { criterionIds, type CriterionId } from './settings.ts'

const closed = { additionalProperties: false } as const

const perCriterion = <T>(each: T) => Object.fromEntries(criterionIds.map(id => [id, each])) as Record<CriterionId, T>
const perMeasure = <T>(each: T) => Object.fromEntries(scorableMeasures.map(id => [id, each])) as Record<ScorableMeasure, T>

const Weight = Type.Number({ minimum: 0, maximum: 1_000_000 })
const Score = Type.Number({ minimum: 0, maximum: 100 })
const Percent = Type.Number({ minimum: 0, maximum: 100 })
const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' })
const CurveSchema = Type.Array(Type.Tuple([Type.Number(), Score]), { minItems: 1, maxItems: 20 })
const MeasuresSchema = Type.Array(Type.Enum([...scorableMeasures]), { uniqueItems: true })

const fields = {
  graceDays: Type.Integer({ minimum: 0, maximum: 365 }),
  earlyWindowDays: NullableNumber({ minimum: 0, maximum: 3650 }),
  tolerancePercent: Percent,
  invoiceTolerancePercent: Percent,
  invoiceToleranceAmount: Type.Number({ minimum: 0 }),
  slaHours: Type.Number({ minimum: 0 }),
  k: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  nMin: Type.Number({ minimum: 0 }),
  minimumCoverage: Percent,
  standingBounds: Type.Tuple([Score, Score, Score]),
  hysteresis: Type.Number({ minimum: 0, maximum: 50 }),
  indicativeBelowLines: Type.Integer({ minimum: 0 }),
  halfLifeMonths: Type.Number({ exclusiveMinimum: 0, maximum: 1200 }),
}
const hours = {
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, uniqueItems: true }),
  from: Clock,
  to: Clock,
  holidays: Type.Optional(CompanyDays.properties.holidays),
  closures: Type.Optional(CompanyDays.properties.closures),
}

/** The whole settings, as the application stores them. */
export const SettingsSchema = Type.Object({
  ...fields,
  weights: Type.Object(perCriterion(Weight), closed),
  targets: Type.Object(perCriterion(Score), closed),
  measures: Type.Object(perCriterion(MeasuresSchema), closed),
  curves: Type.Object(perMeasure(CurveSchema), closed),
  businessHours: Type.Object(hours, closed),
}, closed)

/** Any part of them. A name that is none of these is a fault: a setting that is silently left out gives another score. */
export const SettingsChangeSchema = Type.Object({
  ...Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as { [K in keyof typeof fields]: ReturnType<typeof Type.Optional<(typeof fields)[K]>> },
  weights: Type.Optional(Type.Partial(Type.Object(perCriterion(Weight)), closed)),
  targets: Type.Optional(Type.Partial(Type.Object(perCriterion(Score)), closed)),
  measures: Type.Optional(Type.Partial(Type.Object(perCriterion(MeasuresSchema)), closed)),
  curves: Type.Optional(Type.Partial(Type.Object(perMeasure(CurveSchema)), closed)),
  businessHours: Type.Optional(Type.Partial(Type.Object(hours), closed)),
}, closed)

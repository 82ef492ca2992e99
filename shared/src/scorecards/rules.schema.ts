import { Type, type Static } from 'typebox'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { SettingsSchema } from './settings.schema.ts'

/** How the application scores: the rules of the maths, and over which period. */
export const ScorecardRules = Type.Object({
  settings: SettingsSchema,
  /** Months back from the day of the score; null from the beginning. */
  periodMonths: NullableInteger({ minimum: 1, maximum: 120 }),
  /** Points lost since the last stored month that are worth a word. */
  dropAlert: Type.Number({ minimum: 1, maximum: 100 }),
})
export type ScorecardRules = Static<typeof ScorecardRules>

export const StoredRules = Type.Object({
  version: Type.Integer(),
  rules: ScorecardRules,
  changedAt: NullableText(),
  changedBy: NullableText(),
})
export type StoredRules = Static<typeof StoredRules>

import { Type, type Static } from 'typebox'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { consequences } from './consequences.ts'
import { SettingsSchema } from './settings.schema.ts'

const Consequences = Type.Array(Type.Enum([...consequences]), { uniqueItems: true })

/** How the application scores: the rules of the maths, and over which period. */
export const ScorecardRules = Type.Object({
  settings: SettingsSchema,
  /** Months back from the day of the score; null from the beginning. */
  periodMonths: NullableInteger({ minimum: 1, maximum: 120 }),
  /** Points lost since the last stored month that are worth a word. */
  dropAlert: Type.Number({ minimum: 1, maximum: 100 }),
  /** What follows when a vendor comes to stand there; absent in rules from before there was a choice. */
  consequences: Type.Optional(Type.Object({ 'Critique': Consequences, 'À surveiller': Consequences, 'Satisfaisant': Consequences, 'Excellent': Consequences })),
})
export type ScorecardRules = Static<typeof ScorecardRules>

export const StoredRules = Type.Object({
  version: Type.Integer(),
  rules: ScorecardRules,
  changedAt: NullableText(),
  changedBy: NullableText(),
})
export type StoredRules = Static<typeof StoredRules>

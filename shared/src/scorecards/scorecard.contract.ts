import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableNumber, NullableText } from '../http/nullable.ts'
import { VendorId } from '../vendors/vendor-fields.ts'
import { measureIds } from './measure.ts'
import { ScorecardRules, StoredRules } from './rules.schema.ts'
import { CriteriaSchema, Evidence, MonthDetail, StandingSchema, VendorScorecard, WeightsSchema } from './scorecard-card.schema.ts'

const refused = ['vendor.not_found', 'vendor.forbidden'] as const
const Month = Type.String({ pattern: '^\\d{4}-\\d{2}-01$' })
const AsOf = Type.Optional(Type.String({ format: 'date' }))
const ofVendor = Type.Object({ vendorId: VendorId })
const ofMonth = Type.Object({ vendorId: VendorId, month: Month })
const Words = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' })

const NewComment = Type.Object({
  kind: Type.Enum(['contest', 'answer']),
  body: Words,
  onBehalfOf: Type.Optional(NullableText({ maxLength: 120 })),
  evidenceLink: Type.Optional(NullableText({ maxLength: 2000, pattern: '^https?://\\S+$' })),
})

export const RankedVendor = Type.Object({
  vendorId: Type.String(),
  name: Type.String(),
  category: NullableText(),
  criteria: CriteriaSchema,
  vetoes: Type.Array(Type.String()),
  isIndicative: Type.Boolean(),
  /** By the portal's own weights. */
  score: NullableNumber(),
  coverage: Type.Number(),
  standing: StandingSchema,
  previous: Type.Union([Type.Null(), StandingSchema]),
  /** Score of the last stored month. */
  lastScore: NullableNumber(),
})
export type RankedVendor = Static<typeof RankedVendor>

export const Ranking = Type.Object({
  asOf: Type.String(),
  from: NullableText(),
  rules: StoredRules,
  vendors: Type.Array(RankedVendor),
  /** Only the vendors whose scores the viewer may see are in it. */
  isWithinRights: Type.Boolean(),
})
export type Ranking = Static<typeof Ranking>

export const WeightProfile = Type.Object({
  profileId: Type.String(),
  name: Type.String(),
  weights: WeightsSchema,
  isShared: Type.Boolean(),
  isOwn: Type.Boolean(),
})
export type WeightProfile = Static<typeof WeightProfile>

/** What other rules would change, vendor by vendor. */
export const RulesEffect = Type.Object({
  scored: Type.Object({ before: Type.Integer(), after: Type.Integer() }),
  /** Vendors whose payments would be held back. */
  blocked: Type.Object({ before: Type.Integer(), after: Type.Integer() }),
  moved: Type.Array(Type.Object({
    vendorId: Type.String(),
    name: Type.String(),
    before: NullableNumber(),
    after: NullableNumber(),
    standingBefore: StandingSchema,
    standingAfter: StandingSchema,
  })),
})
export type RulesEffect = Static<typeof RulesEffect>

const RulesBody = Type.Object({ rules: ScorecardRules })

export const scorecardApi = {
  ofVendor: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/scorecard', summary: 'The score of a vendor with everything that explains it',
    params: ofVendor, query: Type.Object({ asOf: AsOf }), reply: VendorScorecard, errors: [...refused],
  }),
  evidence: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/scorecard/evidence', summary: 'The documents behind one measure',
    params: ofVendor, query: Type.Object({ measure: Type.Enum([...measureIds]), asOf: AsOf }), reply: Evidence, errors: [...refused],
  }),
  month: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/scorecard/months/:month', summary: 'A stored month beside the same month worked out again',
    params: ofMonth, reply: MonthDetail, errors: [...refused, 'scorecard.no_month'],
  }),
  comment: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/scorecard/months/:month/comments', isOnceAClick: true, summary: 'Contest a score, or answer',
    params: ofMonth, body: NewComment, reply: MonthDetail, errors: [...refused, 'scorecard.no_month'],
  }),
  adjust: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/scorecard/months/:month/adjustments', isOnceAClick: true, summary: 'Let another score hold; the computed one is kept',
    params: ofMonth, body: Type.Object({ score: Type.Number({ minimum: 0, maximum: 100 }), reason: Words }), reply: MonthDetail,
    errors: [...refused, 'scorecard.no_month', 'scorecard.no_score'],
  }),
  openFraudAlert: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/fraud-alert', summary: 'Suspect a fraud: the standing is capped until it is cleared',
    params: ofVendor, body: Type.Object({ reason: Words }), reply: Type.Object({}), errors: [...refused, 'scorecard.fraud_open'],
  }),
  closeFraudAlert: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/fraud-alert/closing', summary: 'Clear the suspicion',
    params: ofVendor, body: Type.Object({ reason: Words }), reply: Type.Object({}), errors: [...refused, 'scorecard.fraud_gone'],
  }),
  ranking: endpoint({
    method: 'GET', path: '/api/scorecards', summary: 'Every vendor with its points by criterion, ready to be weighted anew',
    query: Type.Object({ asOf: AsOf }), reply: Ranking, errors: [],
  }),
  closeMonths: endpoint({
    method: 'POST', path: '/api/scorecards/months', summary: 'Store now what is missing of the months that are over',
    access: 'admin', reply: Type.Object({}), errors: [],
  }),
  document: endpoint({
    method: 'GET', path: '/api/scorecards/document', summary: 'Everything the scores come from, as the command line reads it',
    access: 'admin', query: Type.Object({ asOf: AsOf }), reply: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }), errors: [],
  }),
  profiles: endpoint({
    method: 'GET', path: '/api/scorecards/profiles', summary: 'Saved weights, one\'s own and shared ones', reply: Type.Array(WeightProfile), errors: [],
  }),
  saveProfile: endpoint({
    method: 'POST', path: '/api/scorecards/profiles', summary: 'Save weights under a name',
    body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), weights: WeightsSchema, isShared: Type.Boolean() }),
    reply: Type.Array(WeightProfile), errors: ['scorecard.profile_taken', 'scorecard.settings_invalid'],
  }),
  removeProfile: endpoint({
    method: 'DELETE', path: '/api/scorecards/profiles/:profileId', summary: 'Remove saved weights of one\'s own',
    params: Type.Object({ profileId: Type.String({ format: 'uuid' }) }), reply: Type.Array(WeightProfile), errors: ['scorecard.profile_gone'],
  }),
  rules: endpoint({
    method: 'GET', path: '/api/scorecards/rules', summary: 'The rules by which the portal scores', reply: StoredRules, errors: [],
  }),
  saveRules: endpoint({
    method: 'PUT', path: '/api/scorecards/rules', summary: 'Score by other rules from now on; stored scores keep theirs',
    access: 'admin', body: Type.Object({ version: Type.Integer({ minimum: 0 }), rules: ScorecardRules }), reply: StoredRules,
    errors: ['scorecard.settings_changed', 'scorecard.settings_invalid'],
  }),
  previewRules: endpoint({
    method: 'POST', path: '/api/scorecards/rules/effect', summary: 'Which vendors would stand elsewhere by other rules',
    access: 'admin', body: RulesBody, reply: RulesEffect, errors: ['scorecard.settings_invalid'],
  }),
}

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { activationNeeds, moveEffects } from '../vendors/life-cycle.ts'
import { MaybePerson, VendorId, VendorStatusSchema } from '../vendors/vendor-fields.ts'

export const MovePreview = Type.Object({
  from: VendorStatusSchema,
  to: VendorStatusSchema,
  isReasonRequired: Type.Boolean(),
  /** The viewer lacks the right that this move needs. */
  isForbidden: Type.Boolean(),
  /** It is proposed, and made once a second person has approved. */
  needsTwo: Type.Boolean(),
  /** What is still missing; giving a reason waives it. */
  missing: Type.Array(Type.Enum([...activationNeeds])),
  effects: Type.Array(Type.Object({ effect: Type.Enum([...moveEffects]), count: NullableInteger() })),
})
export type MovePreview = Static<typeof MovePreview>

export const AutomaticMove = Type.Object({
  moveId: Type.String({ format: 'uuid' }),
  vendorId: VendorId,
  vendorName: Type.String(),
  rule: Type.Enum(['contract-signed', 'last-contract-ended']),
  from: VendorStatusSchema,
  to: VendorStatusSchema,
  at: Type.String(),
  revertedAt: Type.Union([Type.Null(), Type.String()]),
  revertedBy: MaybePerson,
  /** Nothing has moved the vendor since. */
  isRevertible: Type.Boolean(),
})
export type AutomaticMove = Static<typeof AutomaticMove>

const ruleFields = {
  activationNeedsIdentifiers: Type.Boolean(),
  activationNeedsContract: Type.Boolean(),
  activatesOnSignature: Type.Boolean(),
  onLastContractEnd: Type.Enum(['none', 'suspended', 'terminated']),
  holdsPaymentsOnExpiry: Type.Boolean(),
  terminationNeedsTwo: Type.Boolean(),
  /** Where vendors are taken to be at home whose data does not tell: decides which documents are asked of them. */
  homeCountry: NullableText({ pattern: '^[A-Z]{2}$' }),
}
export const LifecycleRules = Type.Object({ ...ruleFields, version: Type.Integer({ minimum: 0 }) })
export type LifecycleRules = Static<typeof LifecycleRules>

const Touched = Type.Object({
  count: Type.Integer(),
  vendors: Type.Array(Type.Object({ vendorId: VendorId, name: Type.String() })),
})
export type Touched = Static<typeof Touched>

/** Whom the rules concern as things stand today. */
export const RulesPreview = Type.Object({
  /** A signed contract, not active yet. */
  wouldActivate: Touched,
  /** Active, and the last contract is over. */
  wouldStop: Touched,
  /** Active, and the last contract ends within ninety days. */
  wouldStopSoon: Touched,
  /** A mandatory document has run out. */
  wouldHold: Touched,
})
export type RulesPreview = Static<typeof RulesPreview>

export const lifecycleApi = {
  preview: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/moves/:to', summary: 'What a change of status needs and does, before it is made',
    params: Type.Object({ vendorId: VendorId, to: VendorStatusSchema }), reply: MovePreview, errors: ['vendor.not_found', 'vendor.illegal_move'],
  }),
  automaticMoves: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/automatic-moves', summary: 'Changes of status that a rule made, newest first',
    params: Type.Object({ vendorId: VendorId }), reply: Type.Array(AutomaticMove), errors: ['vendor.not_found'],
  }),
  revert: endpoint({
    method: 'POST', path: '/api/automatic-moves/:moveId/reversal', summary: 'Take back what a rule did; it is not done again for the same cause',
    params: Type.Object({ moveId: Type.String({ format: 'uuid' }) }), reply: AutomaticMove,
    errors: ['vendor.not_found', 'vendor.forbidden', 'lifecycle.move_not_found', 'lifecycle.move_overtaken'],
  }),
  rules: endpoint({
    method: 'GET', path: '/api/lifecycle-rules', summary: 'What happens by itself',
    access: 'admin', reply: Type.Object({ rules: LifecycleRules, preview: RulesPreview, latest: Type.Array(AutomaticMove) }), errors: [],
  }),
  saveRules: endpoint({
    method: 'PUT', path: '/api/lifecycle-rules', summary: 'Choose what happens by itself, from now on or for today\'s cases, too',
    access: 'admin', body: Type.Object({ rules: LifecycleRules, isAppliedNow: Type.Boolean() }),
    reply: Type.Object({ rules: LifecycleRules, preview: RulesPreview, latest: Type.Array(AutomaticMove) }), errors: ['lifecycle.rules_changed'],
  }),
}

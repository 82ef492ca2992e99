import { Type, type Static } from 'typebox'
import { ReturnValue } from '../actions/action.contract.ts'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { DecisionEffect, DecisionRuleInput, decisionTriggers } from './decision-rule.ts'

export const decisionStates = ['waiting', 'working', 'done', 'failed', 'refused', 'lapsed', 'held', 'undone'] as const
export type DecisionState = (typeof decisionStates)[number]
export const heldReasons = ['limit', 'quiet', 'loop', 'no_person', 'no_right', 'no_answer'] as const
export type HeldReason = (typeof heldReasons)[number]
/** Why a rule no longer does what it was set for, until somebody sees to it. */
export const ruleTroubles = ['loop', 'no_person', 'no_answer', 'failed'] as const
export type RuleTrouble = (typeof ruleTroubles)[number]
export const effectStates = ['proposed', 'waiting', 'running', 'done', 'failed', 'undone'] as const

const NullableBoolean = Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })
const Numbers = Type.Record(Type.String(), ReturnValue)

export const DecisionRule = Type.Object({
  ruleId: Type.String(),
  ...DecisionRuleInput.properties,
  isOn: Type.Boolean(),
  version: Type.Integer(),
  actsAsName: NullableText(),
  nextRunAt: NullableText(),
  checkedAt: NullableText(),
  checkedMessage: NullableText(),
  isMet: NullableBoolean,
  /** What its newest entry in the log says, where that is a trouble. */
  trouble: Type.Union([Type.Enum([...ruleTroubles]), Type.Null()]),
  /** Decisions of the last 30 days. */
  decided: Type.Integer(),
})
export type DecisionRule = Static<typeof DecisionRule>

/** What happened: before and after of a stage (by name) or an amount, or which source was read. */
export const DecisionEventFacts = Type.Object({
  kind: Type.Enum([...decisionTriggers]),
  before: NullableText(),
  after: NullableText(),
  source: NullableText(),
})

export const LoggedEffect = Type.Object({
  position: Type.Integer(),
  effect: DecisionEffect,
  state: Type.Enum([...effectStates]),
  /** Names of what the effect speaks of: stage, vendor, people, process. */
  subject: NullableText(),
  before: NullableText(),
  errorCode: NullableText(),
  canUndo: Type.Boolean(),
})
export type LoggedEffect = Static<typeof LoggedEffect>

export const LoggedDecision = Type.Object({
  decisionId: Type.String(),
  ruleId: Type.String(),
  ruleName: Type.String(),
  state: Type.Enum([...decisionStates]),
  heldReason: Type.Union([Type.Enum([...heldReasons]), Type.Null()]),
  /** How often a guard rail held it back that day. */
  times: Type.Integer(),
  dealId: NullableInteger(),
  dealTitle: NullableText(),
  event: DecisionEventFacts,
  numbers: Numbers,
  message: Type.String(),
  actsAsName: NullableText(),
  decidedAt: Type.String(),
  judgedBy: NullableText(),
  judgedAt: NullableText(),
  comment: NullableText(),
  effects: Type.Array(LoggedEffect),
  canJudge: Type.Boolean(),
  canUndo: Type.Boolean(),
  canRetry: Type.Boolean(),
})
export type LoggedDecision = Static<typeof LoggedDecision>

export const LogFilters = Type.Object({
  state: Type.Optional(Type.Enum([...decisionStates])),
  ruleId: Type.Optional(Type.String({ format: 'uuid' })),
  from: Type.Optional(Type.String({ format: 'date' })),
  to: Type.Optional(Type.String({ format: 'date' })),
})
export type LogFilters = Static<typeof LogFilters>

export const RuleTrial = Type.Object({
  /** The analysis knows only today. */
  refusal: Type.Union([Type.Literal('only_now'), Type.Null()]),
  occasions: Type.Integer(),
  /** More than were looked at. */
  isCut: Type.Boolean(),
  /** Amounts of deals before this are not known; null where they are, or do not matter. */
  amountsSince: NullableText(),
  decided: Type.Integer(),
  held: Type.Integer(),
  unmet: Type.Integer(),
  unknown: Type.Integer(),
  /** The newest that would have been decided. */
  examples: Type.Array(Type.Object({ at: Type.String(), dealId: NullableInteger(), dealTitle: NullableText(), message: Type.String() })),
})
export type RuleTrial = Static<typeof RuleTrial>

const Choice = Type.Object({ id: Type.String(), name: Type.String() })
const Choices = Type.Array(Choice)

export const DecisionChoices = Type.Object({
  people: Choices, stages: Choices, pipelines: Choices, vendors: Choices,
  /** Processes of deals; null when the portal does not tell. */
  workflows: Type.Union([Choices, Type.Null()]),
  scenarios: Choices, segments: Choices, currency: Type.String(),
})
export type DecisionChoices = Static<typeof DecisionChoices>

const Rules = Type.Array(DecisionRule)
const ByRule = Type.Object({ ruleId: Type.String({ format: 'uuid' }) })
const ById = Type.Object({ decisionId: Type.String({ format: 'uuid' }) })
const Comment = Type.Object({ comment: NullableText({ maxLength: 500 }) })

export const decisionApi = {
  rules: endpoint({ method: 'GET', path: '/api/decisions/rules', access: 'admin', summary: 'The rules that decide', reply: Rules, errors: [] }),
  choices: endpoint({ method: 'GET', path: '/api/decisions/choices', access: 'admin', summary: 'What a rule can name', reply: DecisionChoices, errors: [] }),
  try: endpoint({
    method: 'POST', path: '/api/decisions/rules/try', access: 'admin', summary: 'What a rule would have decided in the last 30 days; decides nothing',
    body: DecisionRuleInput, reply: RuleTrial, errors: ['decision.unfit', 'action.no_person', 'action.settings_invalid'],
  }),
  create: endpoint({
    method: 'POST', path: '/api/decisions/rules', isOnceAClick: true, access: 'admin', summary: 'Set a rule', body: DecisionRuleInput, reply: Rules,
    errors: ['decision.unfit', 'decision.too_many', 'action.no_person', 'action.settings_invalid'],
  }),
  change: endpoint({
    method: 'PUT', path: '/api/decisions/rules/:ruleId', access: 'admin', summary: 'Change a rule, or switch it off and on', params: ByRule,
    body: Type.Object({ ...DecisionRuleInput.properties, isOn: Type.Boolean(), version: Type.Integer({ minimum: 1 }) }), reply: Rules,
    errors: ['decision.rule_not_found', 'decision.changed_meanwhile', 'decision.unfit', 'action.no_person', 'action.settings_invalid'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/api/decisions/rules/:ruleId', access: 'admin', summary: 'Take a rule away; its log stays', params: ByRule, reply: Rules, errors: ['decision.rule_not_found'] }),
  log: endpoint({
    method: 'GET', path: '/api/decisions', summary: 'Decisions, newest first: all for administrators, one’s own proposals for approvers',
    query: Type.Object({ ...LogFilters.properties, before: Type.Optional(Type.String({ maxLength: 80 })) }),
    reply: Type.Object({ decisions: Type.Array(LoggedDecision), next: NullableText(), isAdmin: Type.Boolean() }), errors: [],
  }),
  export: endpoint({
    method: 'GET', path: '/api/decisions/export', access: 'admin', summary: 'The log as a file', query: Type.Object({ ...LogFilters.properties, format: DocumentFormatSchema }),
    reply: DocumentReply, errors: [],
  }),
  approve: endpoint({
    method: 'POST', path: '/api/decisions/:decisionId/approval', summary: 'Let a proposal be carried out', params: ById, body: Comment, reply: LoggedDecision,
    errors: ['decision.not_found', 'decision.not_yours', 'decision.over'],
  }),
  refuse: endpoint({
    method: 'POST', path: '/api/decisions/:decisionId/refusal', summary: 'Refuse a proposal; nothing is done', params: ById, body: Comment, reply: LoggedDecision,
    errors: ['decision.not_found', 'decision.not_yours', 'decision.over'],
  }),
  undo: endpoint({
    method: 'POST', path: '/api/decisions/:decisionId/undoing', access: 'admin', summary: 'Put stage and status back as they were', params: ById, reply: LoggedDecision,
    errors: ['decision.not_found', 'decision.over', 'decision.moved_meanwhile', 'decision.no_right', 'vendor.illegal_move', 'vendor.reason_required', 'vendor.changed_meanwhile', 'vendor.forbidden', 'action.no_vendor', 'crm.refused', 'crm.forbidden', 'crm.login_lost'],
  }),
  retry: endpoint({
    method: 'POST', path: '/api/decisions/:decisionId/tries', access: 'admin', summary: 'Try again what has failed', params: ById, reply: LoggedDecision, errors: ['decision.not_found', 'decision.over'],
  }),
}

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { actionIds } from './definitions.ts'

export const ActionIdSchema = Type.Enum([...actionIds])

/** The record an action runs on: entity type by the host's number (deal 2, company 4, smart process ≥ 128). */
export const ActionDocument = Type.Object({
  entityTypeId: Type.Integer({ minimum: 1 }),
  entityId: Type.Integer({ minimum: 1 }),
})
export type ActionDocument = Static<typeof ActionDocument>

export const ReturnValue = Type.Unsafe<string | number | boolean | null>({ type: ['string', 'number', 'boolean', 'null'] })
export type ReturnValue = Static<typeof ReturnValue>

/** Something a run would change, or has changed, in words of the domain. */
export const ActionEffect = Type.Union([
  Type.Object({
    kind: Type.Literal('vendor_status'),
    vendorId: Type.String(),
    vendorName: Type.String(),
    from: Type.String(),
    to: Type.String(),
  }),
  /** Anything else, in a sentence of the portal's language. */
  Type.Object({ kind: Type.Literal('written'), text: Type.String() }),
])
export type ActionEffect = Static<typeof ActionEffect>

export const RawSettingsSchema = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 4_000 }))

export const SettingProblemSchema = Type.Object({ field: Type.String(), reason: Type.String() })

/** What an operation says for these settings and this record, now. Nothing is written to find out. */
export const ActionPreview = Type.Object({
  /** Null while settings are incomplete or an expression has no value yet. */
  returns: Type.Union([Type.Record(Type.String(), ReturnValue), Type.Null()]),
  message: NullableText(),
  effects: Type.Array(ActionEffect),
  problems: Type.Array(SettingProblemSchema),
  /** Expressions with the value they have for this record; null where only a running workflow knows it. */
  expressions: Type.Array(Type.Object({ text: Type.String(), value: NullableText() })),
  /** Why the operation can't answer for this record: a code of the error catalog, with its details. */
  failure: Type.Union([Type.Object({ code: Type.String(), details: Type.Record(Type.String(), Type.Unknown()) }), Type.Null()]),
})
export type ActionPreview = Static<typeof ActionPreview>

export const runStates = ['waiting', 'running', 'answered', 'unanswered', 'failed'] as const

export const ActionRun = Type.Object({
  runId: Type.String(),
  actionId: Type.String(),
  operation: NullableText(),
  document: Type.Union([ActionDocument, Type.Null()]),
  /** `answered`: the workflow has the result. `unanswered`: the host no longer waits for it. `failed`: tried until no try was left. */
  state: Type.Enum([...runStates]),
  isSuccess: Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }),
  settings: RawSettingsSchema,
  returns: Type.Union([Type.Record(Type.String(), ReturnValue), Type.Null()]),
  message: NullableText(),
  effects: Type.Array(ActionEffect),
  errorCode: NullableText(),
  receivedAt: Type.String(),
  finishedAt: NullableText(),
  durationMs: NullableInteger(),
  workflowId: NullableText(),
  rerunOf: NullableText(),
})
export type ActionRun = Static<typeof ActionRun>

export const CatalogueEntry = Type.Object({
  actionId: ActionIdSchema,
  /** What the portal has registered; null for viewers who may not ask it. */
  activity: Type.Enum(['installed', 'absent', 'unknown']),
  robot: Type.Enum(['installed', 'absent', 'unknown']),
  installedVersion: NullableText(),
  currentVersion: Type.String(),
})
export type CatalogueEntry = Static<typeof CatalogueEntry>

const Choice = Type.Object({ id: Type.String(), name: Type.String() })
const Choices = Type.Array(Choice)

/** What a setting can name, as far as the viewer may see it. */
export const ActionChoices = Type.Object({ pipelines: Choices, people: Choices, scenarios: Choices, reports: Choices, segments: Choices })
export type ActionChoices = Static<typeof ActionChoices>

export const actionApi = {
  catalogue: endpoint({
    method: 'GET', path: '/api/actions', summary: 'The app\'s actions and whether the portal has them',
    reply: Type.Object({ actions: Type.Array(CatalogueEntry), isAdmin: Type.Boolean() }), errors: [],
  }),
  install: endpoint({
    method: 'PUT', path: '/api/actions/:actionId/registration', access: 'admin', summary: 'Register or update an action in the portal',
    params: Type.Object({ actionId: ActionIdSchema }), reply: CatalogueEntry, errors: [],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/actions/:actionId/registration', access: 'admin', summary: 'Take an action out of the portal; steps that use it stop working',
    params: Type.Object({ actionId: ActionIdSchema }), reply: CatalogueEntry, errors: [],
  }),
  choices: endpoint({
    method: 'GET', path: '/api/actions/choices', summary: 'Pipelines, people, scenarios and reports a setting can name',
    reply: ActionChoices, errors: [],
  }),
  documents: endpoint({
    method: 'GET', path: '/api/actions/documents', summary: 'Records to try an action on',
    query: Type.Object({ entityTypeId: Type.Integer({ minimum: 1 }), search: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: Type.Object({ documents: Type.Array(Type.Object({ entityTypeId: Type.Integer(), entityId: Type.Integer(), title: Type.String() })) }),
    errors: [],
  }),
  preview: endpoint({
    method: 'POST', path: '/api/actions/:actionId/preview', summary: 'What the action would return for a record now; writes nothing',
    params: Type.Object({ actionId: ActionIdSchema }),
    body: Type.Object({
      settings: RawSettingsSchema,
      document: Type.Union([ActionDocument, Type.Null()]),
      /** Values for expressions that only a running workflow would know, to try them out. */
      samples: Type.Optional(Type.Record(Type.String({ maxLength: 400 }), Type.String({ maxLength: 4_000 }))),
    }),
    reply: ActionPreview, errors: [],
  }),
  runs: endpoint({
    method: 'GET', path: '/api/actions/runs', access: 'admin', summary: 'Runs of the actions, newest first',
    query: Type.Object({
      actionId: Type.Optional(ActionIdSchema),
      state: Type.Optional(Type.Enum([...runStates])),
      before: Type.Optional(Type.String({ maxLength: 60 })),
    }),
    reply: Type.Object({ runs: Type.Array(ActionRun), next: NullableText() }), errors: [],
  }),
  rerun: endpoint({
    method: 'POST', path: '/api/actions/runs/:runId/rerun', access: 'admin', summary: 'Run again with the same inputs; the workflow gets the answer if it still waits',
    params: Type.Object({ runId: Type.String({ format: 'uuid' }) }), reply: ActionRun, errors: ['action.run_unknown', 'action.run_unfinished'],
  }),
}

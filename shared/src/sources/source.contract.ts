import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { dateOrders } from '../imports/dates.ts'
import { Recurrence } from '../reports/recurrence.ts'
import { adFaults, adFields, costUnits } from './ad-cost.ts'
import { columnTypes, replacedScopes } from './ad-columns.ts'
import { LedgerFault } from './finance.contract.ts'

export const maxSourceBytes = 24 * 1024 * 1024
/** A file travels as base64 inside its request. */
const bodyLimit = Math.ceil(maxSourceBytes * 4 / 3) + 64 * 1024

export const sourceDatasets = ['ad_costs', 'ledger'] as const
export type SourceDataset = (typeof sourceDatasets)[number]
export const sourceKinds = ['file', 'webhook', 'address'] as const
export type SourceKind = (typeof sourceKinds)[number]

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const Title = NullableText({ maxLength: 300 })

export const AdCostSettingsSchema = Type.Object({
  columns: Type.Object(Object.fromEntries(adFields.map(field => [field, Title])) as Record<(typeof adFields)[number], typeof Title>),
  dateOrder: Type.Enum([...dateOrders]),
  decimal: Type.Enum([',', '.']),
  costUnit: Type.Enum([...costUnits]),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  channel: Type.String({ maxLength: 120 }),
  rowsPath: NullableText({ maxLength: 200 }),
  replaces: Type.Optional(Type.Enum([...replacedScopes])),
})

const SourceFile = Type.Object({ name: Text(255), base64: Type.String({ maxLength: Math.ceil(maxSourceBytes * 4 / 3) + 4 }) })
export type SourceFile = Static<typeof SourceFile>

/** Value null: the one that is stored stays. */
const SecretHeader = Type.Object({ name: Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }), value: NullableText({ maxLength: 4000 }) })

/** What the wizard knows of a source before it is one. */
const Connection = {
  dataset: Type.Enum([...sourceDatasets]),
  kind: Type.Enum([...sourceKinds]),
  address: NullableText({ maxLength: 2000 }),
  headers: Type.Array(SecretHeader, { maxItems: 8 }),
  settings: Type.Union([AdCostSettingsSchema, Type.Null()]),
}

export const SourceProbe = Type.Object({
  ...Connection,
  /** Whose stored headers are meant where a header has no value. */
  sourceId: Type.Optional(Type.String({ format: 'uuid' })),
  file: Type.Optional(SourceFile),
  /** A sheet or a list that was chosen; without, the one that looks like it. */
  rowsPath: Type.Optional(Type.String({ maxLength: 200 })),
  /** A body as the inbound door will get it. */
  sample: Type.Optional(Type.String({ maxLength: 200_000 })),
})
export type SourceProbe = Static<typeof SourceProbe>

export const SourceInput = Type.Object({
  ...Connection,
  name: Text(80),
  recurrence: Type.Union([Recurrence, Type.Null()]),
  timeZone: Type.String({ minLength: 1, maxLength: 60 }),
  /** Of an inbound door: what comes unsigned is refused. */
  isSignatureRequired: Type.Boolean(),
})
export type SourceInput = Static<typeof SourceInput>

export const SourceRun = Type.Object({
  runId: Type.String(),
  reason: Type.Enum(['person', 'schedule', 'caught_up', 'delivery']),
  state: Type.Enum(['waiting', 'running', 'done', 'failed']),
  fileName: NullableText(),
  read: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  same: Type.Integer(),
  removed: Type.Integer(),
  refused: Type.Integer(),
  errorCode: NullableText(),
  dueAt: Type.String(),
  finishedAt: NullableText(),
})
export type SourceRun = Static<typeof SourceRun>

export const Source = Type.Object({
  sourceId: Type.String(),
  ...SourceInput.properties,
  /** The end of the door's key. */
  keyHint: NullableText(),
  isPaused: Type.Boolean(),
  nextRunAt: NullableText(),
  /** Rows kept, and the days they cover. */
  rows: Type.Integer(),
  from: NullableText(),
  to: NullableText(),
  lastRun: Type.Union([SourceRun, Type.Null()]),
  version: Type.Integer(),
})
export type Source = Static<typeof Source>

export const Sources = Type.Object({
  sources: Type.Array(Source),
  currency: Type.String(),
  timeZone: Type.String(),
  /** Where the inbound door is. */
  doorUrl: Type.String(),
})
export type Sources = Static<typeof Sources>

const PreviewRow = Type.Object({
  line: Type.Integer(),
  day: NullableText(), channel: NullableText(), campaign: NullableText(),
  impressions: NullableInteger(), clicks: NullableInteger(), costMinor: NullableInteger(), currency: NullableText(),
  fault: Type.Union([Type.Enum([...adFaults]), Type.Null()]),
})

export const AdCostReadingReport = Type.Object({
  accepted: Type.Integer(),
  /** Rows under a key of their own, after parts were added up. */
  keys: Type.Integer(),
  faults: Type.Array(Type.Object({ fault: Type.Enum([...adFaults]), count: Type.Integer(), lines: Type.Array(Type.Integer()) })),
  /** Rows that cover more than a day: their cost counts on its first. */
  longer: Type.Integer(),
  from: NullableText(),
  to: NullableText(),
  costs: Type.Array(Type.Object({ currency: Type.String(), minor: Type.Integer() })),
  impressions: NullableInteger(),
  clicks: NullableInteger(),
  rows: Type.Array(PreviewRow),
})
export type AdCostReadingReport = Static<typeof AdCostReadingReport>

const LedgerCheck = Type.Object({
  currency: Type.String(), read: Type.Integer(), refused: Type.Integer(), entries: Type.Integer(), from: NullableText(), to: NullableText(),
  debitMinor: Type.Integer(), creditMinor: Type.Integer(), revenueMinor: Type.Integer(), expensesMinor: Type.Integer(), faults: Type.Array(LedgerFault),
})
export type LedgerCheck = Static<typeof LedgerCheck>

export const SourcePreview = Type.Object({
  columns: Type.Array(Type.Object({ name: Type.String(), type: Type.Enum([...columnTypes]), filled: Type.Number(), samples: Type.Array(Type.String()) })),
  rowCount: Type.Integer(),
  /** Sheets or lists that rows could be read from, and the one they were. */
  places: Type.Array(Type.String()),
  place: NullableText(),
  /** As asked for, else as it was understood. */
  settings: Type.Union([AdCostSettingsSchema, Type.Null()]),
  /** Null while day, cost or channel is missing. */
  reading: Type.Union([AdCostReadingReport, Type.Null()]),
  /** Of a file of accounting entries: what its self-check found. */
  ledger: Type.Union([LedgerCheck, Type.Null()]),
})
export type SourcePreview = Static<typeof SourcePreview>

const access = 'admin'
const params = Type.Object({ sourceId: Type.String({ format: 'uuid' }) })
const version = Type.Object({ version: Type.Integer({ minimum: 1 }) })
const connecting = ['source.not_found', 'source.unreadable', 'source.not_fec', 'source.no_rows', 'source.address_refused', 'source.address_unreachable', 'source.answer_refused', 'source.answer_too_large'] as const
const saving = ['source.columns_missing', 'source.zone_unknown', 'source.address_refused'] as const
/** Shown this once. */
const DoorSecrets = Type.Object({ key: Type.String(), signingSecret: Type.String() })
export type DoorSecrets = Static<typeof DoorSecrets>
const Saved = Type.Object({ sourceId: Type.String(), sources: Sources, secrets: Type.Union([DoorSecrets, Type.Null()]) })

export const sourceApi = {
  list: endpoint({ method: 'GET', path: '/api/sources', access, summary: 'Sources from outside the CRM, with what they delivered', reply: Sources, errors: [] }),
  preview: endpoint({
    method: 'POST', path: '/api/sources/preview', access, bodyLimit, summary: 'Look at a source before it is saved, or try how it would be read; nothing is stored',
    body: SourceProbe, reply: SourcePreview, errors: [...connecting],
  }),
  create: endpoint({
    method: 'POST', path: '/api/sources', access, body: SourceInput, reply: Saved,
    errors: [...saving, 'source.too_many', 'source.other_kind'],
  }),
  change: endpoint({
    method: 'PUT', path: '/api/sources/:sourceId', access, params, body: Type.Object({ ...SourceInput.properties, ...version.properties }), reply: Saved,
    errors: [...saving, 'source.not_found', 'source.changed_meanwhile', 'source.other_kind'],
  }),
  pause: endpoint({ method: 'POST', path: '/api/sources/:sourceId/pause', access, params, body: Type.Object({ isPaused: Type.Boolean() }), reply: Sources, errors: ['source.not_found'] }),
  run: endpoint({ method: 'POST', path: '/api/sources/:sourceId/run', access, summary: 'Read the address now, beside its schedule', params, reply: Sources, errors: ['source.not_found', 'source.other_kind'] }),
  deliver: endpoint({
    method: 'POST', path: '/api/sources/:sourceId/files', access, bodyLimit, summary: 'Load a file; the same one twice changes nothing', params, body: SourceFile,
    reply: Type.Object({ run: SourceRun, sources: Sources }), errors: ['source.not_found', 'source.other_kind', 'source.unreadable', 'source.answer_too_large', 'source.no_rows', 'source.columns_missing', 'source.not_fec', 'source.period_overlaps'],
  }),
  renewKey: endpoint({ method: 'POST', path: '/api/sources/:sourceId/key', access, summary: 'A new key; the one before opens nothing any more', params, reply: Saved, errors: ['source.not_found', 'source.other_kind'] }),
  remove: endpoint({ method: 'DELETE', path: '/api/sources/:sourceId', access, summary: 'Take a source and its figures away; for a day it can be brought back', params, reply: Sources, errors: ['source.not_found'] }),
  restore: endpoint({ method: 'POST', path: '/api/sources/:sourceId/restoration', access, summary: 'Bring back what was taken away', params, reply: Sources, errors: ['source.gone'] }),
  runs: endpoint({ method: 'GET', path: '/api/sources/:sourceId/runs', access, summary: 'The last deliveries', params, reply: Type.Object({ runs: Type.Array(SourceRun) }), errors: ['source.not_found'] }),
}

/** For programs: a key opens it, no session does. */
export const sourceDoors = {
  deliver: endpoint({
    method: 'POST', path: '/bx/sources/deliver', access: 'open', bodyLimit: 4 * 1024 * 1024, summary: 'Deliver rows of a source; a row that comes again replaces itself', body: Type.Unknown(),
    reply: Type.Object({ read: Type.Integer(), added: Type.Integer(), changed: Type.Integer(), same: Type.Integer(), refused: Type.Integer() }),
    errors: ['source.key_invalid', 'source.signature_invalid', 'source.delivery_differs', 'source.paused', 'source.unreadable', 'source.answer_too_large', 'source.no_rows', 'source.columns_missing'],
  }),
}

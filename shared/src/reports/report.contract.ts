import { Type, type Static } from 'typebox'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'
import { MetricFilters } from '../insights/insights.contract.ts'
import { periodKinds } from '../insights/period.ts'
import { HandOver, Owned, PastHandOver } from '../portal/owner.schema.ts'
import { shareRoles } from '../portal/share.schema.ts'
import { SpendDimensionSchema } from '../spend-reports/spend-report.contract.ts'
import { Recurrence } from './recurrence.ts'

const NamedPeriod = Type.Enum(periodKinds.filter(kind => kind !== 'custom'))

/** What is reported: a dashboard that somebody built, or spend by one dimension. */
export const ReportSource = Type.Union([
  Type.Object({ kind: Type.Literal('board'), boardId: Type.String({ format: 'uuid' }), period: NamedPeriod, segmentId: Type.Optional(Type.String({ format: 'uuid' })) }),
  Type.Object({ kind: Type.Literal('spend'), by: SpendDimensionSchema, period: NamedPeriod }),
])
export type ReportSource = Static<typeof ReportSource>

export const reportRoles = ['portal_admin', ...shareRoles] as const
export type ReportRole = (typeof reportRoles)[number]

export const ReportRecipient = Type.Union([
  Type.Object({ kind: Type.Enum(['user', 'department', 'head_of_department']), id: Type.Integer({ minimum: 1 }) }),
  Type.Object({ kind: Type.Literal('role'), role: Type.Enum([...reportRoles]) }),
])
export type ReportRecipient = Static<typeof ReportRecipient>

/** Where a report arrives beside the bell. */
export const reportChannels = ['drive', 'chat'] as const
export type ReportChannel = (typeof reportChannels)[number]

export const ScheduleInput = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  source: ReportSource,
  formats: Type.Array(DocumentFormatSchema, { minItems: 1, maxItems: 3, uniqueItems: true }),
  recurrence: Recurrence,
  timeZone: Type.String({ minLength: 1, maxLength: 60 }),
  language: Type.Enum(['fr', 'en']),
  recipients: Type.Array(ReportRecipient, { minItems: 1, maxItems: 100 }),
  delivery: Type.Array(Type.Enum([...reportChannels]), { maxItems: reportChannels.length, uniqueItems: true }),
})
export type ScheduleInput = Static<typeof ScheduleInput>

export const reportRunStates = ['waiting', 'running', 'done', 'failed'] as const
export const ReportRun = Type.Object({
  runId: Type.String(),
  dueAt: Type.String(),
  state: Type.Enum([...reportRunStates]),
  /** Asked for by hand, or made up for after the server was down. */
  reason: Type.Enum(['schedule', 'caught_up', 'person']),
  files: Type.Integer(),
  people: Type.Integer(),
  /** Of the people who should also find it elsewhere, those to whom that failed. */
  undelivered: Type.Integer(),
  errorCode: NullableText(),
  finishedAt: NullableText(),
})
export type ReportRun = Static<typeof ReportRun>

export const Schedule = Type.Object({
  scheduleId: Type.String(),
  ...ScheduleInput.properties,
  version: Type.Integer(),
  isPaused: Type.Boolean(),
  ...Owned.properties,
  /** Null while it is paused. */
  nextRunAt: NullableText(),
  lastRun: Type.Union([ReportRun, Type.Null()]),
})
export type Schedule = Static<typeof Schedule>

export const ReportFile = Type.Object({
  fileId: Type.String(),
  title: Type.String(),
  format: DocumentFormatSchema,
  fileName: Type.String(),
  bytes: Type.Integer(),
  madeAt: Type.String(),
})
export type ReportFile = Static<typeof ReportFile>

export const ReportChoices = Type.Object({
  people: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
  departments: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
  /** That the portal lets the app use. */
  channels: Type.Array(Type.Enum([...reportChannels])),
})
export type ReportChoices = Static<typeof ReportChoices>

const params = Type.Object({ scheduleId: Type.String({ format: 'uuid' }) })
const version = Type.Object({ version: Type.Integer({ minimum: 1 }) })

export const reportApi = {
  schedules: endpoint({ method: 'GET', path: '/api/reports/schedules', summary: 'Scheduled reports: one\'s own, all of them for an administrator', reply: Type.Array(Schedule), errors: [] }),
  create: endpoint({ method: 'POST', path: '/api/reports/schedules', isOnceAClick: true, body: ScheduleInput, reply: Schedule, errors: ['report.zone_unknown', 'report.recipient_unknown', 'report.source_unknown', 'report.too_many'] }),
  change: endpoint({
    method: 'PUT', path: '/api/reports/schedules/:scheduleId', params, body: Type.Object({ ...version.properties, ...ScheduleInput.properties }), reply: Schedule,
    errors: ['report.not_found', 'report.changed_meanwhile', 'report.zone_unknown', 'report.recipient_unknown', 'report.source_unknown'],
  }),
  pause: endpoint({ method: 'POST', path: '/api/reports/schedules/:scheduleId/pause', params, body: Type.Object({ isPaused: Type.Boolean() }), reply: Schedule, errors: ['report.not_found'] }),
  handOver: endpoint({ method: 'POST', path: '/api/reports/schedules/:scheduleId/owner', summary: 'Another person becomes responsible, for instance when somebody leaves', access: 'admin', params, body: Type.Object({ ownerId: Type.Integer({ minimum: 1 }) }), reply: Schedule, errors: ['report.not_found', 'report.recipient_unknown'] }),
  handOverAll: endpoint({
    method: 'POST', path: '/api/reports/owners', summary: 'All that one person answers for goes to another', access: 'admin',
    body: HandOver, reply: Type.Array(Schedule), errors: ['report.recipient_unknown'],
  }),
  handOvers: endpoint({ method: 'GET', path: '/api/reports/owners', summary: 'Who gave whose reports to whom', access: 'admin', reply: Type.Array(PastHandOver), errors: [] }),
  remove: endpoint({ method: 'DELETE', path: '/api/reports/schedules/:scheduleId', params, reply: Type.Object({ scheduleId: Type.String() }), errors: ['report.not_found'] }),
  runNow: endpoint({ method: 'POST', path: '/api/reports/schedules/:scheduleId/run', isOnceAClick: true, summary: 'Made and sent now, beside its schedule', params, reply: Schedule, errors: ['report.not_found'] }),
  runs: endpoint({ method: 'GET', path: '/api/reports/schedules/:scheduleId/runs', params, reply: Type.Array(ReportRun), errors: ['report.not_found'] }),
  choices: endpoint({ method: 'GET', path: '/api/reports/choices', summary: 'Whom a report can be sent to', reply: ReportChoices, errors: [] }),
  boardFile: endpoint({
    method: 'GET', path: '/api/reports/boards/:boardId', summary: 'A dashboard as a file, with the filters and the rights of whoever asks', params: Type.Object({ boardId: Type.String({ format: 'uuid' }) }),
    query: Type.Object({ ...MetricFilters.properties, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }), reply: DocumentReply, errors: ['report.source_unknown', 'segment.not_found'],
  }),
  files: endpoint({ method: 'GET', path: '/api/reports/files', summary: 'Reports that were made for the viewer', reply: Type.Array(ReportFile), errors: [] }),
  file: endpoint({ method: 'GET', path: '/api/reports/files/:fileId', params: Type.Object({ fileId: Type.String({ format: 'uuid' }) }), reply: DocumentReply, errors: ['report.not_found', 'report.rights_narrowed'] }),
}

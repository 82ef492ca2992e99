import { Type, type Static } from 'typebox'
import { CompanyDays } from '../calendar/company-days.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'

/** `active`: open and not resting. */
export const alertViews = ['active', 'acknowledged', 'snoozed', 'resolved'] as const
export type AlertView = (typeof alertViews)[number]
export const severities = ['info', 'warning', 'critical'] as const
// Not the catalogue's own list: its words would come along to every page.
const KindId = Type.String({ pattern: '^[a-z_]{1,60}$' })
const DayText = Type.String({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` })

export const AlertRow = Type.Object({
  alertId: Type.String(),
  kind: Type.String(),
  severity: Type.Enum([...severities]),
  vendorId: NullableText(),
  vendorName: NullableText(),
  companyId: NullableInteger(),
  ownerUserId: NullableInteger(),
  ownerName: NullableText(),
  params: Type.Record(Type.String(), Type.Unknown()),
  link: Type.Unknown(),
  dueOn: NullableText(),
  view: Type.Enum([...alertViews]),
  snoozedUntil: NullableText(),
  raisedAt: Type.String(),
  resolvedAt: NullableText(),
  version: Type.Integer(),
})
export type AlertRow = Static<typeof AlertRow>

export const AlertFilter = Type.Object({
  view: Type.Optional(Type.Enum([...alertViews])),
  kind: Type.Optional(Type.Array(KindId, { maxItems: 40 })),
  severity: Type.Optional(Type.Array(Type.Enum([...severities]), { maxItems: 3 })),
  vendorId: Type.Optional(Type.String({ format: 'uuid' })),
  isMine: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
})
export type AlertFilter = Static<typeof AlertFilter>

export const AlertPage = Type.Object({
  items: Type.Array(AlertRow),
  total: Type.Integer(),
  /** By view, under the other filters. */
  counts: Type.Object({ active: Type.Integer(), acknowledged: Type.Integer(), snoozed: Type.Integer(), resolved: Type.Integer() }),
  /** Kinds that there are any of, whatever the filter. */
  kinds: Type.Array(Type.String()),
})
export type AlertPage = Static<typeof AlertPage>

export const AlertEvent = Type.Object({
  event: Type.String(),
  at: Type.String(),
  byName: NullableText(),
  details: Type.Record(Type.String(), Type.Unknown()),
})
export type AlertEvent = Static<typeof AlertEvent>

const Clock = Type.String({ pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$` })
const NullableClock = NullableText({ pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$` })
export const digestChoices = ['off', 'daily', 'weekly'] as const
export const wishes = ['now', 'digest', 'off'] as const
export const languages = ['fr', 'en'] as const

export const NoticePreferences = Type.Object({
  language: Type.Enum([...languages]),
  timeZone: Type.String({ minLength: 1, maxLength: 60 }),
  /** Null: as the portal. */
  quietFrom: NullableClock,
  quietUntil: NullableClock,
  digest: Type.Enum([...digestChoices]),
  digestWeekday: Type.Integer({ minimum: 1, maximum: 7 }),
  digestHour: Type.Integer({ minimum: 0, maximum: 23 }),
  wishes: Type.Record(Type.String(), Type.Enum([...wishes])),
})
export type NoticePreferences = Static<typeof NoticePreferences>

export const PreferencesPage = Type.Object({
  preferences: NoticePreferences,
  portalQuiet: Type.Object({ from: Clock, until: Clock }),
  /** The digest as it would be sent now. */
  preview: Type.String(),
  isDeliverable: Type.Boolean(),
})
export type PreferencesPage = Static<typeof PreferencesPage>

export const channels = ['bell', 'todo', 'task'] as const

export const KindSetting = Type.Object({
  kind: Type.String(),
  isOn: Type.Boolean(),
  /** Null for a kind that follows an event. */
  steps: Type.Union([Type.Array(Type.Integer({ minimum: 0, maximum: 365 }), { maxItems: 8 }), Type.Null()]),
  channels: Type.Array(Type.Enum([...channels]), { maxItems: 3 }),
})
export type KindSetting = Static<typeof KindSetting>

export const NoticeSettings = Type.Object({
  quietFrom: Clock,
  quietUntil: Clock,
  fallbackUserIds: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 20 }),
  defaultDigest: Type.Enum([...digestChoices]),
  kinds: Type.Array(KindSetting, { maxItems: 60 }),
  companyDays: CompanyDays,
})
export type NoticeSettings = Static<typeof NoticeSettings>

export const SettingsPage = Type.Object({
  settings: NoticeSettings,
  people: Type.Array(Type.Object({ userId: Type.Integer(), name: Type.String() })),
  /** Scopes without which a way of telling is closed. */
  missingScope: Type.Array(Type.String()),
  waiting: Type.Integer(),
  sentLastWeek: Type.Integer(),
  failed: Type.Array(Type.Object({ kind: Type.String(), channel: Type.String(), personName: NullableText(), reason: NullableText(), at: Type.String() })),
})
export type SettingsPage = Static<typeof SettingsPage>

export const alertActions = ['acknowledge', 'snooze', 'reopen'] as const

export const noticeApi = {
  alerts: endpoint({
    method: 'GET', path: '/api/alerts', summary: 'The alerts that the viewer may see', query: AlertFilter, reply: AlertPage, errors: [],
  }),
  count: endpoint({
    method: 'GET', path: '/api/alerts/count', summary: 'How many alerts are open, for the badge', reply: Type.Object({ open: Type.Integer(), critical: Type.Integer() }), errors: [],
  }),
  history: endpoint({
    method: 'GET', path: '/api/alerts/:alertId/history', summary: 'What has happened to an alert',
    params: Type.Object({ alertId: Type.String({ format: 'uuid' }) }),
    reply: Type.Object({ events: Type.Array(AlertEvent) }), errors: ['alert.not_found'],
  }),
  act: endpoint({
    method: 'POST', path: '/api/alerts/actions', summary: 'Acknowledge, snooze or reopen alerts',
    body: Type.Object({
      alertIds: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 200 }),
      action: Type.Enum([...alertActions]),
      /** For snoozing: the day on whose morning the alert speaks up again. */
      until: Type.Optional(DayText),
    }),
    reply: Type.Object({ changed: Type.Array(AlertRow) }),
    errors: ['alert.not_found', 'alert.snooze_past'],
  }),
  preferences: endpoint({
    method: 'GET', path: '/api/notices/preferences', summary: 'How the viewer wants to be told', reply: PreferencesPage, errors: [],
  }),
  savePreferences: endpoint({
    method: 'PUT', path: '/api/notices/preferences', summary: 'Keep how the viewer wants to be told', body: NoticePreferences, reply: PreferencesPage,
    errors: ['notice.zone_unknown'],
  }),
  settings: endpoint({
    method: 'GET', path: '/api/notices/settings', summary: 'How the portal tells its people', access: 'admin', reply: SettingsPage, errors: [],
  }),
  saveSettings: endpoint({
    method: 'PUT', path: '/api/notices/settings', summary: 'Keep how the portal tells its people', access: 'admin', body: NoticeSettings, reply: SettingsPage, errors: [],
  }),
}

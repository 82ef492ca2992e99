import { Type, type Static } from 'typebox'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Day, MaybeMoney, MaybePerson, VendorId, VendorStatusSchema } from '../vendors/vendor-fields.ts'
import { deadlineKinds } from './deadlines.ts'

const Kinds = Type.Array(Type.Enum([...deadlineKinds]))

export const Deadline = Type.Object({
  kind: Type.Enum([...deadlineKinds]),
  subjectId: Type.String(),
  vendorId: VendorId,
  vendorName: Type.String(),
  vendorStatus: VendorStatusSchema,
  companyId: NullableInteger(),
  dueOn: Day,
  title: Type.String(),
  isMandatory: Type.Boolean(),
  /** Who has to think of it; null = the administrators. */
  owner: MaybePerson,
  amount: MaybeMoney,
})
export type Deadline = Static<typeof Deadline>

export const DeadlineFilter = Type.Object({
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  kinds: Type.Optional(Kinds),
  /** 0 = nobody's. */
  owner: Type.Optional(Type.Integer({ minimum: 0 })),
  vendorId: Type.Optional(VendorId),
})
export type DeadlineFilter = Static<typeof DeadlineFilter>

export const DeadlineList = Type.Object({
  today: Day,
  deadlines: Type.Array(Deadline),
  /** Everybody who has a deadline under any filter of people. */
  owners: Type.Array(Type.Object({ userId: Type.Integer(), name: Type.String() })),
  /** More than the page holds: the list is cut at the latest dates. */
  isCut: Type.Boolean(),
})
export type DeadlineList = Static<typeof DeadlineList>

export const CalendarFilter = Type.Object({ kinds: Type.Optional(Kinds), isMineOnly: Type.Boolean() })
export type CalendarFilter = Static<typeof CalendarFilter>

export const CalendarSubscription = Type.Object({
  subscriptionId: Type.String({ format: 'uuid' }),
  language: Type.String(),
  filter: CalendarFilter,
  createdAt: Type.String(),
  lastReadAt: NullableText(),
})
export type CalendarSubscription = Static<typeof CalendarSubscription>

const Language = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 20 })

export const deadlineApi = {
  list: endpoint({
    method: 'GET', path: '/api/deadlines', summary: 'Notice days, ends of contracts, expiries and payments to think of',
    query: DeadlineFilter, reply: DeadlineList, errors: [],
  }),
  download: endpoint({
    method: 'GET', path: '/api/deadlines/calendar', summary: 'The same as a calendar file (iCalendar)',
    query: Type.Object({ ...DeadlineFilter.properties, language: Language }), reply: Type.Object({ file: Type.String(), name: Type.String() }), errors: [],
  }),
  export: endpoint({
    method: 'GET', path: '/api/deadlines/export', summary: 'The same as PDF, workbook or CSV',
    query: Type.Object({ ...DeadlineFilter.properties, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }), reply: DocumentReply, errors: [],
  }),
  subscriptions: endpoint({
    method: 'GET', path: '/api/calendars', summary: 'One\'s own calendar addresses',
    reply: Type.Array(CalendarSubscription), errors: [],
  }),
  subscribe: endpoint({
    method: 'POST', path: '/api/calendars', isOnceAClick: true, summary: 'A secret address that a calendar program reads; it is shown once',
    body: Type.Object({ language: Language, filter: CalendarFilter }),
    reply: Type.Object({ subscription: CalendarSubscription, url: Type.String() }), errors: ['calendar.too_many'],
  }),
  revoke: endpoint({
    method: 'DELETE', path: '/api/calendars/:subscriptionId', summary: 'Close one\'s own address for good',
    params: Type.Object({ subscriptionId: Type.String({ format: 'uuid' }) }), reply: Type.Object({}), errors: ['calendar.not_found'],
  }),
  feed: endpoint({
    method: 'GET', path: '/calendar/:file', summary: 'What a calendar program reads', access: 'open',
    params: Type.Object({ file: Type.String({ maxLength: 100 }) }), reply: Type.String(), errors: ['calendar.not_found'],
  }),
}

import { Type, type Static } from 'typebox'
import { DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { MaybePerson } from '../vendors/vendor-fields.ts'
import { inventoryIds, placeKinds, retentionKinds } from './inventory.ts'

const Months = NullableInteger({ minimum: 1, maximum: 120 })
/** Null keeps a kind as long as what it belongs to. */
const Periods = Type.Object({ vendorContacts: Months, contactHistory: Months, importRows: Months }, { additionalProperties: false })
export type RetentionPeriods = Static<typeof Periods>

const Erasure = Type.Object({
  reason: Type.Enum(['request', 'retention']),
  counts: Type.Array(Type.Object({ kind: Type.Enum([...placeKinds, ...retentionKinds]), count: Type.Integer() })),
  at: Type.String(),
  by: MaybePerson,
})

export const PersonalData = Type.Object({
  inventory: Type.Array(Type.Object({ id: Type.Enum([...inventoryIds]), count: Type.Integer(), keptDays: NullableInteger() })),
  periods: Periods,
  erasures: Type.Array(Erasure),
})
export type PersonalData = Static<typeof PersonalData>

export const RetentionPreview = Type.Object({ vendorContacts: Type.Integer(), contactHistory: Type.Integer(), importRows: Type.Integer() })
export type RetentionPreview = Static<typeof RetentionPreview>

export const PersonMatch = Type.Object({
  matchId: Type.String(),
  kind: Type.Enum([...placeKinds]),
  /** The vendor, file or statement that it belongs to. */
  subject: NullableText(),
  field: NullableText(),
  value: Type.String(),
  /** False for what must be kept, or goes by itself. */
  isErasable: Type.Boolean(),
})
export type PersonMatch = Static<typeof PersonMatch>

export const PersonSearch = Type.Object({
  matches: Type.Array(PersonMatch),
  /** There are more: only a narrower search shows all of them. */
  isCut: Type.Boolean(),
})
export type PersonSearch = Static<typeof PersonSearch>

/** In a body, not in an address: addresses are logged. */
const Term = Type.String({ minLength: 3, maxLength: 120, pattern: '\\S\\s*\\S\\s*\\S' })
const access = 'admin'

export const personalDataApi = {
  get: endpoint({ method: 'GET', path: '/api/personal-data', access, summary: 'What is stored about persons, how long, and what was erased', reply: PersonalData, errors: [] }),
  preview: endpoint({ method: 'POST', path: '/api/personal-data/retention/preview', access, summary: 'How much these periods would erase today', body: Periods, reply: RetentionPreview, errors: [] }),
  saveRetention: endpoint({ method: 'PUT', path: '/api/personal-data/retention', access, summary: 'Choose how long data is kept; the next day applies it', body: Periods, reply: PersonalData, errors: [] }),
  search: endpoint({ method: 'POST', path: '/api/personal-data/search', access, summary: 'What is stored about a person', body: Type.Object({ term: Term }), reply: PersonSearch, errors: [] }),
  export: endpoint({
    method: 'POST', path: '/api/personal-data/export', access, summary: 'What is stored about a person, as a file',
    body: Type.Object({ term: Term, format: Type.Enum(['json', 'xlsx']), language: Type.Enum(['fr', 'en']) }), reply: DocumentReply, errors: ['personal_data.too_many'],
  }),
  erase: endpoint({
    method: 'POST', path: '/api/personal-data/erasure', access, summary: 'Erase what was chosen, all of it or nothing; it does not come back',
    body: Type.Object({ term: Term, matchIds: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 200, uniqueItems: true }) }), reply: PersonSearch,
    errors: ['personal_data.changed_meanwhile'],
  }),
}

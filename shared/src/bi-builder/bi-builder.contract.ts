import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'
import { MaybePerson } from '../vendors/vendor-fields.ts'
import { biDatasetCodes } from './datasets.ts'

export const BiCode = Type.Enum([...biDatasetCodes])

/** In the order in which they are taken; datasets come last, one step each. */
export const biStepIds = ['connector', 'source', ...biDatasetCodes] as const
export type BiStepId = (typeof biStepIds)[number]

export const biStepStates = ['done', 'outdated', 'missing', 'unwanted'] as const

/** Of which vendors the datasets tell: those that everybody in the portal may see, or all of them. */
export const biVendorScopes = ['everyone', 'all'] as const
export type BiVendorScope = (typeof biVendorScopes)[number]
const VendorScope = Type.Enum([...biVendorScopes])

export const BiBuilder = Type.Object({
  /** The portal has granted the app the permission that BI Builder asks for. */
  hasPermission: Type.Boolean(),
  /** What is to be published, and how far it is. `unwanted`: not chosen, or chosen no more. */
  steps: Type.Array(Type.Object({
    id: Type.Enum([...biStepIds]),
    state: Type.Enum([...biStepStates]),
    /** The dataset's name over there; null until it is there. */
    name: NullableText(),
  })),
  chosen: Type.Array(BiCode),
  vendorScope: VendorScope,
  key: Type.Union([Type.Object({
    /** The end of the key: enough to tell keys apart, not to use one. */
    hint: Type.String(),
    createdAt: Type.String(),
    createdBy: MaybePerson,
    lastUsedAt: NullableText(),
  }), Type.Null()]),
  /** Where BI Builder asks. */
  address: Type.String(),
})
export type BiBuilder = Static<typeof BiBuilder>

export const BiCell = Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'] })

const hostTrouble = ['bi.permission_missing', 'bi.not_allowed', 'bi.unreachable', 'bi.refused', 'bi.source_in_use', 'crm.unavailable', 'crm.limit', 'crm.login_lost', 'portal.not_installed'] as const

export const biBuilderApi = {
  get: endpoint({
    method: 'GET', path: '/api/bi-builder', access: 'admin', summary: 'What is published to BI Builder', reply: BiBuilder, errors: [],
  }),
  choose: endpoint({
    method: 'PUT', path: '/api/bi-builder/datasets', access: 'admin', summary: 'Choose the datasets that are to be published, and the vendors they tell of',
    body: Type.Object({ codes: Type.Array(BiCode, { minItems: 1, maxItems: biDatasetCodes.length, uniqueItems: true }), vendorScope: Type.Optional(VendorScope) }), reply: BiBuilder, errors: [],
  }),
  publish: endpoint({
    method: 'POST', path: '/api/bi-builder/steps/:biStep', access: 'admin', summary: 'Take one step of the publication; taken twice, it is done once',
    params: Type.Object({ biStep: Type.Enum([...biStepIds]) }), reply: BiBuilder, errors: [...hostTrouble, 'bi.step_before'],
  }),
  unpublish: endpoint({
    method: 'DELETE', path: '/api/bi-builder', access: 'admin', summary: 'Take everything back: the key first, then datasets, connections and the connector',
    reply: BiBuilder, errors: [...hostTrouble],
  }),
  rotateKey: endpoint({
    method: 'POST', path: '/api/bi-builder/key/rotation', access: 'admin', summary: 'Give the connection a new key; the old one ends when the new one works',
    reply: BiBuilder, errors: [...hostTrouble, 'bi.step_before'],
  }),
  revealKey: endpoint({
    method: 'POST', path: '/api/bi-builder/key/view', access: 'admin', summary: 'Show the key, to connect by hand',
    reply: Type.Object({ key: Type.String() }), errors: ['bi.step_before', 'crm.login_lost'],
  }),
  preview: endpoint({
    method: 'GET', path: '/api/bi-builder/datasets/:biCode/preview', access: 'admin', summary: 'The first rows of a dataset, as BI Builder gets them',
    params: Type.Object({ biCode: BiCode }), reply: Type.Object({ codes: Type.Array(Type.String()), rows: Type.Array(Type.Array(BiCell)) }), errors: [],
  }),
}

const doorErrors = ['bi.key_invalid', 'bi.table_unknown', 'bi.question_invalid', 'request.too_many'] as const

/** Asked by BI Builder, with the key of the connection and no session; forms with brackets, read by the door itself. */
export const biDoors = {
  check: endpoint({
    method: 'POST', path: '/bx/bi/check', access: 'open', summary: 'Whether the key of a connection is good',
    reply: Type.Object({ ok: Type.Boolean() }), errors: [...doorErrors], bodyLimit: 65_536,
  }),
  tables: endpoint({
    method: 'POST', path: '/bx/bi/tables', access: 'open', summary: 'The published tables',
    reply: Type.Array(Type.Object({ code: Type.String(), title: Type.String() })), errors: [...doorErrors], bodyLimit: 65_536,
  }),
  table: endpoint({
    method: 'POST', path: '/bx/bi/table', access: 'open', summary: 'The columns of a published table',
    reply: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), type: Type.String() })), errors: [...doorErrors], bodyLimit: 65_536,
  }),
  data: endpoint({
    method: 'POST', path: '/bx/bi/data', access: 'open', summary: 'Rows of a published table below a row with the codes of its columns',
    reply: Type.Array(Type.Array(BiCell)), errors: [...doorErrors], bodyLimit: 65_536,
  }),
}

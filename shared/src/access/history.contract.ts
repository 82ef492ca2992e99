import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Person, VendorId } from '../vendors/vendor-fields.ts'
import { VendorChange } from '../vendors/vendor.contract.ts'

export const changeOrigins = ['person', 'import', 'action', 'crm', 'rule'] as const
export type ChangeOrigin = (typeof changeOrigins)[number]

export const HistoryLine = Type.Object({ ...VendorChange.properties, vendorId: VendorId, vendorName: Type.String(), originId: NullableText() })
export type HistoryLine = Static<typeof HistoryLine>

export const HistoryFilter = Type.Object({
  vendorId: Type.Optional(VendorId),
  /** A part of the vendor's name. */
  search: Type.Optional(Type.String({ maxLength: 200 })),
  userId: Type.Optional(Type.Integer({ minimum: 1 })),
  field: Type.Optional(Type.String({ maxLength: 60 })),
  origin: Type.Optional(Type.Enum([...changeOrigins])),
  from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  to: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
export type HistoryFilter = Static<typeof HistoryFilter>

export const HistoryPage = Type.Object({
  lines: Type.Array(HistoryLine),
  nextBefore: NullableInteger(),
  /** Who has changed any of these vendors; with the first page alone. */
  people: Type.Array(Person),
})
export type HistoryPage = Static<typeof HistoryPage>

export const historyApi = {
  list: endpoint({
    method: 'GET', path: '/api/history', summary: 'Every change of every vendor that the viewer may see, newest first',
    query: HistoryFilter, reply: HistoryPage, errors: [],
  }),
}

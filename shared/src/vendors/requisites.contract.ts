import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'
import { VendorId } from './vendor-fields.ts'

/** What a card of the CRM can be filled with. */
export const FoundRequisites = Type.Object({
  vendorId: VendorId,
  name: Type.String(),
  phone: NullableText(),
  email: NullableText(),
  website: NullableText(),
  siren: NullableText(),
  siret: NullableText(),
  vatNumber: NullableText(),
  /** Null, as are BIC and holder, where only the company's own details were asked for. */
  iban: NullableText(),
  bic: NullableText(),
  accountHolder: NullableText(),
})
export type FoundRequisites = Static<typeof FoundRequisites>

export const requisitesApi = {
  search: endpoint({
    method: 'GET', path: '/api/requisites', summary: 'Vendors whose details fill a card of the CRM: those of the company, or its approved bank account',
    query: Type.Object({
      search: Type.String({ minLength: 3, maxLength: 200 }),
      of: Type.Enum(['bank', 'company']),
    }),
    reply: Type.Array(FoundRequisites), errors: [],
  }),
}

import { Type, type Static } from 'typebox'
import { bankFields } from '../access/protected-fields.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { vendorFieldNames, type VendorField, type VendorFields } from './vendor-fields.ts'

/** An account number is typed again: it is stored nowhere but on the vendor. */
export const draftFields = vendorFieldNames.filter(field => !bankFields.some(bank => bank === field))
type DraftValues = Partial<Omit<VendorFields, (typeof bankFields)[number]>>

/** As typed: also what is not valid yet. */
const asTyped = (field: VendorField) => field === 'paymentTermDays' ? NullableInteger() : NullableText({ maxLength: 5000 })
const DraftValues = Type.Unsafe<DraftValues>(Type.Partial(
  Type.Object(Object.fromEntries(draftFields.map(field => [field, asTyped(field)]))), { additionalProperties: false, minProperties: 1 },
))

export const VendorDraft = Type.Object({
  values: DraftValues,
  /** Of the vendor as it was when the typing began; null for a new one. */
  version: NullableInteger({ minimum: 1 }),
})
export type VendorDraft = Static<typeof VendorDraft>

/** A vendor, `new`, or `new-12` for a vendor that is made of the company 12. */
const params = Type.Object({ vendorId: Type.String({ pattern: '^(new(-[1-9]\\d{0,9})?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$' }) })
const errors = ['vendor.not_found', 'vendor.forbidden'] as const

export const vendorDraftApi = {
  get: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/draft', summary: 'What one has typed oneself and not saved yet',
    params, reply: Type.Object({ draft: Type.Union([Type.Null(), VendorDraft]) }), errors,
  }),
  keep: endpoint({
    method: 'PUT', path: '/api/vendors/:vendorId/draft', summary: 'Keep what is typed until it is saved, for thirty days at most',
    params, body: VendorDraft, bodyLimit: 32 * 1024, reply: Type.Object({}), errors,
  }),
  drop: endpoint({
    method: 'DELETE', path: '/api/vendors/:vendorId/draft', summary: 'Forget what was typed',
    params, reply: Type.Object({}), errors,
  }),
}

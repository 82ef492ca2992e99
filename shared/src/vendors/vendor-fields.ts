import { Type, type Static } from 'typebox'
import { RightsSchema } from '../access/rights.schema.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { startStatuses, vendorStatuses } from './vendor-status.ts'

export const MoneySchema = Type.Object({ minor: Type.Integer(), currency: Type.String() })
/** Null when the figure is not known: no data is never zero. */
export const MaybeMoney = Type.Union([Type.Null(), MoneySchema])

export const VendorId = Type.String({ format: 'uuid' })
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
export const VendorStatusSchema = Type.Enum([...vendorStatuses])

const fields = {
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  code: NullableText({ maxLength: 60 }),
  siren: NullableText({ maxLength: 40 }),
  siret: NullableText({ maxLength: 40 }),
  vatNumber: NullableText({ maxLength: 40 }),
  iban: NullableText({ maxLength: 60 }),
  bic: NullableText({ maxLength: 40 }),
  /** Whose account it is, as on the vendor's bank paper. */
  accountHolder: NullableText({ maxLength: 140 }),
  /** Where that paper is: a link, or words that find it. */
  bankProof: NullableText({ maxLength: 500 }),
  email: NullableText({ maxLength: 254 }),
  phone: NullableText({ maxLength: 60 }),
  website: NullableText({ maxLength: 300 }),
  address: NullableText({ maxLength: 500 }),
  postalCode: NullableText({ maxLength: 20 }),
  city: NullableText({ maxLength: 120 }),
  country: NullableText({ maxLength: 60 }),
  category: NullableText({ maxLength: 120 }),
  paymentTermDays: NullableInteger({ minimum: 0, maximum: 365 }),
  notes: NullableText({ maxLength: 5000 }),
}

/** What people type about a vendor. */
export const VendorFields = Type.Object(fields)
export type VendorFields = Static<typeof VendorFields>
export type VendorField = keyof VendorFields
export const vendorFieldNames = Object.keys(fields) as readonly VendorField[]

/** Only what changes; a field that is absent stays as it is, null empties it. */
export const VendorPatch = Type.Partial(VendorFields)
export type VendorPatch = Static<typeof VendorPatch>

export const NewVendor = Type.Object({
  ...Type.Partial(VendorFields).properties,
  name: fields.name,
  companyId: Type.Optional(NullableInteger({ minimum: 1 })),
  status: Type.Optional(Type.Enum([...startStatuses])),
})
export type NewVendor = Static<typeof NewVendor>

export const Person = Type.Object({ userId: Type.Integer(), name: Type.String() })
export type Person = Static<typeof Person>
export const MaybePerson = Type.Union([Type.Null(), Person])

export const Vendor = Type.Object({
  vendorId: VendorId,
  companyId: NullableInteger(),
  status: VendorStatusSchema,
  ...fields,
  /** Two people stand behind the IBAN: it may be paid to. */
  isIbanApproved: Type.Boolean(),
  /** Fields whose new value waits for a second person; the old one is shown and used. */
  pendingFields: Type.Array(Type.String()),
  rights: RightsSchema,
  version: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  updatedBy: MaybePerson,
})
export type Vendor = Static<typeof Vendor>

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { MaybeMoney, MaybePerson, NewVendor, Vendor, VendorId, VendorPatch, VendorStatusSchema } from './vendor-fields.ts'
import { Purchase, PurchaseFilter, PurchasePage, SpendPeriodSchema, VendorSpend } from './vendor-spend.contract.ts'

export const vendorSorts = ['name', 'spend', 'last-purchase', 'status'] as const
export type VendorSort = (typeof vendorSorts)[number]

export const VendorRow = Type.Object({
  vendorId: VendorId,
  companyId: NullableInteger(),
  name: Type.String(),
  status: VendorStatusSchema,
  code: NullableText(),
  siren: NullableText(),
  category: NullableText(),
  city: NullableText(),
  /** In the months that were asked for; null when nothing could be priced. */
  spend: MaybeMoney,
  unpricedCount: Type.Integer(),
  /** Spend and last purchase are not for the viewer's eyes: null for that reason. */
  isSpendHidden: Type.Boolean(),
  lastPurchaseOn: NullableText(),
})
export type VendorRow = Static<typeof VendorRow>

export const VendorFilter = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  status: Type.Optional(Type.Array(VendorStatusSchema)),
  category: Type.Optional(Type.String({ maxLength: 120 })),
  linked: Type.Optional(Type.Enum(['yes', 'no'])),
  /** The months whose spend is shown and sorted on: twelve, the running one included, unless said otherwise. */
  period: Type.Optional(SpendPeriodSchema),
  sort: Type.Optional(Type.Enum([...vendorSorts])),
  order: Type.Optional(Type.Enum(['asc', 'desc'])),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
export type VendorFilter = Static<typeof VendorFilter>

export const VendorPage = Type.Object({
  vendors: Type.Array(VendorRow),
  total: Type.Integer(),
  /** By status, under every filter but the status: what each chip would show. */
  statusCounts: Type.Object({
    prospect: Type.Integer(), onboarding: Type.Integer(), active: Type.Integer(), suspended: Type.Integer(), terminated: Type.Integer(),
  }),
  /** True when no name holds what was searched and the nearest spellings are shown instead. */
  isApproximate: Type.Boolean(),
  /** True until the CRM has been read for the first time: companies are still to come. */
  isReading: Type.Boolean(),
  nextCursor: NullableText(),
})
export type VendorPage = Static<typeof VendorPage>

export const CompanyFacts = Type.Object({
  companyId: Type.Integer(),
  title: Type.String(),
  type: NullableText(),
  responsible: MaybePerson,
  /** The portal's own rule (company type or category) says that this company is a vendor. */
  isMarkedVendor: Type.Boolean(),
})
export type CompanyFacts = Static<typeof CompanyFacts>

export const CompanyVendor = Type.Object({
  companyId: Type.Integer(),
  /** Null while the synchronisation has not read the company. */
  company: Type.Union([Type.Null(), CompanyFacts]),
  vendor: Type.Union([Type.Null(), Vendor]),
  spend: Type.Union([Type.Null(), VendorSpend]),
  latest: Type.Array(Purchase),
})
export type CompanyVendor = Static<typeof CompanyVendor>

export const VendorCard = Type.Object({ vendor: Vendor, spend: VendorSpend, latest: Type.Array(Purchase) })
export type VendorCard = Static<typeof VendorCard>

export const VendorChange = Type.Object({
  changeId: Type.Integer(),
  field: Type.String(),
  oldValue: Type.Unknown(),
  newValue: Type.Unknown(),
  reason: NullableText(),
  origin: Type.Enum(['person', 'import', 'action', 'crm', 'rule']),
  at: Type.String(),
  by: MaybePerson,
})
export type VendorChange = Static<typeof VendorChange>

export const SimilarVendor = Type.Object({
  vendorId: VendorId,
  companyId: NullableInteger(),
  name: Type.String(),
  status: VendorStatusSchema,
  /** What the two share. */
  by: Type.Enum(['siren', 'vatNumber', 'iban', 'code', 'name']),
})
export type SimilarVendor = Static<typeof SimilarVendor>

export const CompanyChoice = Type.Object({ companyId: Type.Integer(), title: Type.String() })
export type CompanyChoice = Static<typeof CompanyChoice>

const params = Type.Object({ vendorId: VendorId })
const version = Type.Integer({ minimum: 1 })
const Search = Type.String({ maxLength: 200 })

export const vendorApi = {
  list: endpoint({
    method: 'GET', path: '/api/vendors', summary: 'Vendors of the portal, filtered, sorted, page by page',
    query: VendorFilter, reply: VendorPage, errors: [],
  }),
  categories: endpoint({
    method: 'GET', path: '/api/vendors/categories', summary: 'Categories in use, with how many vendors each has',
    reply: Type.Array(Type.Object({ category: Type.String(), vendorCount: Type.Integer() })), errors: [],
  }),
  similar: endpoint({
    method: 'GET', path: '/api/vendors/similar', summary: 'Vendors that may be the one being typed',
    query: Type.Partial(Type.Object({ name: Search, siren: Search, vatNumber: Search, iban: Search, code: Search, except: VendorId })),
    reply: Type.Array(SimilarVendor), errors: [],
  }),
  companies: endpoint({
    method: 'POST', path: '/api/vendors/companies', summary: 'Companies of the CRM that no vendor is linked to yet, as far as the portal shows them to whoever asks',
    body: Type.Object({ search: Search, accessToken: Type.String({ minLength: 1, maxLength: 1000 }) }), reply: Type.Array(CompanyChoice), errors: [],
  }),
  byCompany: endpoint({
    method: 'GET', path: '/api/companies/:companyId/vendor', summary: 'What the company tab shows first',
    params: Type.Object({ companyId: Type.Integer({ minimum: 1 }) }), reply: CompanyVendor, errors: [],
  }),
  get: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId', summary: 'A vendor with its spend and its latest purchases',
    params, reply: VendorCard, errors: ['vendor.not_found'],
  }),
  create: endpoint({
    method: 'POST', path: '/api/vendors', isOnceAClick: true, summary: 'Enter a vendor by hand, or make one of a company',
    body: NewVendor, reply: Vendor,
    errors: ['vendor.code_taken', 'vendor.company_taken', 'vendor.company_unknown', 'vendor.identifier_invalid'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/api/vendors/:vendorId', summary: 'Change fields of the version that was read',
    params, body: Type.Object({ version, fields: VendorPatch }), reply: Vendor,
    errors: ['vendor.not_found', 'vendor.changed_meanwhile', 'vendor.code_taken', 'vendor.identifier_invalid'],
  }),
  changeStatus: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/status', summary: 'Move a vendor along its life',
    params, body: Type.Object({ version, status: VendorStatusSchema, reason: NullableText({ maxLength: 1000 }) }), reply: Vendor,
    errors: ['vendor.not_found', 'vendor.changed_meanwhile', 'vendor.illegal_move', 'vendor.reason_required'],
  }),
  undoStatus: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/status/undo', summary: 'Take back one\'s own last change of status',
    params, body: Type.Object({ version }), reply: Vendor,
    errors: ['vendor.not_found', 'vendor.changed_meanwhile', 'vendor.undo_expired'],
  }),
  createCompany: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/new-company', isOnceAClick: true, summary: 'Make a company of the CRM for a vendor that has none, under the rights of whoever asks, and link it',
    params,
    body: Type.Object({ version, accessToken: Type.String({ minLength: 1, maxLength: 1000 }) }),
    reply: Vendor,
    errors: ['vendor.not_found', 'vendor.forbidden', 'vendor.changed_meanwhile', 'vendor.company_taken', 'vendor.company_unknown'],
  }),
  linkCompany: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/company', summary: 'Say which company of the CRM a vendor is; null takes the link away',
    params, body: Type.Object({ version, companyId: NullableInteger({ minimum: 1 }) }), reply: Vendor,
    errors: ['vendor.not_found', 'vendor.changed_meanwhile', 'vendor.company_taken', 'vendor.company_unknown'],
  }),
  history: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/history', summary: 'Who changed what, newest first',
    params, query: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) }),
    reply: Type.Object({ changes: Type.Array(VendorChange), nextBefore: NullableInteger() }), errors: ['vendor.not_found'],
  }),
  spend: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/spend', summary: 'Spend by month, total and share of the portal\'s total',
    params, query: Type.Object({ period: SpendPeriodSchema }), reply: VendorSpend, errors: ['vendor.not_found'],
  }),
  purchases: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/purchases', summary: 'The purchases behind a figure',
    params, query: PurchaseFilter, reply: PurchasePage, errors: ['vendor.not_found'],
  }),
}

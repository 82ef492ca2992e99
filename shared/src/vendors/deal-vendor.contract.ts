import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { DealSupply } from './deal-supply.contract.ts'
import { MaybeMoney, VendorId, VendorStatusSchema } from './vendor-fields.ts'
import { SpendFigure } from './vendor-spend.contract.ts'

const DealId = Type.Integer({ minimum: 1 })
const Cost = NullableInteger({ minimum: 0, maximum: 1_000_000_000_000_000 })

export const LinkCosts = Type.Object({
  /** One currency for both costs of a link. */
  currency: Type.String({ minLength: 3, maxLength: 10, pattern: '^[A-Za-z0-9]+$' }),
  plannedMinor: Cost,
  actualMinor: Cost,
  note: NullableText({ maxLength: 1000 }),
})
export type LinkCosts = Static<typeof LinkCosts>

export const DealLink = Type.Object({
  vendorId: VendorId,
  companyId: NullableInteger(),
  name: Type.String(),
  status: VendorStatusSchema,
  category: NullableText(),
  currency: Type.String(),
  planned: MaybeMoney,
  actual: MaybeMoney,
  /** What the vendor's purchases booked on this deal add up to: the proof of the actual cost. */
  purchased: SpendFigure,
  /** Costs, purchases and note are not for the viewer's eyes: null for that reason. */
  areCostsHidden: Type.Boolean(),
  canEdit: Type.Boolean(),
  note: NullableText(),
  version: Type.Integer(),
})
export type DealLink = Static<typeof DealLink>

export const MarginSchema = Type.Object({
  cost: MaybeMoney,
  missingCount: Type.Integer(),
  unpricedCount: Type.Integer(),
  margin: MaybeMoney,
  rate: NullableNumber(),
})

export const DealFacts = Type.Object({
  dealId: Type.Integer(),
  title: Type.String(),
  stage: NullableText(),
  semantics: Type.Enum(['P', 'S', 'F']),
  amount: MaybeMoney,
  currency: Type.String(),
  clientId: NullableInteger(),
  client: NullableText(),
})

export type DealFacts = Static<typeof DealFacts>

export const DealVendors = Type.Object({
  deal: DealFacts,
  links: Type.Array(DealLink),
  /** Links and margins hold only what the viewer may see; whether there is more is not said. */
  isWithinRights: Type.Boolean(),
  margins: Type.Object({ planned: MarginSchema, actual: MarginSchema, expected: MarginSchema }),
  supply: DealSupply,
})
export type DealVendors = Static<typeof DealVendors>

export const DealCandidate = Type.Object({
  vendorId: VendorId,
  name: Type.String(),
  status: VendorStatusSchema,
  category: NullableText(),
  city: NullableText(),
  /** Other deals of the same client that this vendor stands behind. */
  clientDealCount: Type.Integer(),
})
export type DealCandidate = Static<typeof DealCandidate>

const dealParams = Type.Object({ dealId: DealId })
const linkParams = Type.Object({ dealId: DealId, vendorId: VendorId })

export const dealVendorApi = {
  list: endpoint({
    method: 'GET', path: '/api/deals/:dealId/vendors', summary: 'Vendors behind a deal, what they cost and what margin is left',
    params: dealParams, reply: DealVendors, errors: ['vendor.deal_unknown'],
  }),
  candidates: endpoint({
    method: 'GET', path: '/api/deals/:dealId/vendors/candidates', summary: 'Vendors that can be linked; those the client\'s other deals use come first',
    params: dealParams, query: Type.Object({ search: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: Type.Array(DealCandidate), errors: ['vendor.deal_unknown'],
  }),
  link: endpoint({
    method: 'POST', path: '/api/deals/:dealId/vendors', summary: 'Link a vendor to a deal',
    params: dealParams, body: Type.Object({ vendorId: VendorId, ...LinkCosts.properties }), reply: DealVendors,
    errors: ['vendor.deal_unknown', 'vendor.not_found', 'vendor.link_taken'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/api/deals/:dealId/vendors/:vendorId', summary: 'Change the costs of a link',
    params: linkParams, body: Type.Object({ version: Type.Integer({ minimum: 1 }), ...LinkCosts.properties }), reply: DealVendors,
    errors: ['vendor.deal_unknown', 'vendor.link_not_found', 'vendor.link_changed'],
  }),
  unlink: endpoint({
    method: 'DELETE', path: '/api/deals/:dealId/vendors/:vendorId', summary: 'Take a vendor off a deal',
    params: linkParams, reply: DealVendors, errors: ['vendor.deal_unknown', 'vendor.link_not_found'],
  }),
}

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { MarginSchema } from './deal-vendor.contract.ts'
import { MaybeMoney, VendorId } from './vendor-fields.ts'

export const VendorDeal = Type.Object({
  dealId: Type.Integer(),
  title: Type.String(),
  stage: NullableText(),
  semantics: Type.Enum(['P', 'S', 'F']),
  createdAt: Type.String(),
  clientId: NullableInteger(),
  client: NullableText(),
  amount: MaybeMoney,
  /** What this vendor costs on the deal: the actual cost where it is known, the planned one where it is not. */
  cost: MaybeMoney,
  /** What is left of the deal's amount after all its vendors; null when costs are not for the viewer's eyes. */
  margin: Type.Union([Type.Null(), MarginSchema]),
})
export type VendorDeal = Static<typeof VendorDeal>

export const VendorClient = Type.Object({
  companyId: Type.Integer(),
  name: NullableText(),
  dealCount: Type.Integer(),
  wonCount: Type.Integer(),
})
export type VendorClient = Static<typeof VendorClient>

export const VendorDeals = Type.Object({
  /** The newest ones; `total` counts all that the viewer may see. */
  deals: Type.Array(VendorDeal),
  total: Type.Integer(),
  /** Of all those deals, the busiest first. */
  clients: Type.Array(VendorClient),
  areCostsHidden: Type.Boolean(),
  /** Deals of others, or costs of other vendors, may be missing for lack of rights. */
  isWithinRights: Type.Boolean(),
})
export type VendorDeals = Static<typeof VendorDeals>

export const vendorDealsApi = {
  list: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/deals', summary: 'Deals that the vendor stands behind and their clients, as far as the viewer may see them',
    params: Type.Object({ vendorId: VendorId }),
    reply: VendorDeals, errors: ['vendor.not_found'],
  }),
}

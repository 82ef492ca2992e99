import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'
import { VendorId } from '../vendors/vendor-fields.ts'

export const PortalInvoice = Type.Object({
  /** Of the CRM. */
  portalInvoiceId: Type.Integer(),
  number: Type.String(),
  vendorId: VendorId,
  vendorName: Type.String(),
  issuedOn: Type.String(),
  dueOn: NullableText(),
  totalMinor: Type.Integer(),
  currency: Type.String(),
  /** An invoice of this vendor and number is registered already. */
  isKnown: Type.Boolean(),
})
export type PortalInvoice = Static<typeof PortalInvoice>

export const portalInvoiceApi = {
  list: endpoint({
    method: 'GET', path: '/api/purchasing/portal-invoices', summary: 'Invoices of the portal whose company is a vendor, and that were not taken over yet', reply: Type.Array(PortalInvoice), errors: [],
  }),
  take: endpoint({
    method: 'POST', path: '/api/purchasing/portal-invoices', summary: 'Take invoices of the portal over as invoices of their vendors; each once, however often it is asked for',
    body: Type.Object({ portalInvoiceIds: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 200 }) }), reply: Type.Object({ created: Type.Integer() }), errors: ['vendor.not_found', 'purchasing.not_found'],
  }),
}

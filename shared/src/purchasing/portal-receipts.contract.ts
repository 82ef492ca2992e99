import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'

export const PortalReceipts = Type.Object({
  /** False: the portal has not granted the scope `catalog`, nothing is read. */
  isGranted: Type.Boolean(),
  last: Type.Union([Type.Null(), Type.Object({
    readAt: Type.String(), readCount: Type.Integer(), createdCount: Type.Integer(), knownCount: Type.Integer(), withoutVendorCount: Type.Integer(), errorCode: NullableText(),
  })]),
})
export type PortalReceipts = Static<typeof PortalReceipts>

export const portalReceiptApi = {
  state: endpoint({ method: 'GET', path: '/api/purchasing/portal-receipts', summary: 'What the last reading of the portal\'s stock receipts came to', reply: PortalReceipts, errors: [] }),
  read: endpoint({ method: 'POST', path: '/api/purchasing/portal-receipts', summary: 'Read the portal\'s stock receipts now; each becomes one receipt of its vendor', access: 'admin', reply: PortalReceipts, errors: ['purchasing.no_catalog'] }),
}

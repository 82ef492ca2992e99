import type { Session } from '@comptoir/shared/portal/portal.contract'
import { call } from './install.ts'

interface VendorCard { readonly vendor: { readonly version: number, readonly pendingFields: readonly string[] } }
interface Grants { readonly grants: readonly { readonly note: string | null }[] }

const note = 'Les chefs de service approuvent les changements d’identité légale'
/** A vendor of the demo that no payment of it goes to. */
const changed = 'Traiteur Maison Roux'

/** What a company that has settled in looks like: the heads of department approve, and a change that waits for a second person. */
export async function furnishAccess(appUrl: string, admin: Session, seller: Session): Promise<void> {
  const { grants } = await call(appUrl, admin, 'GET', '/api/access/grants') as Grants
  if (!grants.some(grant => grant.note === note)) {
    await call(appUrl, admin, 'POST', '/api/access/grants', {
      subjectKind: 'head_of_department', subjectId: null, scopeKind: 'all', group: null, vendorId: null, role: 'approver',
      groups: ['identity'], validUntil: null, note,
    })
  }
  const { vendors } = await call(appUrl, admin, 'GET', `/api/vendors?search=${encodeURIComponent(changed)}&limit=1`) as { vendors: { vendorId: string }[] }
  const vendorId = vendors[0]?.vendorId
  if (!vendorId)
    return
  const { vendor } = await call(appUrl, seller, 'GET', `/api/vendors/${vendorId}`) as VendorCard
  if (vendor.pendingFields.length === 0)
    await call(appUrl, seller, 'PATCH', `/api/vendors/${vendorId}`, { version: vendor.version, fields: { name: 'Traiteur Maison Roux et Associés' } })
}

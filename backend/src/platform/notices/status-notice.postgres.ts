import { statusWords } from '@comptoir/shared/vendors/status-words'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { Tx } from '../storage/database.ts'
import { notify } from './outbox.postgres.ts'

interface MovedVendor {
  readonly portal_id: number
  readonly vendor_id: string
  readonly status: VendorStatus
  readonly version: number
}

/** Whoever is responsible is told, and the vendor's deals get their trigger, once per change. */
export const tellStatus = (tx: Tx, { portal_id, vendor_id, status, version }: MovedVendor): Promise<void> =>
  notify(tx, {
    portalId: portal_id, key: `status:${vendor_id}:v${version}`, kind: 'status_changed', vendorId: vendor_id, recipients: 'owners',
    params: { status: statusWords[status] }, link: { to: 'vendor', vendorId: vendor_id },
  })

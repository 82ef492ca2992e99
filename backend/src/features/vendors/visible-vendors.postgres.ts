import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'

/** Whose vendors, seen by whom. */
export interface Onlooker {
  readonly portal: { readonly id: number, readonly currency: string, readonly timeZone: string }
  readonly viewer: Viewer
}

/** The vendors a viewer may know of. Every read of vendors, and of what hangs on them, starts here. */
export const visibleVendors = (db: Database, { portal }: Onlooker) =>
  db.selectFrom('vendors').where('vendors.portal_id', '=', portal.id)

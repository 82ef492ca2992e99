import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

/** Whose vendors, seen by whom. */
export type Onlooker = Pick<Caller, 'portal' | 'viewer'>

/** The vendors a viewer may know of. Every read of vendors, and of what hangs on them, starts here. */
export const visibleVendors = (db: Database, { portal }: Onlooker) =>
  db.selectFrom('vendors').where('vendors.portal_id', '=', portal.id)

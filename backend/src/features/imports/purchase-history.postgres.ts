import { sql } from 'kysely'
import type { Tx } from '../../platform/storage/database.ts'

interface Key { readonly portalId: number, readonly importId: string }

/** A line in the history of each vendor that the file brought purchases for: how many, from which file. */
export async function recordPurchases(tx: Tx, { portalId, importId }: Key, fileName: string, userId: number | null): Promise<void> {
  await sql`
    insert into vendor_changes (portal_id, vendor_id, field, new_value, origin, origin_id, by_user_id)
    select ${portalId}, vendor_id, 'purchases', jsonb_build_object('label', ${fileName}::text || ' (' || count(*) || ')'), 'import', ${importId}, ${userId}
    from purchases where portal_id = ${portalId} and import_id = ${importId} group by vendor_id`.execute(tx)
}

/** The same lines the other way round, once the import is taken back. Vendors that went with it took their history along. */
export async function recordPurchasesGone(tx: Tx, { portalId, importId }: Key, userId: number | null): Promise<void> {
  await sql`
    insert into vendor_changes (portal_id, vendor_id, field, old_value, origin, origin_id, by_user_id)
    select portal_id, vendor_id, field, new_value, origin, origin_id, ${userId} from vendor_changes
    where portal_id = ${portalId} and field = 'purchases' and new_value is not null and origin = 'import' and origin_id = ${importId}`.execute(tx)
}

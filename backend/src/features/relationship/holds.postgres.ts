import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { Day } from '@comptoir/shared/insights/calendar'
import { requireVendor, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { Onlooker } from './contracts.postgres.ts'
import { readLifeRules } from './lifecycle-rules.postgres.ts'

interface Moment {
  readonly portalId: number
  readonly today: Day
  readonly now: Date
  /** Of one vendor, after something of its own changed; of all when absent. */
  readonly vendorId?: string
}

/** Mandatory documents of which one ran out and none that somebody checked is in force. */
const expiredOn = (portalId: number, today: Day) => sql<{ vendor_id: string, kind: string, document_id: string }>`
  select r.vendor_id, r.kind, past.document_id
  from vendor_requirements(${portalId}, ${today}::date) r
  cross join lateral (
    select d.document_id from compliance_documents d
    where d.portal_id = ${portalId} and d.vendor_id = r.vendor_id and d.kind = r.kind and d.valid_to < ${today}
    order by d.valid_to desc, d.document_id limit 1
  ) past
  where r.applies and r.is_mandatory and not exists (
    select from compliance_documents d
    where d.portal_id = ${portalId} and d.vendor_id = r.vendor_id and d.kind = r.kind and d.verified_at is not null
      and (d.valid_from is null or d.valid_from <= ${today}) and (d.valid_to is null or d.valid_to >= ${today}))`

/**
 * Holds payments where a mandatory document ran out, lets them go where one was replaced and checked. Repeating it changes nothing.
 * What only the replacement let go is held again without it; what a person let go stays free.
 */
export async function refreshHolds(tx: Tx, { portalId, today, now, vendorId }: Moment): Promise<void> {
  const { holdsPaymentsOnExpiry } = await readLifeRules(tx, portalId)
  const ofVendor = vendorId ? sql`and x.vendor_id = ${vendorId}` : sql``
  if (holdsPaymentsOnExpiry) {
    await sql`insert into vendor_holds (portal_id, vendor_id, cause, cause_key, document_id, document_kind, since)
      select ${portalId}, x.vendor_id, 'document-expired', 'document:' || x.document_id, x.document_id, x.kind, ${now}
      from (${expiredOn(portalId, today)}) x where true ${ofVendor}
      on conflict (portal_id, cause, cause_key) do update set lifted_at = null, since = excluded.since
        where vendor_holds.lifted_at is not null and vendor_holds.lifted_by is null`.execute(tx)
  }
  await sql`update vendor_holds x set lifted_at = ${now}
    where x.portal_id = ${portalId} and x.lifted_at is null ${ofVendor}
      ${holdsPaymentsOnExpiry ? sql`and not exists (select from (${expiredOn(portalId, today)}) e where e.vendor_id = x.vendor_id and e.kind = x.document_kind)` : sql``}`.execute(tx)
}

/** Vendors whose payments the rule would hold, were it on. */
export async function findHoldable(db: Database, portalId: number, today: Day): Promise<readonly string[]> {
  const { rows } = await expiredOn(portalId, today).execute(db)
  return [...new Set(rows.map(({ vendor_id }) => vendor_id))]
}

/** Answers whose vendor it is. @throws AppError hold.not_found */
export async function liftHold(db: Database, onlooker: Onlooker, holdId: string, reason: string, now: Date): Promise<string> {
  const { portal, viewer } = onlooker
  return db.transaction().execute(async (tx) => {
    const hold = await tx.selectFrom('vendor_holds').select('vendor_id').where('portal_id', '=', portal.id).where('hold_id', '=', holdId)
      .where('lifted_at', 'is', null)
      .where('vendor_id', 'in', visibleVendors(tx, onlooker).select('vendors.vendor_id')).forUpdate().executeTakeFirst()
    if (!hold)
      throw new AppError('hold.not_found', { details: { holdId } })
    await requireVendor(tx, onlooker, hold.vendor_id, { group: 'documents', role: 'approver' })
    await tx.updateTable('vendor_holds').set({ lifted_at: now, lifted_by: viewer.userId, lifted_reason: reason.trim() })
      .where('portal_id', '=', portal.id).where('hold_id', '=', holdId).execute()
    await tx.insertInto('vendor_changes').values({
      portal_id: portal.id, vendor_id: hold.vendor_id, field: 'paymentHold', old_value: JSON.stringify(true), new_value: JSON.stringify(false),
      reason: reason.trim(), origin: 'person', at: now, by_user_id: viewer.userId,
    }).execute()
    return hold.vendor_id
  })
}

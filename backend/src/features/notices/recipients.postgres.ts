import { noticeKind, type NoticeGroup, type NoticeKindId } from '@comptoir/shared/notices/kinds'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { administrators } from '../../platform/portals/administrators.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

export interface Subject {
  readonly kind: NoticeKindId
  readonly vendorId: string | null
  /** Null: whoever is responsible. */
  readonly recipients: readonly number[] | null
  readonly ownerUserId: number | null
}

/**
 * Who is to be told now. Of the owner of the subject, the one of the company and the fall-back persons,
 * the first that is still here and may see the vendor.
 */
export async function findRecipients(db: Database, portal: PortalRecord, fallback: readonly number[], subject: Subject): Promise<readonly number[]> {
  if (subject.recipients)
    return allowed(db, portal, subject, subject.recipients)
  for (const candidates of [[subject.ownerUserId], [await companyOwner(db, portal.id, subject.vendorId)], fallback]) {
    const people = await allowed(db, portal, subject, candidates.filter(id => id !== null))
    if (people.length > 0)
      return people
  }
  return allowed(db, portal, subject, await administrators(db, portal))
}

async function allowed(db: Database, portal: PortalRecord, subject: Pick<Subject, 'kind' | 'vendorId'>, userIds: readonly number[]): Promise<number[]> {
  const distinct = [...new Set(userIds)].filter(id => id > 0)
  const verdicts = await Promise.all(distinct.map(userId => mayBeTold(db, portal, subject, userId)))
  return distinct.filter((_, index) => verdicts[index])
}

/** Asked again right before sending: people leave, and rights are taken. */
export const mayBeTold = (db: Database, portal: PortalRecord, { kind, vendorId }: Pick<Subject, 'kind' | 'vendorId'>, userId: number): Promise<boolean> =>
  maySee(db, portal, { vendorId, group: noticeKind(kind).group }, userId)

/** Whether they may also read what its subject is called. */
export async function mayBeNamed(db: Database, portal: PortalRecord, { kind, vendorId }: Pick<Subject, 'kind' | 'vendorId'>, userId: number): Promise<boolean> {
  const { unnamed } = noticeKind(kind)
  return !unnamed || maySee(db, portal, { vendorId, group: unnamed.group }, userId)
}

async function maySee(db: Database, portal: PortalRecord, { vendorId, group }: { readonly vendorId: string | null, readonly group: NoticeGroup }, userId: number): Promise<boolean> {
  const gone = await db.selectFrom('crm_users').select('user_id')
    .where('portal_id', '=', portal.id).where('user_id', '=', userId).where('is_active', '=', false).executeTakeFirst()
  if (gone)
    return false
  if (vendorId === null)
    return true
  const viewer = { userId, isAdmin: (await administrators(db, portal)).includes(userId) }
  const seen = await visibleVendors(db, { portal, viewer }, { group })
    .select('vendors.vendor_id').where('vendors.vendor_id', '=', vendorId).executeTakeFirst()
  return seen !== undefined
}

async function companyOwner(db: Database, portalId: number, vendorId: string | null): Promise<number | null> {
  if (vendorId === null)
    return null
  const row = await db.selectFrom('vendors')
    .innerJoin('crm_companies as c', join => join.onRef('c.portal_id', '=', 'vendors.portal_id').onRef('c.company_id', '=', 'vendors.company_id'))
    .select('c.assigned_by_id').where('vendors.portal_id', '=', portalId).where('vendors.vendor_id', '=', vendorId).executeTakeFirst()
  return row?.assigned_by_id ?? null
}

import { AppError } from '@comptoir/shared/errors'
import type { VendorDraft } from '@comptoir/shared/vendors/vendor-draft.contract'
import { mayCreateVendor, requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Onlooker } from './visible-vendors.postgres.ts'

export const draftDays = 30
/** Of one person, the latest: nobody types more at a time. */
const draftsOfOne = 50

export async function readDraft(db: Database, onlooker: Onlooker, subject: string): Promise<VendorDraft | null> {
  await requireEditable(db, onlooker, subject)
  const row = await own(db, onlooker).select(['typed', 'base_version']).where('subject', '=', subject).executeTakeFirst()
  return row ? { values: row.typed as VendorDraft['values'], version: row.base_version } : null
}

export async function keepDraft(db: Database, onlooker: Onlooker, subject: string, { values, version }: VendorDraft, now: Date): Promise<void> {
  await requireEditable(db, onlooker, subject)
  const draft = { typed: JSON.stringify(values), base_version: version, updated_at: now }
  await db.insertInto('vendor_drafts').values({ portal_id: onlooker.portal.id, user_id: onlooker.viewer.userId, subject, ...draft })
    .onConflict(conflict => conflict.columns(['portal_id', 'user_id', 'subject']).doUpdateSet(draft)).execute()
  await ownDeletion(db, onlooker).where('subject', 'in', own(db, onlooker).select('subject').orderBy('updated_at', 'desc').offset(draftsOfOne)).execute()
}

export async function dropDraft(db: Database, onlooker: Onlooker, subject: string): Promise<void> {
  await requireEditable(db, onlooker, subject)
  await ownDeletion(db, onlooker).where('subject', '=', subject).execute()
}

/** Also for vendors that are gone. */
export async function clearDrafts(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('vendor_drafts').where('updated_at', '<', new Date(now.getTime() - draftDays * 86_400_000)).execute()
}

const own = (db: Database, { portal, viewer }: Onlooker) =>
  db.selectFrom('vendor_drafts').where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId)

const ownDeletion = (db: Database, { portal, viewer }: Onlooker) =>
  db.deleteFrom('vendor_drafts').where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId)

/** @throws AppError vendor.not_found, vendor.forbidden */
async function requireEditable(db: Database, onlooker: Onlooker, subject: string): Promise<void> {
  if (!subject.startsWith('new'))
    await requireVendor(db, onlooker, subject, { group: 'identity', role: 'editor' })
  else if (!await mayCreateVendor(db, onlooker))
    throw new AppError('vendor.forbidden', { details: { role: 'editor' } })
}

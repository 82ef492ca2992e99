import { sql } from 'kysely'
import { satisfies, type VendorRights, type VendorRole } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import { fileSubjects, groupsOfSubject, type FileSubject, type KeptFile } from '@comptoir/shared/files/file.contract'
import { requireVendor, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import { recordHistory } from '../../platform/history/record-history.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { CheckedFile } from './keep-file.ts'

export type Asker = Pick<Caller, 'portal' | 'viewer'>

const missingGroup = (rights: VendorRights, subject: FileSubject, role: VendorRole) =>
  groupsOfSubject[subject].find((group, index) => !satisfies(rights, { group, role: index === 0 ? role : 'viewer' }))

const openSubjects = (rights: VendorRights, role: VendorRole): FileSubject[] =>
  fileSubjects.filter(subject => missingGroup(rights, subject, role) === undefined)

/** @throws AppError vendor.not_found, vendor.forbidden */
export async function requireSubject(db: Database, asker: Asker, vendorId: string, subject: FileSubject, role: VendorRole): Promise<void> {
  const group = missingGroup(await requireVendor(db, asker, vendorId), subject, role)
  if (group !== undefined)
    throw new AppError('vendor.forbidden', { details: { vendorId, group, role } })
}

const select = (db: Database, { portal }: Asker) =>
  db.selectFrom('vendor_files as f')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'f.portal_id').onRef('u.user_id', '=', 'f.created_by'))
    .select(['f.file_id', 'f.vendor_id', 'f.subject', 'f.subject_id', 'f.drive_file_id', 'f.name', 'f.bytes', 'f.created_at', 'f.created_by', sql<string | null>`trim(u.name || ' ' || u.last_name)`.as('person')])
    .where('f.portal_id', '=', portal.id).where('f.removed_at', 'is', null).where('f.drive_file_id', 'is not', null)
    .$narrowType<{ drive_file_id: number }>()

type FileRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const toFile = (row: FileRow): KeptFile => ({
  fileId: row.file_id,
  subject: row.subject,
  subjectId: row.subject_id,
  name: row.name,
  bytes: row.bytes,
  addedAt: row.created_at.toISOString(),
  addedBy: row.created_by === null || row.person === null ? null : { userId: row.created_by, name: row.person },
})

export async function listFiles(db: Database, asker: Asker, vendorId: string): Promise<{ files: KeptFile[], editable: FileSubject[] }> {
  const rights = await requireVendor(db, asker, vendorId)
  const readable = openSubjects(rights, 'viewer')
  const rows = readable.length === 0
    ? []
    : await select(db, asker).where('f.vendor_id', '=', vendorId).where('f.subject', 'in', readable).orderBy('f.created_at').orderBy('f.file_id').execute()
  return { files: rows.map(toFile), editable: openSubjects(rights, 'editor') }
}

/** @throws AppError file.not_found, vendor.forbidden */
export async function findFile(db: Database, asker: Asker, fileId: string, role: VendorRole) {
  const row = await select(db, asker).where('f.file_id', '=', fileId)
    .where('f.vendor_id', 'in', visibleVendors(db, asker).select('vendors.vendor_id')).executeTakeFirst()
  if (!row)
    throw new AppError('file.not_found', { details: { fileId } })
  await requireSubject(db, asker, row.vendor_id, row.subject, role)
  return { fileId: row.file_id, vendorId: row.vendor_id, driveFileId: row.drive_file_id, name: row.name }
}

const subjectTables = {
  contract: ['contracts', 'contract_id'], document: ['compliance_documents', 'document_id'], invoice: ['vendor_invoices', 'invoice_id'], account: ['vendors', 'vendor_id'],
} as const

export interface FilePlace { readonly vendorId: string, readonly subject: FileSubject, readonly subjectId: string }

/** The vendor's name. @throws AppError file.subject_unknown when the vendor has no such contract, document, invoice or account */
export async function vendorOfSubject(db: Database, { portal }: Asker, { vendorId, subject, subjectId }: FilePlace): Promise<string> {
  const [table, id] = subjectTables[subject]
  const { rows } = await sql<{ name: string }>`
    select v.name from ${sql.table(table)} s join vendors v on v.portal_id = s.portal_id and v.vendor_id = s.vendor_id
    where s.portal_id = ${portal.id} and s.vendor_id = ${vendorId} and s.${sql.ref(id)} = ${subjectId}`.execute(db)
  if (!rows[0])
    throw new AppError('file.subject_unknown', { details: { subject, subjectId } })
  return rows[0].name
}

export async function knownFile(db: Database, asker: Asker, { subject, subjectId }: FilePlace, sha256: string): Promise<KeptFile | null> {
  const row = await select(db, asker).where('f.subject', '=', subject).where('f.subject_id', '=', subjectId).where('f.sha256', '=', sha256).executeTakeFirst()
  return row ? toFile(row) : null
}

/** Before the bytes go out, so that no stop in between leaves a file that nobody knows of. */
export async function announceFile(db: Database, { portal, viewer }: Asker, { vendorId, subject, subjectId }: FilePlace, { name, bytes, sha256 }: CheckedFile, driveFolderId: number, now: Date): Promise<string> {
  const { file_id: fileId } = await db.insertInto('vendor_files').values({
    portal_id: portal.id, vendor_id: vendorId, subject, subject_id: subjectId, drive_file_id: null, drive_folder_id: driveFolderId, name, bytes, sha256, created_at: now, created_by: viewer.userId,
  }).returning('file_id').executeTakeFirstOrThrow()
  return fileId
}

/** The bytes are in the Drive. False when the same file was noted meanwhile: then this one is not. */
export async function noteFile(db: Database, { portal, viewer }: Asker, { vendorId, subject, subjectId }: FilePlace, { name, sha256 }: CheckedFile, file: { readonly fileId: string, readonly driveFileId: number }, now: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    // Of two who send the same file at once, the second one waits here.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${portal.id}:${subjectId}:${sha256}`}, 0))`.execute(tx)
    const twin = await tx.selectFrom('vendor_files').select('file_id').where('portal_id', '=', portal.id).where('subject', '=', subject).where('subject_id', '=', subjectId)
      .where('sha256', '=', sha256).where('removed_at', 'is', null).where('drive_file_id', 'is not', null).executeTakeFirst()
    await tx.updateTable('vendor_files').set({ drive_file_id: file.driveFileId, ...twin && { removed_at: now } })
      .where('portal_id', '=', portal.id).where('file_id', '=', file.fileId).execute()
    if (!twin)
      await recordHistory(tx, [{ portalId: portal.id, vendorId, field: 'file', from: null, to: { label: name }, by: viewer.userId, at: now }])
    return !twin
  })
}

export async function markRemoved(db: Database, { portal, viewer }: Asker, { fileId, vendorId, name }: { fileId: string, vendorId: string, name: string }, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('vendor_files').set({ removed_at: now }).where('portal_id', '=', portal.id).where('file_id', '=', fileId).execute()
    await recordHistory(tx, [{ portalId: portal.id, vendorId, field: 'file', from: { label: name }, to: null, by: viewer.userId, at: now }])
  })
}

export const readRemoved = (db: Database) =>
  db.selectFrom('vendor_files as f').innerJoin('portals as p', 'p.portal_id', 'f.portal_id').select(['f.portal_id', 'f.file_id', 'f.drive_file_id'])
    .where('f.removed_at', 'is not', null).where('f.drive_file_id', 'is not', null).where('p.status', '=', 'installed').orderBy('f.removed_at').limit(200)
    .$narrowType<{ drive_file_id: number }>().execute()

interface AnnouncedFolder { readonly portal_id: number, readonly drive_folder_id: number, readonly file_ids: string[] }

/** Folders with files that were announced before a moment and never arrived, as long as nobody is sending anything there. */
export const readAbandoned = async (db: Database, before: Date): Promise<AnnouncedFolder[]> => (await sql<AnnouncedFolder>`
  select f.portal_id, f.drive_folder_id, array_agg(f.file_id) as file_ids
  from vendor_files f join portals p using (portal_id)
  where f.drive_file_id is null and p.status = 'installed'
  group by 1, 2 having max(f.created_at) < ${before} limit 50`.execute(db)).rows

/** Of the files in a folder, those that no vendor's list knows. */
export async function unknownFiles(db: Database, portalId: number, driveFileIds: readonly number[]): Promise<number[]> {
  const known = await db.selectFrom('vendor_files').select('drive_file_id').where('portal_id', '=', portalId).where('drive_file_id', 'in', [...driveFileIds, 0]).execute()
  return driveFileIds.filter(id => known.every(row => row.drive_file_id !== id))
}

export async function forgetFiles(db: Database, portalId: number, fileIds: readonly string[]): Promise<void> {
  await db.deleteFrom('vendor_files').where('portal_id', '=', portalId).where('file_id', 'in', fileIds).execute()
}

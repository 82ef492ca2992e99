import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { dayAt, type Day } from '@comptoir/shared/insights/calendar'
import type { DocumentFields } from '@comptoir/shared/relationship/compliance.contract'
import { requireVendor, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { readRequirements, type DocumentRecord } from './compliance.postgres.ts'
import type { Onlooker } from './contracts.postgres.ts'
import { isUndated, needsNewCheck, tidyDocument } from './document.ts'
import { refreshHolds } from './holds.postgres.ts'

const toColumns = (fields: DocumentFields) => ({
  kind: fields.kind,
  name: fields.name,
  link: fields.link,
  issued_on: fields.issuedOn,
  valid_from: fields.validFrom,
  valid_to: fields.validTo,
  verification_code: fields.verificationCode,
  note: fields.note,
})

const toFields = (row: DocumentRecord): DocumentFields => ({
  kind: row.kind, name: row.name, link: row.link, issuedOn: row.issued_on, validFrom: row.valid_from, validTo: row.valid_to,
  verificationCode: row.verification_code, note: row.note,
})

const requirementOf = async (tx: Tx, portalId: number, vendorId: string, kind: string, today: Day) =>
  (await readRequirements(tx, portalId, vendorId, today)).find(row => row.kind === kind)

export async function receiveDocument(db: Database, onlooker: Onlooker, vendorId: string, fields: DocumentFields, now: Date): Promise<void> {
  const { portal, viewer } = onlooker
  const today = dayAt(now, portal.timeZone)
  await db.transaction().execute(async (tx) => {
    await requireVendor(tx, onlooker, vendorId, { group: 'documents', role: 'editor' })
    const requirement = await requirementOf(tx, portal.id, vendorId, fields.kind, today)
    const tidy = tidyDocument(fields, requirement?.validity_months ?? null, today)
    await tx.insertInto('compliance_documents').values({
      portal_id: portal.id, vendor_id: vendorId, ...toColumns(tidy),
      created_at: now, created_by: viewer.userId, updated_at: now, updated_by: viewer.userId,
    }).execute()
    await note(tx, onlooker, vendorId, { from: null, to: { kind: tidy.kind, step: 'received' } }, now)
    await refreshHolds(tx, { portalId: portal.id, today, now, vendorId })
  })
}

export interface DocumentKey { readonly documentId: string, readonly version: number }

/** @throws AppError document.not_found, vendor.forbidden, document.changed_meanwhile; answers whose document it is */
async function changeDocument(db: Database, onlooker: Onlooker, { documentId, version }: DocumentKey, now: Date, change: (tx: Tx, row: DocumentRecord, today: Day) => Promise<void>): Promise<string> {
  const { portal } = onlooker
  const today = dayAt(now, portal.timeZone)
  return db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('compliance_documents').selectAll().where('portal_id', '=', portal.id).where('document_id', '=', documentId)
      .where('vendor_id', 'in', visibleVendors(tx, onlooker, { group: 'documents' }).select('vendors.vendor_id')).forUpdate().executeTakeFirst()
    if (!row)
      throw new AppError('document.not_found', { details: { documentId } })
    await requireVendor(tx, onlooker, row.vendor_id, { group: 'documents', role: 'editor' })
    if (row.version !== version)
      throw new AppError('document.changed_meanwhile', { details: { documentId } })
    await change(tx, row, today)
    await refreshHolds(tx, { portalId: portal.id, today, now, vendorId: row.vendor_id })
    return row.vendor_id
  })
}

const write = (tx: Tx, row: DocumentRecord, values: Partial<Omit<DocumentRecord, 'version'>>, made: { userId: number, now: Date }) =>
  tx.updateTable('compliance_documents').set({ ...values, version: sql<number>`version + 1`, updated_at: made.now, updated_by: made.userId })
    .where('portal_id', '=', row.portal_id).where('document_id', '=', row.document_id).execute()

const unchecked = { verified_at: null, verified_by: null, verification_note: null }

export const updateDocument = (db: Database, onlooker: Onlooker, key: DocumentKey, patch: Partial<DocumentFields>, now: Date): Promise<string> =>
  changeDocument(db, onlooker, key, now, async (tx, row, today) => {
    const before = toFields(row)
    const requirement = await requirementOf(tx, row.portal_id, row.vendor_id, patch.kind ?? before.kind, today)
    const tidy = tidyDocument({ ...before, ...patch }, requirement?.validity_months ?? null, today)
    await write(tx, row, { ...toColumns(tidy), ...needsNewCheck(before, tidy) && unchecked }, { userId: onlooker.viewer.userId, now })
  })

/** A check is a person's word on how it was done; without the code that authorities print, or a date where age matters, there is nothing to check by. */
export const verifyDocument = (db: Database, onlooker: Onlooker, key: DocumentKey, proof: string | null, now: Date): Promise<string> =>
  changeDocument(db, onlooker, key, now, async (tx, row, today) => {
    const given = proof?.trim() || null
    const requirement = await requirementOf(tx, row.portal_id, row.vendor_id, row.kind, today)
    if (given !== null && requirement?.needs_code && row.verification_code === null)
      throw new AppError('document.code_required', { details: { documentId: row.document_id } })
    if (given !== null && requirement && isUndated(toFields(row), requirement))
      throw new AppError('document.date_required', { details: { documentId: row.document_id } })
    const { userId } = onlooker.viewer
    await write(tx, row, given === null ? unchecked : { verified_at: now, verified_by: userId, verification_note: given }, { userId, now })
    await note(tx, onlooker, row.vendor_id, { from: { kind: row.kind, step: given === null ? 'verified' : 'received' }, to: { kind: row.kind, step: given === null ? 'received' : 'verified' } }, now)
  })

export const removeDocument = (db: Database, onlooker: Onlooker, key: DocumentKey, now: Date): Promise<string> =>
  changeDocument(db, onlooker, key, now, async (tx, row) => {
    await tx.deleteFrom('compliance_documents').where('portal_id', '=', row.portal_id).where('document_id', '=', row.document_id).execute()
    await note(tx, onlooker, row.vendor_id, { from: { kind: row.kind, step: row.verified_at ? 'verified' : 'received' }, to: null }, now)
  })

/** The vendor's history says that a document came, was checked or went; what it says is read under its own right. */
async function note(tx: Tx, { portal, viewer }: Onlooker, vendorId: string, { from, to }: { from: unknown, to: unknown }, now: Date): Promise<void> {
  await tx.insertInto('vendor_changes').values({
    portal_id: portal.id, vendor_id: vendorId, field: 'document', old_value: from === null ? null : JSON.stringify(from), new_value: to === null ? null : JSON.stringify(to),
    origin: 'person', at: now, by_user_id: viewer.userId,
  }).execute()
}

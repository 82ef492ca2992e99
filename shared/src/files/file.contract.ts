import { Type, type Static } from 'typebox'
import { DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import type { FieldGroup } from '../access/rights.ts'
import { MaybePerson, VendorId } from '../vendors/vendor-fields.ts'

/** What a file belongs to; an account is the vendor's own, its id that of the vendor. */
export const fileSubjects = ['contract', 'document', 'invoice', 'account'] as const
export type FileSubject = (typeof fileSubjects)[number]

/** What must stand open to read it: an invoice's file shows amounts and an account. Who edits the first of them edits the files. */
export const groupsOfSubject: Readonly<Record<FileSubject, readonly FieldGroup[]>> = {
  contract: ['documents'], document: ['documents'], invoice: ['documents', 'prices', 'bank'], account: ['bank'],
}

/** Ten megabytes as base64, and room for the rest. */
export const mostKeptBytes = 10 * 1024 * 1024
const bodyLimit = 14 * 1024 * 1024

const Id = Type.String({ format: 'uuid' })
const Subject = Type.Enum([...fileSubjects])

export const KeptFile = Type.Object({
  fileId: Id,
  subject: Subject,
  subjectId: Id,
  name: Type.String(),
  bytes: Type.Integer(),
  addedAt: Type.String(),
  addedBy: MaybePerson,
})
export type KeptFile = Static<typeof KeptFile>

export const VendorFiles = Type.Object({
  /** The portal lets the app keep files in its Drive. */
  hasDrive: Type.Boolean(),
  files: Type.Array(KeptFile),
  /** To which the viewer may add files, and take them away from. */
  editable: Type.Array(Subject),
})
export type VendorFiles = Static<typeof VendorFiles>

const refused = ['vendor.not_found', 'vendor.forbidden'] as const
const hostTrouble = ['crm.unavailable', 'crm.forbidden', 'crm.limit', 'crm.login_lost', 'crm.refused', 'portal.not_installed'] as const
const ofFile = Type.Object({ fileId: Id })

export const fileApi = {
  list: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/files', summary: 'Files of a vendor that lie in the portal\'s Drive, as far as one may read them',
    params: Type.Object({ vendorId: VendorId }), reply: VendorFiles, errors: ['vendor.not_found'],
  }),
  keep: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/files', summary: 'Put a file of a contract, a document, an invoice or the account into the portal\'s Drive; the same file again is the same one', bodyLimit,
    params: Type.Object({ vendorId: VendorId }),
    body: Type.Object({ subject: Subject, subjectId: Id, name: Type.String({ minLength: 1, maxLength: 300 }), content: Type.String({ minLength: 1, maxLength: bodyLimit }) }),
    reply: KeptFile, errors: [...refused, ...hostTrouble, 'file.no_drive', 'file.kind_refused', 'file.subject_unknown', 'request.too_large'],
  }),
  read: endpoint({
    method: 'GET', path: '/api/files/:fileId/content', summary: 'The file itself', params: ofFile,
    reply: DocumentReply, errors: [...refused, ...hostTrouble, 'file.not_found', 'file.gone', 'file.no_drive'],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/files/:fileId', summary: 'Take a file away; it goes to the trash of the Drive', params: ofFile,
    reply: Type.Object({ isDone: Type.Boolean() }), errors: [...refused, 'file.not_found'],
  }),
}

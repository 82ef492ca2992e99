import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { EInvoice, totalRules } from './e-invoice.ts'
import { DocumentFile, InvoiceFields, NullableId, VendorId } from './purchasing-fields.ts'
import { Invoice, InvoiceWarnings } from './purchasing.contract.ts'

/** Ten megabytes as base64, and room for the rest. */
export const mostFileBytes = 10 * 1024 * 1024
const fileBodyLimit = 14 * 1024 * 1024
export const FileContent = Type.String({ minLength: 1, maxLength: fileBodyLimit })

const vendorClues = ['siren', 'vat', 'iban'] as const
const FoundVendor = Type.Object({ vendorId: VendorId, name: Type.String(), by: Type.Enum([...vendorClues]) })
export type FoundVendor = Static<typeof FoundVendor>

export const ReadEInvoice = Type.Object({
  document: DocumentFile,
  eInvoice: EInvoice,
  /** Ready to be looked over and saved; nothing has been written. */
  fields: InvoiceFields,
  faults: Type.Array(Type.Object({ rule: Type.Enum([...totalRules]), statedMinor: Type.Integer(), computedMinor: Type.Integer() })),
  /** Whose invoice it is by its own numbers, among the vendors one may see. */
  vendor: Type.Union([Type.Null(), FoundVendor]),
  /** The same file was saved before. */
  knownInvoiceId: Type.Union([Type.Null(), Type.String()]),
  warnings: Type.Union([Type.Null(), InvoiceWarnings]),
})
export type ReadEInvoice = Static<typeof ReadEInvoice>

export const eInvoiceApi = {
  read: endpoint({
    method: 'POST', path: '/api/e-invoices/read', summary: 'Read a Factur-X, CII or UBL file: seller, amounts, account, checks; nothing is written', bodyLimit: fileBodyLimit,
    body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 300 }), content: FileContent, vendorId: NullableId }),
    reply: ReadEInvoice, errors: ['purchasing.file_unknown', 'purchasing.file_unreadable', 'vendor.not_found'],
  }),
  save: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/e-invoices', summary: 'Save what was read from an e-invoice; the same file again is the same invoice',
    params: Type.Object({ vendorId: VendorId }), body: Type.Object({ document: DocumentFile, ...InvoiceFields.properties }), reply: Invoice, errors: ['vendor.not_found', 'purchasing.other_vendor', 'request.invalid'],
  }),
}

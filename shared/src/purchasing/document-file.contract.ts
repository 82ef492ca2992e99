import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'
import { fileKinds } from './document-columns.ts'
import { cellFaults } from './document-table.ts'
import { FileContent } from './e-invoice.contract.ts'
import { MaybeMoney, NullableId } from './purchasing-fields.ts'

export const FileReport = Type.Object({
  kind: Type.Enum([...fileKinds]),
  isDryRun: Type.Boolean(),
  rowCount: Type.Integer(),
  columns: Type.Array(Type.Object({ header: Type.String(), field: NullableText() })),
  /** Documents, not rows: one with a faulty row is left out whole. */
  created: Type.Integer(),
  known: Type.Integer(),
  faulty: Type.Integer(),
  /** The first of those that are here already: they stay as they are. */
  knownDocuments: Type.Array(Type.Object({ line: Type.Integer(), vendorName: Type.String(), number: Type.String() })),
  issueCount: Type.Integer(),
  issues: Type.Array(Type.Object({ line: Type.Integer(), field: NullableText(), code: Type.Enum([...cellFaults]), value: Type.String() })),
  /** The first documents as they are, or would be, written. */
  sample: Type.Array(Type.Object({ vendorName: Type.String(), number: Type.String(), day: Type.String(), lineCount: Type.Integer(), amount: MaybeMoney })),
})
export type FileReport = Static<typeof FileReport>

export const documentFileApi = {
  run: endpoint({
    method: 'POST', path: '/api/purchasing-files', summary: 'Read a table of orders, receipts or invoices; written only when it is no dry run, and each document once', bodyLimit: 14 * 1024 * 1024,
    body: Type.Object({ kind: Type.Enum([...fileKinds]), content: FileContent, vendorId: NullableId, isDryRun: Type.Boolean() }),
    reply: FileReport, errors: ['purchasing.file_unknown', 'vendor.not_found', 'purchasing.other_vendor'],
  }),
}

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { FieldSchema, OptionsPatch, Outcome, Profile } from './import-file.schema.ts'
import { rowDecisions, rowIssueCodes } from './row-context.ts'

export const importStates = [
  'uploading', 'analysed', 'previewing', 'previewed', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone',
] as const
export type ImportState = (typeof importStates)[number]

export const maxImportBytes = 64 * 1024 * 1024
/** A workbook is a packed text many times its size, and is unpacked whole. */
export const maxWorkbookBytes = 16 * 1024 * 1024

const ImportId = Type.String({ format: 'uuid' })

export const ImportRow = Type.Object({
  importId: ImportId,
  fileName: Type.String(),
  sizeBytes: Type.Integer(),
  state: Type.Enum([...importStates]),
  kind: Type.Union([Type.Null(), Type.Enum(['vendors', 'purchases'])]),
  rows: NullableInteger(),
  /** Records settled by the step that runs now, or ran last. */
  progressRows: Type.Integer(),
  result: Type.Union([Type.Null(), Outcome]),
  errorCode: NullableText(),
  createdAt: Type.String(),
  createdBy: NullableText(),
  finishedAt: NullableText(),
  undoneAt: NullableText(),
  undoneBy: NullableText(),
  canUndo: Type.Boolean(),
})
export type ImportRow = Static<typeof ImportRow>

export const UndoResult = Type.Object({
  purchasesRemoved: Type.Integer(),
  vendorsRemoved: Type.Integer(),
  vendorsRestored: Type.Integer(),
  /** Vendors left as they are because somebody touched or uses them. */
  conflicts: Type.Integer(),
})
export type UndoResult = Static<typeof UndoResult>

export const Import = Type.Object({
  ...ImportRow.properties,
  profile: Type.Union([Type.Null(), Profile]),
  options: OptionsPatch,
  preview: Type.Union([Type.Null(), Outcome]),
  isPreviewStale: Type.Boolean(),
  fixedCells: Type.Integer(),
  undecidedDuplicates: Type.Integer(),
  undoResult: Type.Union([Type.Null(), UndoResult]),
  /** Of a workbook that can still be read otherwise. */
  workbook: Type.Union([Type.Null(), Type.Object({ sheet: Type.String(), sheets: Type.Array(Type.String()) })]),
  /** The same bytes were imported before and are still here. */
  importedBefore: Type.Union([Type.Null(), Type.Object({ importId: ImportId, at: Type.String() })]),
})
export type Import = Static<typeof Import>

const Issue = Type.Object({
  code: Type.Enum([...rowIssueCodes]),
  severity: Type.Enum(['error', 'warning']),
  field: Type.Union([Type.Null(), FieldSchema]),
  column: NullableInteger(),
  value: Type.String(),
  details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
})
export type ImportIssue = Static<typeof Issue>

/** A row with something wrong: its cells as they stand after corrections. */
export const IssueRow = Type.Object({
  line: Type.Integer(),
  cells: Type.Array(Type.String()),
  fixedColumns: Type.Array(Type.Integer()),
  decision: Type.Union([Type.Null(), Type.Enum([...rowDecisions])]),
  issues: Type.Array(Issue),
})
export type IssueRow = Static<typeof IssueRow>

/** A row as it would be read: what each field becomes. */
export const SampleRow = Type.Object({
  line: Type.Integer(),
  cells: Type.Array(Type.String()),
  vendorName: NullableText(),
  day: NullableText(),
  isPeriodGuess: Type.Boolean(),
  amountMinor: NullableInteger(),
  currency: NullableText(),
  issues: Type.Array(Issue),
})
export type SampleRow = Static<typeof SampleRow>

const FieldValue = Type.Union([Type.Null(), Type.String(), Type.Integer()])

export const VendorDiff = Type.Object({
  line: Type.Integer(),
  outcome: Type.Enum(['created', 'updated']),
  vendorId: NullableText(),
  name: Type.String(),
  changes: Type.Array(Type.Object({ field: Type.String(), old: FieldValue, new: FieldValue })),
})
export type VendorDiff = Static<typeof VendorDiff>

export const duplicateReasons = ['same_key', 'code', 'iban', 'domain', 'similar'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]
export const duplicateDecisions = ['merge', 'new', 'skip'] as const
export type DuplicateDecision = (typeof duplicateDecisions)[number]

const Facts = Type.Record(Type.String(), FieldValue)

export const Duplicate = Type.Object({
  incomingKey: Type.String(),
  line: Type.Integer(),
  reason: Type.Enum([...duplicateReasons]),
  score: Type.Number(),
  /** Null when the other one is a newcomer of the same file. */
  vendorId: NullableText(),
  incoming: Facts,
  candidate: Facts,
  /** What the known vendor would become. */
  merged: Facts,
  decision: Type.Union([Type.Null(), Type.Enum([...duplicateDecisions])]),
})
export type Duplicate = Static<typeof Duplicate>

export const UndoConflict = Type.Object({ vendorId: Type.String(), name: Type.String(), reason: Type.String() })
export type UndoConflict = Static<typeof UndoConflict>

const params = Type.Object({ importId: ImportId })
const access = 'admin'

export const importApi = {
  upload: endpoint({
    method: 'POST', path: '/api/imports', access, bodyLimit: maxImportBytes,
    summary: 'Store a CSV file or a workbook (the request\'s body, as it is) and say how it is written',
    query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }) }),
    body: Type.Unknown(),
    reply: Import,
    errors: ['import.empty', 'import.not_text'],
  }),
  list: endpoint({
    method: 'GET', path: '/api/imports', access,
    summary: 'Imports of the portal, newest first',
    query: Type.Object({ before: Type.Optional(Type.String({ format: 'date-time' })) }),
    reply: Type.Object({ imports: Type.Array(ImportRow), hasMore: Type.Boolean() }),
    errors: [],
  }),
  get: endpoint({
    method: 'GET', path: '/api/imports/:importId', access, summary: 'One import: settings, counts, progress',
    params, reply: Import, errors: ['import.not_found'],
  }),
  sample: endpoint({
    method: 'GET', path: '/api/imports/:importId/sample', access, summary: 'The first rows, as they would be read',
    params, reply: Type.Object({ rows: Type.Array(SampleRow) }), errors: ['import.not_found', 'import.busy'],
  }),
  configure: endpoint({
    method: 'PATCH', path: '/api/imports/:importId/options', access, summary: 'Overrule what was detected; null takes a choice back',
    params,
    body: Type.Object({ set: OptionsPatch, reset: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 })) }),
    reply: Import, errors: ['import.not_found', 'import.busy'],
  }),
  chooseSheet: endpoint({
    method: 'POST', path: '/api/imports/:importId/sheet', access, summary: 'Read another sheet of the workbook; choices made for the one before are forgotten',
    params, body: Type.Object({ sheet: Type.String({ minLength: 1, maxLength: 255 }) }),
    reply: Import, errors: ['import.not_found', 'import.busy', 'import.empty', 'import.not_text'],
  }),
  preview: endpoint({
    method: 'POST', path: '/api/imports/:importId/preview', access, summary: 'Try the whole file without writing anything',
    params, reply: Import, errors: ['import.not_found', 'import.busy', 'import.not_mapped'],
  }),
  issues: endpoint({
    method: 'GET', path: '/api/imports/:importId/issues', access, summary: 'Rows with errors or warnings, by line',
    params,
    query: Type.Object({
      severity: Type.Optional(Type.Enum(['error', 'warning'])),
      code: Type.Optional(Type.Enum([...rowIssueCodes])),
      afterLine: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    reply: Type.Object({ rows: Type.Array(IssueRow), total: Type.Integer(), nextAfterLine: NullableInteger() }),
    errors: ['import.not_found'],
  }),
  fix: endpoint({
    method: 'POST', path: '/api/imports/:importId/fixes', access, summary: 'Correct a cell, or every cell of the column that holds the same value',
    params,
    body: Type.Object({
      line: Type.Integer({ minimum: 1 }),
      column: Type.Integer({ minimum: 0, maximum: 500 }),
      value: Type.String({ maxLength: 2000 }),
      everywhere: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Object({ row: IssueRow, fixedRows: Type.Integer() }),
    errors: ['import.not_found', 'import.busy', 'import.line_unknown'],
  }),
  decideRows: endpoint({
    method: 'POST', path: '/api/imports/:importId/rows', access, summary: 'Leave rows out, read them although they look like no data, or take that back: one row, or all with a fault',
    params,
    body: Type.Object({
      decision: Type.Union([Type.Null(), Type.Enum([...rowDecisions])]),
      line: Type.Optional(Type.Integer({ minimum: 1 })),
      code: Type.Optional(Type.Enum([...rowIssueCodes])),
    }),
    reply: Type.Object({ row: Type.Union([Type.Null(), IssueRow]), decidedRows: Type.Integer() }),
    errors: ['import.not_found', 'import.busy', 'import.line_unknown'],
  }),
  diffs: endpoint({
    method: 'GET', path: '/api/imports/:importId/diffs', access, summary: 'Vendors that would be created or changed, old beside new',
    params, query: Type.Object({ outcome: Type.Optional(Type.Enum(['created', 'updated'])) }),
    reply: Type.Object({ diffs: Type.Array(VendorDiff) }), errors: ['import.not_found'],
  }),
  duplicates: endpoint({
    method: 'GET', path: '/api/imports/:importId/duplicates', access, summary: 'Newcomers that resemble a known vendor, with what a merge would give',
    params, reply: Type.Object({ duplicates: Type.Array(Duplicate) }), errors: ['import.not_found'],
  }),
  decide: endpoint({
    method: 'POST', path: '/api/imports/:importId/duplicates', access, summary: 'Merge, keep apart or leave out',
    params,
    body: Type.Object({ incomingKeys: Type.Array(Type.String({ maxLength: 400 }), { minItems: 1, maxItems: 5000 }), decision: Type.Enum([...duplicateDecisions]) }),
    reply: Import, errors: ['import.not_found', 'import.busy'],
  }),
  start: endpoint({
    method: 'POST', path: '/api/imports/:importId/start', access, summary: 'Import, or go on with a stopped import',
    params, reply: Import,
    errors: ['import.not_found', 'import.busy', 'import.not_mapped', 'import.period_unconfirmed', 'import.preview_first'],
  }),
  cancel: endpoint({
    method: 'POST', path: '/api/imports/:importId/cancel', access, summary: 'Stop after the batch at hand',
    params, reply: Import, errors: ['import.not_found', 'import.busy'],
  }),
  undo: endpoint({
    method: 'POST', path: '/api/imports/:importId/undo', access, summary: 'Take back what the import wrote, except what was touched since',
    params, reply: Import, errors: ['import.not_found', 'import.busy'],
  }),
  conflicts: endpoint({
    method: 'GET', path: '/api/imports/:importId/conflicts', access, summary: 'What the undo left in place, and why',
    params, reply: Type.Object({ conflicts: Type.Array(UndoConflict) }), errors: ['import.not_found'],
  }),
  discard: endpoint({
    method: 'DELETE', path: '/api/imports/:importId', access, summary: 'Forget a file that was not imported',
    params, reply: Type.Object({}), errors: ['import.not_found', 'import.busy'],
  }),
}

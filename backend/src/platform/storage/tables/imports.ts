import type { ColumnType, Generated } from 'kysely'

export type ImportStateColumn =
  | 'uploading' | 'analysed' | 'previewing' | 'previewed' | 'running' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone'

/** jsonb whose shape the feature knows: read as a value, written as JSON text. */
type JsonOf = ColumnType<unknown, string | null | undefined, string | null>

export interface ImportTables {
  imports: {
    portal_id: number
    import_id: Generated<string>
    file_name: string
    fingerprint: string
    size_bytes: number
    state: Generated<ImportStateColumn>
    options: JsonOf
    profile: JsonOf
    preview: JsonOf
    result: JsonOf
    undo_result: JsonOf
    is_preview_stale: Generated<boolean>
    progress_rows: Generated<number>
    carried: JsonOf
    attempts: Generated<number>
    error_code: string | null
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    started_at: Date | null
    finished_at: Date | null
    undone_at: Date | null
    undone_by: number | null
  }
  import_chunks: {
    portal_id: number
    import_id: string
    ordinal: number
    bytes: Buffer
  }
  import_workbooks: {
    portal_id: number
    import_id: string
    sheet: string
    sheets: string[]
    bytes: Buffer
  }
  import_issues: {
    portal_id: number
    import_id: string
    line: number
    ordinal: number
    severity: 'error' | 'warning'
    code: string
    field: string | null
    column_no: number | null
    value: string
    details: JsonOf
    cells: JsonOf
  }
  import_fixes: {
    portal_id: number
    import_id: string
    line: number
    column_no: number
    value: string
    fixed_at: Generated<Date>
    fixed_by: number | null
  }
  import_diffs: {
    portal_id: number
    import_id: string
    line: number
    outcome: 'created' | 'updated'
    vendor_id: string | null
    name: string
    changes: JsonOf
  }
  import_duplicates: {
    portal_id: number
    import_id: string
    incoming_key: string
    line: number
    incoming: JsonOf
    reason: 'same_key' | 'code' | 'iban' | 'domain' | 'similar'
    score: number
    vendor_id: string | null
    other_key: string | null
    candidate: JsonOf
    decision: 'merge' | 'new' | 'skip' | null
    decided_by: number | null
  }
  import_vendors: {
    portal_id: number
    import_id: string
    vendor_id: string
    outcome: 'created' | 'updated' | 'unchanged'
    version_after: number
    old_values: JsonOf
    new_values: JsonOf
    conflict: string | null
  }
  import_mappings: {
    portal_id: number
    signature: string
    mapping: JsonOf
    used_at: Generated<Date>
  }
}

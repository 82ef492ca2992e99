import { sql } from 'kysely'
import type { ImportIssue, IssueRow } from '@comptoir/shared/imports/import.contract'
import { mostColumns } from '@comptoir/shared/imports/layout'
import type { RowDecision, RowIssue, RowIssueCode } from '@comptoir/shared/imports/row-context'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { noteCodes } from './counts.ts'
import type { ImportRecord } from './import-record.ts'
import { withFixes, type LineFixes } from './line-fixes.ts'

type Key = Pick<ImportRecord, 'portalId' | 'importId'>

/** jsonb and text refuse NUL. */
const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

export interface RowWithIssues {
  readonly line: number
  readonly cells: readonly string[]
  readonly issues: readonly RowIssue[]
}

/** Stores a line per fault, with the row's cells as the file has them. */
export async function saveIssues(db: Database | Tx, { portalId, importId }: Key, rows: readonly RowWithIssues[]): Promise<void> {
  const records = rows.flatMap(({ line, cells, issues }) => issues.filter(({ code }) => !noteCodes.has(code)).map((issue, ordinal) => ({
    line,
    ordinal,
    severity: issue.severity,
    code: issue.code,
    field: issue.field,
    column_no: issue.column,
    value: storable(issue.value.slice(0, 2000)),
    details: issue.details,
    cells: cells.slice(0, mostColumns).map(cell => storable(cell.slice(0, 2000))),
  })))
  if (records.length === 0)
    return
  await sql`
    insert into import_issues (portal_id, import_id, line, ordinal, severity, code, field, column_no, value, details, cells)
    select ${portalId}, ${importId}, r.* from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(
      line integer, ordinal smallint, severity text, code text, field text, column_no integer, value text, details jsonb, cells jsonb)
    on conflict do nothing`.execute(db)
}

export async function forgetIssues(db: Database | Tx, { portalId, importId }: Key, lines?: readonly number[]): Promise<void> {
  await db.deleteFrom('import_issues').where('portal_id', '=', portalId).where('import_id', '=', importId)
    .$if(lines !== undefined, query => query.where(sql<boolean>`line = any(${[...lines!]}::int[])`)).execute()
}

interface IssueFilter {
  readonly severity?: 'error' | 'warning'
  readonly code?: RowIssueCode
  readonly afterLine?: number
  readonly limit: number
}

/** Rows with issues in the order of the file, each with all of its issues and with corrections in place. */
export async function readIssueRows(db: Database | Tx, key: Key, filter: IssueFilter): Promise<IssueRow[]> {
  const lines = await db.selectFrom('import_issues').select('line').distinct()
    .where('portal_id', '=', key.portalId).where('import_id', '=', key.importId)
    .$if(filter.severity !== undefined, query => query.where('severity', '=', filter.severity!))
    .$if(filter.code !== undefined, query => query.where('code', '=', filter.code!))
    .$if(filter.afterLine !== undefined, query => query.where('line', '>', filter.afterLine!))
    .orderBy('line').limit(filter.limit).execute()
  return readIssueLines(db, key, lines.map(row => row.line))
}

export async function readIssueLines(db: Database | Tx, key: Key, lines: readonly number[]): Promise<IssueRow[]> {
  if (lines.length === 0)
    return []
  const issues = await db.selectFrom('import_issues').selectAll()
    .where('portal_id', '=', key.portalId).where('import_id', '=', key.importId).where(sql<boolean>`line = any(${[...lines]}::int[])`)
    .orderBy('line').orderBy('ordinal').execute()
  const fixes = await readFixes(db, key, Math.min(...lines), Math.max(...lines))
  const rows = new Map<number, IssueRow & { issues: ImportIssue[] }>()
  for (const row of issues) {
    const fixed = fixes.get(row.line)
    const known = rows.get(row.line) ?? {
      line: row.line, cells: withFixes(row.cells as string[], fixed), fixedColumns: [...fixed?.cells.keys() ?? []], decision: fixed?.decision ?? null, issues: [],
    }
    known.issues.push({
      code: row.code as RowIssueCode, severity: row.severity, field: row.field as ImportIssue['field'], column: row.column_no, value: row.value,
      details: row.details as ImportIssue['details'],
    })
    rows.set(row.line, known)
  }
  return [...rows.values()]
}

export async function countIssueRows(db: Database, { portalId, importId }: Key, { severity, code }: Omit<IssueFilter, 'limit'>): Promise<number> {
  const { count } = await db.selectFrom('import_issues').select(sql<number>`count(distinct line)`.as('count'))
    .where('portal_id', '=', portalId).where('import_id', '=', importId)
    .$if(severity !== undefined, query => query.where('severity', '=', severity!))
    .$if(code !== undefined, query => query.where('code', '=', code!)).executeTakeFirstOrThrow()
  return count
}

const listedLines = 1000

/** How many rows each fault concerns, with the first lines. */
export async function countIssues(db: Database | Tx, { portalId, importId }: Key): Promise<Record<string, { severity: 'error' | 'warning', count: number, lines: number[] }>> {
  const { rows } = await sql<{ code: string, severity: 'error' | 'warning', count: number, lines: number[] }>`
    select code, min(severity) as severity, max(place)::int as count, array_agg(line order by line) filter (where place <= ${listedLines}) as lines
    from (select code, severity, line, row_number() over (partition by code order by line) as place
      from (select distinct code, severity, line from import_issues where portal_id = ${portalId} and import_id = ${importId}) distinct_lines) places
    group by code`.execute(db)
  return Object.fromEntries(rows.map(({ code, ...count }) => [code, count]))
}

/** Decisions on whole lines stand among the corrections, where no column is. */
const decisionColumn = -1

/** Corrections of a range of lines, by line and column. */
export async function readFixes(db: Database | Tx, { portalId, importId }: Key, fromLine: number, toLine: number): Promise<Map<number, LineFixes>> {
  const rows = await db.selectFrom('import_fixes').select(['line', 'column_no', 'value'])
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where('line', '>=', fromLine).where('line', '<=', toLine).execute()
  const fixes = new Map<number, { cells: Map<number, string>, decision: RowDecision | null }>()
  for (const { line, column_no: column, value } of rows) {
    const known = fixes.get(line) ?? { cells: new Map<number, string>(), decision: null }
    fixes.set(line, known)
    if (column === decisionColumn)
      known.decision = value as RowDecision
    else
      known.cells.set(column, value)
  }
  return fixes
}

export async function countFixes(db: Database, { portalId, importId }: Key): Promise<number> {
  const { count } = await db.selectFrom('import_fixes').select(sql<number>`count(*)`.as('count'))
    .where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirstOrThrow()
  return count
}

/** Rows that have the fault. */
export async function findLinesWith(db: Database | Tx, { portalId, importId }: Key, code: RowIssueCode): Promise<number[]> {
  const rows = await db.selectFrom('import_issues').select('line').distinct()
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where('code', '=', code).orderBy('line').limit(100_000).execute()
  return rows.map(row => row.line)
}

/** Other rows with issues whose cell of this column holds the same text in the file. */
export async function findLinesLike(db: Database | Tx, { portalId, importId }: Key, column: number, text: string): Promise<number[]> {
  const { rows } = await sql<{ line: number }>`
    select distinct line from import_issues where portal_id = ${portalId} and import_id = ${importId}
      and coalesce(cells ->> ${sql.lit(column)}, '') = ${text} order by line limit 100000`.execute(db)
  return rows.map(row => row.line)
}

export async function saveFixes(db: Database | Tx, { portalId, importId }: Key, lines: readonly number[], column: number, value: string, userId: number): Promise<void> {
  await sql`
    insert into import_fixes (portal_id, import_id, line, column_no, value, fixed_by)
    select ${portalId}, ${importId}, line, ${column}, ${storable(value)}, ${userId} from unnest(${lines}::int[]) as line
    on conflict (portal_id, import_id, line, column_no) do update set value = excluded.value, fixed_at = now(), fixed_by = excluded.fixed_by`.execute(db)
}

export async function saveDecision(db: Database | Tx, key: Key, lines: readonly number[], decision: RowDecision | null, userId: number): Promise<void> {
  if (decision !== null)
    return saveFixes(db, key, lines, decisionColumn, decision, userId)
  await db.deleteFrom('import_fixes').where('portal_id', '=', key.portalId).where('import_id', '=', key.importId)
    .where('column_no', '=', decisionColumn).where(sql<boolean>`line = any(${[...lines]}::int[])`).execute()
}

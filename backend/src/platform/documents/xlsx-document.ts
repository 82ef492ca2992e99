import type { Cell, Sheet, SheetData } from 'write-excel-file/node'
import type { ReportColumn, ReportDocument, ReportMeasure, ReportTable, ReportValue } from '@comptoir/shared/documents/report-document'
import { currencyExponent, toMajor } from '@comptoir/shared/money'
import { factsOf, tablesOf } from './csv-document.ts'
import { isNumeric } from './written-value.ts'

const mostSheetName = 31
const heading = { fontWeight: 'bold', backgroundColor: '#EEF2F4' } as const

/** A workbook: a first sheet with what stands behind the figures, then a sheet per table with real numbers and dates. */
export async function xlsxDocument(document: ReportDocument): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const names = new Set<string>()
  const cover = named(document.language === 'fr' ? 'Résumé' : 'Summary', names)
  const tables = tablesOf(document).map(table => ({ table, name: named(table.title, names) }))
  const sheets = [
    { data: coverOf(document, tables.map(({ table, name }) => [name, table.title])), sheet: cover, columns: [{ width: 34 }, { width: 44 }] },
    ...tables.map(({ table, name }) => sheetOf(table, name)),
  ]
  return writeXlsxFile(sheets as Sheet<Buffer>[]).toBuffer()
}

/** `contents`: what each sheet is called, and what its name had no room for. */
function coverOf(document: ReportDocument, contents: readonly (readonly [string, string])[]): SheetData {
  const { title, blocks, language } = document
  const figures = blocks.flatMap(block => block.type === 'figures' ? block.items : [])
  return [
    [{ value: title, fontWeight: 'bold', fontSize: 16 }],
    ...factsOf(document).map(({ label, value }) => [label, value]),
    [],
    ...figures.map(item => [item.label, cellOf(item.value, item), item.note ?? null]),
    ...blocks.flatMap(block => block.type === 'text' ? [[block.text]] : []),
    ...contents.length > 1 ? [[], [{ value: language === 'fr' ? 'Feuilles' : 'Sheets', fontWeight: 'bold' as const }], ...contents.map(pair => [...pair])] : [],
  ]
}

function sheetOf(table: ReportTable, sheet: string): Sheet<Buffer> {
  const rows = table.rows.map(row => row.map((value, at) => cellOf(value, table.columns[at] ?? { kind: 'text' })))
  const totals = table.totals?.map((value, at) => ({ ...object(cellOf(value, table.columns[at] ?? { kind: 'text' })), fontWeight: 'bold' as const }))
  return {
    sheet,
    data: [
      table.columns.map(column => ({ value: column.label, ...heading, align: isNumeric(column) ? 'right' as const : 'left' as const })),
      ...rows,
      ...totals ? [totals as Cell[]] : [],
      ...table.note !== undefined ? [[], [table.note]] : [],
    ] as SheetData,
    columns: table.columns.map((column, at) => ({ width: widthOf(column, table, at) })),
    stickyRowsCount: 1,
  } as Sheet<Buffer>
}

const object = (cell: Cell): Record<string, unknown> =>
  cell !== null && typeof cell === 'object' && !(cell instanceof Date) ? cell as unknown as Record<string, unknown> : { value: cell ?? undefined }

function cellOf(value: ReportValue, { kind, currency }: ReportMeasure): Cell {
  if (value === null || value === '')
    return null
  if (kind === 'day' || kind === 'month')
    return dayCell(String(value), kind)
  if (typeof value === 'string')
    return { value, type: String }
  if (kind === 'money' && currency !== undefined)
    return { value: toMajor(value, currency), type: Number, format: moneyFormat(currency) }
  if (kind === 'percent')
    return { value: value / 100, type: Number, format: '0.0%' }
  return { value, type: Number, format: kind === 'integer' || Number.isInteger(value) ? '#,##0' : '#,##0.##' }
}

function dayCell(day: string, kind: 'day' | 'month'): Cell {
  const date = new Date(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? { value: day, type: String } : { value: date, type: Date, format: kind === 'month' ? 'mmm yyyy' : 'dd/mm/yyyy' }
}

const decimals = (currency: string): string => currencyExponent(currency) === 0 ? '' : `.${'0'.repeat(currencyExponent(currency))}`

/** The currency stands in the format, so that a column of euros still sums. */
const moneyFormat = (currency: string): string => `#,##0${decimals(currency)} "${currency === 'EUR' ? '€' : currency.replaceAll('"', '')}"`

const widthOf = (column: ReportColumn, { rows }: ReportTable, at: number): number =>
  isNumeric(column) ? Math.max(14, column.label.length + 2) : Math.min(60, Math.max(column.label.length + 2, ...rows.slice(0, 200).map(row => String(row[at] ?? '').length + 1), 10))

/** A sheet's name has no brackets, slashes or colons, at most 31 characters, and none has it already. */
function named(title: string, taken: Set<string>): string {
  const clean = title.replace(/[[\]\\/?*:]/g, ' ').trim().slice(0, mostSheetName) || 'Table'
  let name = clean
  for (let copy = 2; taken.has(name.toLowerCase()); copy += 1)
    name = `${clean.slice(0, mostSheetName - String(copy).length - 1)} ${copy}`
  taken.add(name.toLowerCase())
  return name
}

import { readDay } from './typed-values.ts'

export interface GridColumn {
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'number' | 'date' | 'choice'
  readonly choices?: readonly { readonly value: string, readonly label: string }[]
  /** Share of the table's width. */
  readonly width?: string
  readonly isReadOnly?: boolean
}

export type GridRow = Record<string, string>

export const emptyRow = (columns: readonly GridColumn[]): GridRow => Object.fromEntries(columns.map(({ key }) => [key, '']))

export const isEmptyRow = (row: GridRow, columns: readonly GridColumn[]): boolean =>
  columns.every(({ key, kind, isReadOnly }) => isReadOnly || kind === 'choice' || (row[key] ?? '').trim() === '')

/** The cells of a copied range; a text of one cell is no range. */
export function pastedCells(text: string): string[][] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const cells = lines.map(line => line.split('\t'))
  return cells.length > 1 || cells[0]!.length > 1 ? cells : null
}

/** Fills the grid from one cell onwards, rows below the last one added; read-only columns are stepped over. */
export function pasteInto(rows: readonly GridRow[], columns: readonly GridColumn[], at: { row: number, column: number }, cells: readonly (readonly string[])[]): GridRow[] {
  const open = columns.slice(at.column).filter(({ isReadOnly }) => !isReadOnly)
  const filled = rows.map(row => ({ ...row }))
  cells.forEach((line, offset) => {
    const row = filled[at.row + offset] ?? emptyRow(columns)
    line.forEach((cell, place) => {
      const column = open[place]
      if (column)
        row[column.key] = valueFor(column, cell.trim())
    })
    filled[at.row + offset] = row
  })
  return filled
}

function valueFor({ kind, choices }: GridColumn, cell: string): string {
  if (kind === 'date')
    return readDay(cell)
  if (kind === 'choice')
    return choices?.find(({ value, label }) => value === cell || label.toLowerCase() === cell.toLowerCase())?.value ?? ''
  return cell
}

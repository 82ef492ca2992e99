import type { MetricResult } from '../insights/insights.contract.ts'

/** A number by two things at once. */
export interface GridColumn {
  readonly key: string
  readonly label: string
  readonly cells: ReadonlyMap<string, number | null>
}

export interface GridRow {
  readonly key: string
  readonly label: string
  readonly values: readonly (number | null)[]
  /** Null where adding says nothing, or nothing is known. */
  readonly total: number | null
}

export interface Grid {
  readonly columns: readonly { readonly key: string, readonly label: string }[]
  readonly rows: readonly GridRow[]
  /** Under each column; empty where values don't add up. */
  readonly totals: readonly (number | null)[]
  readonly total: number | null
}

const sumOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter(value => value !== null)
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null
}

/** Rows by columns. Only sums have totals: rates and means of parts do not add up. */
export function gridOf(rows: readonly { readonly key: string, readonly label: string }[], columns: readonly GridColumn[], { isSum }: { isSum: boolean }): Grid {
  const lines = rows.map(({ key, label }): GridRow => {
    const values = columns.map(({ cells }) => cells.get(key) ?? null)
    return { key, label, values, total: isSum ? sumOf(values) : null }
  })
  const totals = isSum ? columns.map((_, at) => sumOf(lines.map(({ values }) => values[at] ?? null))) : []
  return { columns: columns.map(({ key, label }) => ({ key, label })), rows: lines, totals, total: sumOf(totals) }
}

interface Cells { readonly cells: readonly { readonly key: string, readonly value: number | null }[] }

/**
 * What columns leave of each part of a sum: those that have no column of their own. Null where they leave nothing but
 * what rounding each to a whole minor unit makes.
 */
export function leftOver({ parts, unit }: Pick<MetricResult, 'parts' | 'unit'>, columns: readonly Cells[]): ReadonlyMap<string, number> | null {
  const known = new Map<string, number>()
  for (const { key, value } of columns.flatMap(({ cells }) => cells))
    known.set(key, (known.get(key) ?? 0) + (value ?? 0))
  const slack = unit === 'money' ? columns.length : 0
  const rest = parts.flatMap(({ key, value }): [string, number][] => {
    const left = (value ?? 0) - (known.get(key) ?? 0)
    return Math.abs(left) > slack ? [[key, left]] : []
  })
  return rest.length > 0 ? new Map(rest) : null
}

export const heatLevels = 5

/** How strongly a cell is shaded, 0 (least) to 4; null where there is nothing. Zero is always the least unless values go below it. */
export function heatLevel(value: number | null, all: readonly (number | null)[]): number | null {
  if (value === null)
    return null
  const known = all.filter(one => one !== null)
  const least = Math.min(0, ...known)
  const most = Math.max(...known)
  return most > least ? Math.min(heatLevels - 1, Math.floor((value - least) / (most - least) * heatLevels)) : 0
}

/** Highest and lowest cell: what a grid says in one sentence. */
export function extremesOf({ rows, columns }: Grid): { readonly most: GridCell, readonly least: GridCell } | null {
  const cells = rows.flatMap(row => row.values.flatMap((value, at): GridCell[] => value === null ? [] : [{ row: row.label, column: columns[at]?.label ?? '', value }]))
  const [first] = cells
  return first
    ? cells.reduce((found, cell) => ({ most: cell.value > found.most.value ? cell : found.most, least: cell.value < found.least.value ? cell : found.least }), { most: first, least: first })
    : null
}

export interface GridCell { readonly row: string, readonly column: string, readonly value: number }

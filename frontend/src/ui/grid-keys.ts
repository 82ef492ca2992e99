export interface GridPlace { readonly row: number, readonly column: number }

/** Where a key leads from a cell; null for keys that lead nowhere. */
export function stepInGrid({ row, column }: GridPlace, key: string, { rows, columns, forward }: { rows: number, columns: number, forward: 1 | -1 | number }): GridPlace | null {
  const inside = (at: number, count: number): number => Math.min(count - 1, Math.max(0, at))
  switch (key) {
    case 'ArrowRight': return { row, column: inside(column + forward, columns) }
    case 'ArrowLeft': return { row, column: inside(column - forward, columns) }
    case 'ArrowDown': return { row: inside(row + 1, rows), column }
    case 'ArrowUp': return { row: inside(row - 1, rows), column }
    case 'Home': return { row, column: 0 }
    case 'End': return { row, column: columns - 1 }
    default: return null
  }
}

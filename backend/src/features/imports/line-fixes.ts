import type { RowDecision } from '@comptoir/shared/imports/row-context'

/** What a person changed of a line: cells, and whether it is read at all. */
export interface LineFixes {
  readonly cells: ReadonlyMap<number, string>
  readonly decision: RowDecision | null
}

export const withFixes = (cells: readonly string[], fixes: LineFixes | undefined): string[] => {
  const fixed = [...cells]
  for (const [column, value] of fixes?.cells ?? []) {
    while (fixed.length < column)
      fixed.push('')
    fixed[column] = value
  }
  return fixed
}

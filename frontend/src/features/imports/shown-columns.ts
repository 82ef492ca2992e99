import type { Import } from '@comptoir/shared/imports/import.contract'

/** More columns than this do not fit a frame 1,280 px wide without a scroll bar. */
const fitting = 12

/** Columns that a table of rows shows: all of them where they fit, otherwise those that are imported or concern a fault. */
export function shownColumns({ columnCount, columns }: NonNullable<Import['profile']>, concerned: readonly number[] = [], widest = 0): number[] {
  const all = Array.from({ length: Math.max(columnCount, widest) }, (_, column) => column)
  if (all.length <= fitting)
    return all
  const wanted = new Set([...columns.map(({ column }) => column), ...concerned])
  return all.filter(column => wanted.has(column))
}

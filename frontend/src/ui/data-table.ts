export interface DataColumn<T> {
  readonly key: string
  readonly label: string
  /** Numbers stand at the end of their column. */
  readonly align?: 'start' | 'end'
  /** What the column is sorted by; a column without it offers no sorting. */
  readonly sortBy?: (row: T) => string | number | null
  /** The server sorts: the column offers sorting, the table leaves the rows as they come. */
  readonly isSortedOutside?: boolean
  /** What the cell shows when no slot of its name is given. */
  readonly text?: (row: T) => string
  /** Left out on screens narrower than 640 px. */
  readonly isSecondary?: boolean
  readonly widthPx?: number
  /** Its name may take two lines where columns are many and short. */
  readonly isHeadWrapped?: boolean
}

export interface Sort {
  readonly key: string
  readonly direction: 'ascending' | 'descending'
}

/** A first click sorts upwards, the next one turns round. */
export const nextSort = (sort: Sort | null, key: string): Sort =>
  ({ key, direction: sort?.key === key && sort.direction === 'ascending' ? 'descending' : 'ascending' })

/** Rows without a value come last in either direction: absent is neither small nor large. */
export function sortRows<T>(rows: readonly T[], columns: readonly DataColumn<T>[], sort: Sort | null, locale: string): readonly T[] {
  const valueOf = columns.find(({ key }) => key === sort?.key)?.sortBy
  if (!sort || !valueOf)
    return rows
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const turn = sort.direction === 'ascending' ? 1 : -1
  return rows.toSorted((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)]
    if (a === null || b === null)
      return a === b ? 0 : a === null ? 1 : -1
    return turn * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
  })
}

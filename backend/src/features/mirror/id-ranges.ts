/** Ranges of ids in which the mirror and the portal are compared by count, until what differs is small enough to read. */
export interface IdRange {
  readonly above: number
  /** Null = without end. */
  readonly upTo: number | null
}

export interface CountedRange extends IdRange {
  /** What the mirror holds in it. */
  readonly mirrored: number
}

export interface RangeVerdict {
  readonly isEqual: boolean
  /** All ids of the portal are known: compare id by id. */
  readonly isListed: boolean
}

const pageSize = 50

export function judgeRange({ mirrored }: CountedRange, { total, ids }: { total: number, ids: readonly number[] }): RangeVerdict {
  return { isEqual: total === mirrored, isListed: total <= pageSize && ids.length === total }
}

/** The ids that only one side has. */
export function differingIds(mirrored: readonly number[], present: readonly number[]): number[] {
  const [ours, theirs] = [new Set(mirrored), new Set(present)]
  return [...mirrored.filter(id => !theirs.has(id)), ...present.filter(id => !ours.has(id))]
}

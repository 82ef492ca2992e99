import type { LeftOutReason, MetricDefinition, MissingReason } from './metric.ts'

/** What a metric needs to know of any set of records, whether added up beforehand or read one by one. */
export interface Tally {
  /** Records that count, and what they are worth together. */
  readonly records: number
  readonly sum: number
  /** The same for those with the favourable outcome. */
  readonly favourableRecords: number
  readonly favourableSum: number
  /** For medians: how many records are worth how much. */
  readonly histogram: readonly (readonly [worth: number, records: number])[]
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>
}

export const emptyTally: Tally = { records: 0, sum: 0, favourableRecords: 0, favourableSum: 0, histogram: [], leftOut: {} }

/** One record as a list shows it. */
export interface Contribution {
  readonly worth: number
  readonly isFavourable: boolean
}

/** The number, or null where the records cannot tell. Money in minor units, shares from 0 to 1. */
export function valueOf(metric: MetricDefinition, tally: Tally): number | null {
  const { records } = tally
  // Records that are there but cannot be priced make a sum unknown, not zero.
  if (records === 0)
    return metric.whenEmpty === 'zero' && !hasUnpriced(tally) ? 0 : null
  const value = aggregated(metric, tally)
  return value !== null && metric.rounding === 'minor_unit' ? Math.round(value) : value
}

function aggregated({ aggregate }: MetricDefinition, { records, sum, favourableSum, histogram }: Tally): number | null {
  switch (aggregate) {
    case 'sum': return sum
    case 'share': return sum > 0 ? favourableSum / sum : null
    case 'mean': return sum / records
    case 'median': return medianOf(histogram)
    case 'largest_share': return sum > 0 ? histogram.reduce((most, [worth]) => Math.max(most, worth), 0) / sum : null
    case 'three_largest_share': return sum > 0 ? threeLargest(histogram) / sum : null
    case 'concentration': return sum > 0 ? histogram.reduce((index, [worth, count]) => index + count * (worth / sum * 100) ** 2, 0) : null
    case 'formula': return null
  }
}

function threeLargest(histogram: Tally['histogram']): number {
  let left = 3
  return histogram.toSorted(([a], [b]) => b - a).reduce((sum, [worth, records]) => {
    const taken = Math.min(left, records)
    left -= taken
    return sum + taken * worth
  }, 0)
}

/** Why `valueOf` is null. */
export function missingOf(tally: Tally): MissingReason {
  if (tally.records > 0)
    return 'nothing_to_divide'
  return hasUnpriced(tally) ? 'not_priced' : Object.values(tally.leftOut).some(records => records > 0) ? 'all_left_out' : 'no_records'
}

const hasUnpriced = ({ leftOut }: Tally): boolean => (leftOut.without_amount ?? 0) + (leftOut.without_rate ?? 0) > 0

export function medianOf(histogram: Tally['histogram']): number | null {
  const sorted = [...histogram].filter(([, records]) => records > 0).sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, records]) => sum + records, 0)
  if (total === 0)
    return null
  const at = (rank: number): number => {
    let seen = 0
    return sorted.find(([, records]) => (seen += records) >= rank)![0]
  }
  return (at(Math.ceil(total / 2)) + at(Math.floor(total / 2) + 1)) / 2
}

export function tallyOf(contributions: readonly Contribution[], leftOut: Tally['leftOut'] = {}): Tally {
  const favourable = contributions.filter(({ isFavourable }) => isFavourable)
  const counts = new Map<number, number>()
  for (const { worth } of contributions)
    counts.set(worth, (counts.get(worth) ?? 0) + 1)
  return {
    records: contributions.length,
    sum: total(contributions),
    favourableRecords: favourable.length,
    favourableSum: total(favourable),
    histogram: [...counts],
    leftOut,
  }
}

const total = (contributions: readonly Contribution[]): number => contributions.reduce((sum, { worth }) => sum + worth, 0)

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, tally) => ({
    records: sum.records + tally.records,
    sum: sum.sum + tally.sum,
    favourableRecords: sum.favourableRecords + tally.favourableRecords,
    favourableSum: sum.favourableSum + tally.favourableSum,
    histogram: [...sum.histogram, ...tally.histogram],
    leftOut: addCounts(sum.leftOut, tally.leftOut),
  }), emptyTally)
}

function addCounts(a: Tally['leftOut'], b: Tally['leftOut']): Tally['leftOut'] {
  const reasons = new Set([...Object.keys(a), ...Object.keys(b)] as LeftOutReason[])
  return Object.fromEntries([...reasons].map(reason => [reason, (a[reason] ?? 0) + (b[reason] ?? 0)]))
}

/** Shares change by points, everything else by its own size; null where there is no before, or it was nothing. */
export function changeOf(metric: MetricDefinition, value: number | null, before: number | null): number | null {
  if (value === null || before === null)
    return null
  if (metric.unit === 'percent')
    return value - before
  return before > 0 ? value / before - 1 : null
}

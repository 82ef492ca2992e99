export interface CustomerHistory {
  /** Days since the last purchase. */
  readonly recencyDays: number
  readonly frequency: number
  /** Minor units of one currency. */
  readonly monetaryMinor: number
}

export const rfmSegments = ['champions', 'loyal', 'recent', 'developing', 'at_risk', 'dormant'] as const
export type RfmSegment = (typeof rfmSegments)[number]

export interface RfmScore {
  /** 1 to 5 each, by fifths of the customers; 5 is best. Equal values have equal scores. */
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  readonly segment: RfmSegment
}

const classes = 5

/** Scores in the order of the customers. */
export function rfmOf(customers: readonly CustomerHistory[]): RfmScore[] {
  const recency = fifths(customers.map(({ recencyDays }) => -recencyDays))
  const frequency = fifths(customers.map(customer => customer.frequency))
  const monetary = fifths(customers.map(({ monetaryMinor }) => monetaryMinor))
  return customers.map((_, at) => {
    const [r, f, m] = [recency[at] ?? 1, frequency[at] ?? 1, monetary[at] ?? 1]
    return { recency: r, frequency: f, monetary: m, segment: segmentOf(r, (f + m) / 2) }
  })
}

/** A value's fifth: the share of strictly smaller values. */
function fifths(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return values.map(value => 1 + Math.min(classes - 1, Math.floor(classes * below(sorted, value) / values.length)))
}

/** How many are smaller, by halving. */
function below(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? Infinity) < value)
      low = middle + 1
    else
      high = middle
  }
  return low
}

/** `worth`: mean of the scores of frequency and amount. */
function segmentOf(recency: number, worth: number): RfmSegment {
  if (recency >= 4)
    return worth >= 4 ? 'champions' : worth >= 2.5 ? 'loyal' : 'recent'
  if (recency === 3)
    return worth >= 2.5 ? 'loyal' : 'developing'
  return worth >= 2.5 ? 'at_risk' : 'dormant'
}

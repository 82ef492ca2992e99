/** What open deals bring, played many times with the chances they have. Pure: chance comes from a seed. */
export interface OpenDeal { readonly stage: string, readonly amount: number, readonly chances: readonly number[] }
export interface Spread { readonly p10: number, readonly p50: number, readonly p90: number, readonly mean: number }

/** The same numbers for the same seed, on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Course {
  readonly runs: number
  readonly seed: number
  readonly windows: number
  /** How many ended stays a stage's chances rest on. */
  readonly endedOf: (stage: string) => number
  /** How far one quarter's luck is from another's, as a share of a logarithm: the same for all deals of a run. */
  readonly drift: number
}

/**
 * Plays the open deals to the end of the windows many times. Every run also draws how far all chances are off, as they were
 * between the quarters that were replayed, and how far each stage's are, the more the fewer stays they rest on.
 */
export function simulatePipeline(deals: readonly OpenDeal[], { runs, seed, windows, endedOf, drift }: Course): { readonly windows: Spread[], readonly total: Spread } {
  const random = seededRandom(seed)
  const stages = [...new Set(deals.map(({ stage }) => stage))]
  const spread = new Map(stages.map(stage => [stage, Math.min(0.6, 1 / Math.sqrt(endedOf(stage) + 1))]))
  const sums = Array.from({ length: windows }, () => new Float64Array(runs))
  const totals = new Float64Array(runs)
  for (let run = 0; run < runs; run++) {
    const common = drift * normal(random)
    const factors = new Map(stages.map(stage => [stage, Math.exp(common + spread.get(stage)! * normal(random))]))
    for (const { stage, amount, chances } of deals) {
      const window = drawn(chances, factors.get(stage)!, random())
      if (window < 0)
        continue
      sums[window]![run]! += amount
      totals[run]! += amount
    }
  }
  return { windows: sums.map(spreadOf), total: spreadOf(totals) }
}

/** Many deals of one stage and age together: how much they are worth, and the sum of the squares of what each is worth. */
export interface OpenCell { readonly stage: string, readonly amount: number, readonly squares: number, readonly chances: readonly number[] }

/**
 * The same for so many deals that the luck of single ones is a bell around what is expected of all: each run draws how far the
 * chances are off, and once for all of them how far the sum is from its mean.
 */
export function simulateCells(cells: readonly OpenCell[], { runs, seed, windows, endedOf, drift }: Course): { readonly windows: Spread[], readonly total: Spread } {
  const random = seededRandom(seed)
  const byStage = [...Map.groupBy(cells, ({ stage }) => stage)].map(([stage, own]) => ({ pile: pileOf(own, windows), spread: Math.min(0.6, 1 / Math.sqrt(endedOf(stage) + 1)) }))
  const sums = Array.from({ length: windows }, () => new Float64Array(runs))
  const totals = new Float64Array(runs)
  for (let run = 0; run < runs; run++) {
    const common = drift * normal(random)
    const means = new Float64Array(windows)
    const variances = new Float64Array(windows)
    for (const { pile, spread } of byStage)
      addExpected(pile, Math.exp(common + spread * normal(random)), means, variances)
    for (let window = 0; window < windows; window++) {
      const sum = Math.max(0, means[window]! + Math.sqrt(Math.max(0, variances[window]!)) * normal(random))
      sums[window]![run] = sum
      totals[run]! += sum
    }
  }
  return { windows: sums.map(spreadOf), total: spreadOf(totals) }
}

/** The cells of a stage, surest first, and for each of them what it and all after it bring together, window by window. */
interface Pile {
  readonly cells: readonly OpenCell[]
  /** The chance of each of being won at all. */
  readonly reach: readonly number[]
  /** Sums of amount and chance, of squares and chance, of squares and squared chance. */
  readonly sums: Readonly<Record<'mean' | 'square' | 'squared', readonly Float64Array[]>>
}

function pileOf(own: readonly OpenCell[], windows: number): Pile {
  const cells = own.toSorted((a, b) => reachOf(b) - reachOf(a))
  const sums = (worth: (cell: OpenCell, chance: number) => number): Float64Array[] => Array.from({ length: windows }, (_, window) => {
    const rest = new Float64Array(cells.length + 1)
    for (let at = cells.length - 1; at >= 0; at--)
      rest[at] = rest[at + 1]! + worth(cells[at]!, cells[at]!.chances[window]!)
    return rest
  })
  return {
    cells,
    reach: cells.map(reachOf),
    sums: { mean: sums(({ amount }, chance) => amount * chance), square: sums(({ squares }, chance) => squares * chance), squared: sums(({ squares }, chance) => squares * chance ** 2) },
  }
}

const reachOf = ({ chances }: OpenCell): number => chances.reduce((sum, chance) => sum + chance, 0)

/** Only cells that the factor makes certain are looked at one by one; the others' sums are known. */
function addExpected({ cells, reach, sums }: Pile, factor: number, means: Float64Array, variances: Float64Array): void {
  let at = 0
  for (; at < cells.length && reach[at]! * factor > 1; at++)
    addCapped(cells[at]!, factor, means, variances)
  for (let window = 0; window < means.length; window++) {
    means[window]! += factor * sums.mean[window]![at]!
    variances[window]! += factor * sums.square[window]![at]! - factor ** 2 * sums.squared[window]![at]!
  }
}

function addCapped({ amount, squares, chances }: OpenCell, factor: number, means: Float64Array, variances: Float64Array): void {
  let reached = 0
  for (let window = 0; window < chances.length; window++) {
    const chance = Math.min(1 - reached, chances[window]! * factor)
    reached += chance
    means[window]! += amount * chance
    variances[window]! += squares * chance * (1 - chance)
  }
}

function drawn(chances: readonly number[], factor: number, luck: number): number {
  let reached = 0
  for (let window = 0; window < chances.length; window++) {
    reached += chances[window]! * factor
    if (luck < reached)
      return window
  }
  return -1
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function spreadOf(values: Float64Array): Spread {
  const sorted = values.slice().sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), mean: sorted.reduce((total, value) => total + value, 0) / Math.max(1, sorted.length) }
}

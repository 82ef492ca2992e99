/**
 * How open deals end: for every stage, the weekly chance of being won or lost by the time since the deal came to the
 * stage, learned from deals that went through it. Pure: chance comes from a seed.
 */
export interface Episode {
  readonly stage: string
  /** Whole weeks from coming to the stage to the end, or to now for what is still open. */
  readonly weeks: number
  readonly outcome: 'won' | 'lost' | 'open'
  readonly count: number
}

/** First weeks of the pieces of age within which a hazard is taken as constant. */
const ages = [0, 1, 2, 4, 6, 9, 13, 18, 26, 39, 52] as const
/** Weeks of exposure that the wider figure counts for where a narrower one has few of its own. */
const priorOfStage = 60
const priorOfAge = 25

interface Tally { won: number, lost: number, exposure: number }
const nothing = (): Tally => ({ won: 0, lost: 0, exposure: 0 })

export interface Hazards {
  /** Weekly chances of a deal that has been in the stage for so many weeks. */
  readonly at: (stage: string, week: number) => { readonly win: number, readonly loss: number }
  /** Wins seen from a stage: how much its chances rest on. */
  readonly winsOf: (stage: string) => number
}

const pieceOf = (week: number): number => ages.findLastIndex(first => week >= first)

export function learnHazards(episodes: readonly Episode[]): Hazards {
  const all = nothing()
  const stages = new Map<string, { total: Tally, byAge: Tally[] }>()
  for (const { stage, weeks, outcome, count } of episodes) {
    const entry = stages.get(stage) ?? { total: nothing(), byAge: ages.map(nothing) }
    stages.set(stage, entry)
    for (let week = 0; week <= weeks; week++)
      expose([entry.byAge[pieceOf(week)]!, entry.total, all], outcome === 'open' && week === weeks ? count / 2 : count)
    for (const tally of outcome === 'open' ? [] : [entry.byAge[pieceOf(weeks)]!, entry.total, all])
      tally[outcome as 'won' | 'lost'] += count
  }
  const rate = (tally: Tally, kind: 'won' | 'lost', prior: number, weight: number) => (tally[kind] + weight * prior) / (tally.exposure + weight)
  const overall = { won: all.won / Math.max(1, all.exposure), lost: all.lost / Math.max(1, all.exposure) }
  return {
    at(stage, week) {
      const entry = stages.get(stage) ?? { total: nothing(), byAge: ages.map(nothing) }
      const ofAge = entry.byAge[pieceOf(week)]!
      const chance = (kind: 'won' | 'lost') => rate(ofAge, kind, rate(entry.total, kind, overall[kind], priorOfStage), priorOfAge)
      return { win: chance('won'), loss: chance('lost') }
    },
    winsOf: stage => stages.get(stage)?.total.won ?? 0,
  }
}

function expose(tallies: readonly Tally[], weeks: number): void {
  for (const tally of tallies)
    tally.exposure += weeks
}

/** Chance of being won in each of the windows that follow one another, given in weeks. */
export function winChances(hazards: Hazards, stage: string, ageWeeks: number, windows: readonly number[]): number[] {
  let alive = 1
  let week = ageWeeks
  return windows.map((length) => {
    let won = 0
    for (let left = length; left > 1e-9; left -= 1) {
      const share = Math.min(1, left)
      const { win, loss } = hazards.at(stage, Math.floor(week))
      const ended = Math.min(1, (win + loss) * share)
      const total = win + loss
      won += total > 0 ? alive * ended * win / total : 0
      alive *= 1 - ended
      week += share
    }
    return won
  })
}

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

/**
 * Plays the open deals to the end of the windows many times. Every run also draws how far each stage's chances are off,
 * the more the fewer wins they rest on: deals of a stage then fall short or do well together.
 */
export function simulatePipeline(deals: readonly OpenDeal[], { runs, seed, windows, winsOf }: { runs: number, seed: number, windows: number, winsOf: (stage: string) => number }): { readonly windows: Spread[], readonly total: Spread } {
  const random = seededRandom(seed)
  const stages = [...new Set(deals.map(({ stage }) => stage))]
  const spread = new Map(stages.map(stage => [stage, Math.min(0.6, 1 / Math.sqrt(winsOf(stage) + 1))]))
  const sums = Array.from({ length: windows }, () => new Float64Array(runs))
  const totals = new Float64Array(runs)
  for (let run = 0; run < runs; run++) {
    const factors = new Map(stages.map(stage => [stage, Math.exp(spread.get(stage)! * normal(random))]))
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

/** A chance that was given, and how many of the deals it was given to were won. */
export interface Prediction { readonly chance: number, readonly deals: number, readonly won: number }

export interface Calibration {
  /** Mean squared distance between chance and outcome: 0 is clairvoyance. */
  readonly brier: number
  /** The same for giving every deal the share that was won: what knowing nothing of stages reaches. */
  readonly baseline: number
  readonly deals: number
  readonly bins: readonly { readonly from: number, readonly to: number, readonly deals: number, readonly predicted: number, readonly observed: number }[]
}

const edges = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1] as const

export function calibrate(predictions: readonly Prediction[]): Calibration | null {
  const deals = predictions.reduce((total, entry) => total + entry.deals, 0)
  if (deals === 0)
    return null
  const share = predictions.reduce((total, entry) => total + entry.won, 0) / deals
  const score = (chanceOf: (entry: Prediction) => number) => predictions.reduce((total, entry) => {
    const chance = chanceOf(entry)
    return total + entry.won * (1 - chance) ** 2 + (entry.deals - entry.won) * chance ** 2
  }, 0) / deals
  const bins = edges.slice(0, -1).flatMap((from, index) => {
    const to = edges[index + 1]!
    const inside = predictions.filter(({ chance }) => chance >= from && (chance < to || to === 1))
    const count = inside.reduce((total, entry) => total + entry.deals, 0)
    if (count === 0)
      return []
    return [{
      from, to, deals: count,
      predicted: inside.reduce((total, entry) => total + entry.chance * entry.deals, 0) / count,
      observed: inside.reduce((total, entry) => total + entry.won, 0) / count,
    }]
  })
  return { brier: score(({ chance }) => chance), baseline: score(() => share), deals, bins }
}

/**
 * How open deals go on: for every stage, the daily chance of being won, lost or moved to another stage, by the days the
 * deal has been standing there, learned from deals that stood there before. Pure: chance comes from a seed.
 */
export interface Stay {
  readonly stage: string
  /** Whole days from coming to the stage to leaving it, or to now for what is still there. */
  readonly days: number
  /** Where to; null: still there. */
  readonly exit: Exit | null
  readonly count: number
}
export type Exit = { readonly kind: 'won' | 'lost' } | { readonly kind: 'stage', readonly stage: string }

/** First days of the pieces of age within which a chance is taken as constant. */
const ages = [0, 1, 3, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365] as const
/** What stands for longer is taken as this old. */
export const oldestAge = ages.at(-1)!
/** Days of standing that the wider figure counts for where a narrower one has few of its own. */
const priorOfStage = 60
const priorOfAge = 30

const pieceOf = (day: number): number => ages.findLastIndex(first => day >= first)
const pieceOfDay = Array.from({ length: oldestAge + 1 }, (_, day) => pieceOf(day))

interface Tally { exposure: number, readonly exits: Map<string, number> }
const nothing = (): Tally => ({ exposure: 0, exits: new Map() })
const add = ({ exits }: Tally, key: string, count: number): unknown => exits.set(key, (exits.get(key) ?? 0) + count)

/** Ends are told from stages by a character that no stage has. */
const won = '\u0000won'
const lost = '\u0000lost'
const keyOf = (exit: Exit): string => exit.kind === 'stage' ? exit.stage : exit.kind === 'won' ? won : lost

export interface Hazards {
  readonly stages: readonly string[]
  /** Daily chances of a deal that has been in the stage for so many days. */
  readonly at: (stage: string, day: number) => ReadonlyMap<string, number>
  /** Stays in a stage that were seen to end: how much its chances rest on. */
  readonly endedOf: (stage: string) => number
}

export function learnHazards(stays: readonly Stay[]): Hazards {
  const all = nothing()
  const byStage = new Map<string, { total: Tally, pieces: Tally[] }>()
  for (const { stage, days, exit, count } of stays) {
    const entry = byStage.get(stage) ?? { total: nothing(), pieces: ages.map(nothing) }
    byStage.set(stage, entry)
    expose(entry.pieces, days, count)
    entry.total.exposure += (days + 1) * count
    all.exposure += (days + 1) * count
    for (const tally of exit ? [entry.pieces[pieceOf(days)]!, entry.total, all] : [])
      add(tally, keyOf(exit!), count)
  }
  return {
    stages: [...byStage.keys()],
    at: remembered((stage, piece) => chancesOf(byStage.get(stage), all, piece)),
    endedOf: stage => [...byStage.get(stage)?.total.exits.values() ?? []].reduce((sum, count) => sum + count, 0),
  }
}

/** A stay of n days was seen on n + 1 of them. */
function expose(pieces: readonly Tally[], days: number, count: number): void {
  ages.forEach((first, piece) => {
    const end = ages[piece + 1] ?? Infinity
    pieces[piece]!.exposure += Math.max(0, Math.min(days + 1, end) - first) * count
  })
}

function chancesOf(entry: { total: Tally, pieces: Tally[] } | undefined, all: Tally, piece: number): ReadonlyMap<string, number> {
  const { total, pieces } = entry ?? { total: nothing(), pieces: ages.map(nothing) }
  const part = pieces[piece]!
  const chances = new Map<string, number>()
  for (const key of new Set([won, lost, ...total.exits.keys()])) {
    const overall = key === won || key === lost ? (all.exits.get(key) ?? 0) / Math.max(1, all.exposure) : 0
    const ofStage = ((total.exits.get(key) ?? 0) + priorOfStage * overall) / (total.exposure + priorOfStage)
    chances.set(key, ((part.exits.get(key) ?? 0) + priorOfAge * ofStage) / (part.exposure + priorOfAge))
  }
  return chances
}

function remembered(chances: (stage: string, piece: number) => ReadonlyMap<string, number>): Hazards['at'] {
  const known = new Map<string, ReadonlyMap<string, number>>()
  return (stage, day) => {
    const piece = pieceOf(day)
    const key = `${piece} ${stage}`
    const found = known.get(key) ?? chances(stage, piece)
    known.set(key, found)
    return found
  }
}

/**
 * Chance of being won in each of the windows that follow one another, given in days, for a deal that stands in a stage.
 * Worked out backwards from the last day: what a deal may become tomorrow is known before what it may become today.
 */
export function winChances(hazards: Hazards, windows: readonly number[], others: readonly string[] = []): (stage: string, day: number) => readonly number[] {
  const stages = [...new Set([...hazards.stages, ...others])]
  const at = new Map(stages.map((stage, index) => [stage, index]))
  const width = windows.length
  const rowLength = (oldestAge + 1) * width
  const windowOf = windows.flatMap((days, window) => Array<number>(days).fill(window))
  const moves = stages.map(stage => ages.map(first => movesOf(hazards.at(stage, first), at)))
  let later: Float64Array[] = stages.map(() => new Float64Array(rowLength))
  for (let time = windowOf.length - 1; time >= 0; time--)
    later = moves.map((ofStage, stage) => dayBefore(ofStage, stage, later, { width, window: windowOf[time]! }))
  return (stage, day) => {
    const index = at.get(stage)
    const row = Math.min(oldestAge, Math.max(0, day)) * width
    return index === undefined ? windows.map(() => 0) : Array.from(later[index]!.subarray(row, row + width))
  }
}

/** Within a piece of age a deal goes on to other stages with the same chances, whatever the day. */
function dayBefore(ofStage: readonly Moves[], stage: number, later: readonly Float64Array[], { width, window }: { width: number, window: number }): Float64Array {
  const now = new Float64Array((oldestAge + 1) * width)
  const moved = ofStage.map(({ to }) => Float64Array.from({ length: width }, (_, at) => to.reduce((sum, [next, share]) => sum + share * later[next]![at]!, 0)))
  for (let day = 0; day <= oldestAge; day++) {
    const piece = pieceOfDay[day]!
    const { win, stay } = ofStage[piece]!
    const row = day * width
    const older = Math.min(oldestAge, day + 1) * width
    for (let at = 0; at < width; at++)
      now[row + at] = stay * later[stage]![older + at]! + moved[piece]![at]!
    now[row + window]! += win
  }
  return now
}

interface Moves { readonly win: number, readonly stay: number, readonly to: readonly (readonly [stage: number, share: number])[] }

function movesOf(chances: ReadonlyMap<string, number>, at: ReadonlyMap<string, number>): Moves {
  const total = [...chances.values()].reduce((sum, chance) => sum + chance, 0)
  const scale = total > 1 ? 1 / total : 1
  const to = [...chances].flatMap(([key, chance]) => at.has(key) ? [[at.get(key)!, chance * scale] as const] : [])
  return { win: (chances.get(won) ?? 0) * scale, stay: 1 - Math.min(1, total), to }
}

/** A chance that was given, and how many of the deals it was given to were won. */
export interface Prediction { readonly chance: number, readonly deals: number, readonly won: number }

/** What was said at one past moment. */
export type Replay = readonly Prediction[]

export interface Correction {
  /** What chances are multiplied by: deals won of deals expected, over all replays. */
  readonly factor: number
  readonly drift: number
}

/** Unknown luck, until two quarters tell of it. */
const usualDrift = 0.3

/** What the past says of chances like these: how far they were off on the whole, and how much that changed. */
export function correctionOf(replays: readonly Replay[]): Correction {
  const ratios = replays.flatMap((replay) => {
    const expected = replay.reduce((sum, { chance, deals }) => sum + chance * deals, 0)
    const won = replay.reduce((sum, entry) => sum + entry.won, 0)
    return expected >= 1 && won >= 1 ? [{ expected, won }] : []
  })
  if (ratios.length < 2)
    return { factor: 1, drift: usualDrift }
  const expected = ratios.reduce((sum, ratio) => sum + ratio.expected, 0)
  const won = ratios.reduce((sum, ratio) => sum + ratio.won, 0)
  const logs = ratios.map(ratio => Math.log(ratio.won / ratio.expected))
  const middle = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - middle) ** 2, 0) / (logs.length - 1))
  return { factor: Math.min(1.5, Math.max(0.5, won / expected)), drift: Math.min(0.6, Math.max(0.05, spread)) }
}

export const corrected = (chance: number, { factor }: Correction): number => Math.min(1, chance * factor)

/** Every replay judged by what the others correct: no quarter has a say in its own correction. */
export const judged = (replays: readonly Replay[]): Prediction[] => replays.flatMap((replay, index) => {
  const others = correctionOf(replays.filter((_, at) => at !== index))
  return replay.map(entry => ({ ...entry, chance: corrected(entry.chance, others) }))
})

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

import type { MetricDefinition, Outcome } from '@comptoir/shared/insights/metric'
import { addTallies, type Tally } from '@comptoir/shared/insights/tally'

/** What a cell holds: deals closed so, or deals created then, or those of them that were won early. */
export type CellKind = Outcome | 'created' | 'won_early'

/** Records of one outcome that share a key (a month, a stage, a person …), added up. */
export interface Cell {
  readonly key: string | null
  readonly outcome: CellKind | null
  readonly records: number
  readonly amount: number
  readonly withoutAmount: number
  readonly withoutRate: number
  /** Closed without a day: it is in no period, and only ever left out. */
  readonly isUndated: boolean
}

export function kindsOf({ timeBasis, outcomes }: MetricDefinition): readonly CellKind[] {
  if (timeBasis === 'created')
    return ['created']
  return timeBasis === 'cohort' ? ['created', 'won_early'] : outcomes
}

export function tallyOfCells(metric: MetricDefinition, cells: readonly Cell[]): Tally {
  const kinds = kindsOf(metric)
  return addTallies(cells.filter(({ outcome }) => outcome === null || kinds.includes(outcome))
    .map(cell => keepReasons(metric, cell.isUndated ? undatedTally(cell) : cellTally(metric, cell))))
}

/** By key, in the order in which the keys first appear. */
export function partsOfCells(metric: MetricDefinition, cells: readonly Cell[]): Map<string, Tally> {
  const byKey = Map.groupBy(cells.filter(({ isUndated }) => !isUndated), ({ key }) => key ?? '')
  return new Map([...byKey].map(([key, own]) => [key, tallyOfCells(metric, own)]))
}

function cellTally(metric: MetricDefinition, { records, amount, withoutAmount, withoutRate, outcome }: Cell): Tally {
  const isAmount = metric.measure === 'amount'
  const counted = isAmount ? records - withoutAmount - withoutRate : records
  const sum = isAmount ? amount : records
  const isFavourable = metric.favourable !== null && outcome === metric.favourable
  // Won early is a part of created: it is counted there.
  const isPart = outcome === 'won_early'
  return {
    records: isPart ? 0 : counted,
    sum: isPart ? 0 : sum,
    favourableRecords: isFavourable ? counted : 0,
    favourableSum: isFavourable ? sum : 0,
    histogram: [],
    leftOut: { without_amount: withoutAmount, without_rate: withoutRate },
  }
}

const undatedTally = ({ records }: Cell): Tally =>
  ({ records: 0, sum: 0, favourableRecords: 0, favourableSum: 0, histogram: [], leftOut: { undated: records } })

function keepReasons(metric: MetricDefinition, tally: Tally): Tally {
  return { ...tally, leftOut: Object.fromEntries(metric.leavesOut.flatMap(reason => tally.leftOut[reason] ? [[reason, tally.leftOut[reason]]] : [])) }
}

export interface CycleCell {
  readonly key: string | null
  readonly days: number
  readonly records: number
}

/** Won deals by their days from creation to winning; those that were won before they existed are the rest. */
export function tallyOfCycles(cycles: readonly CycleCell[], won: Tally): Tally {
  const records = cycles.reduce((sum, cycle) => sum + cycle.records, 0)
  const backwards = won.records - records
  return {
    records,
    sum: cycles.reduce((sum, cycle) => sum + cycle.days * cycle.records, 0),
    favourableRecords: 0,
    favourableSum: 0,
    histogram: cycles.map(({ days, records }) => [days, records] as const),
    leftOut: { ...won.leftOut, ...backwards > 0 && { closed_before_created: backwards } },
  }
}

import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { isBound, type DayRange } from '@comptoir/shared/insights/period'
import { type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { partsOfCells, tallyOfCells, tallyOfCycles, type Cell, type CycleCell } from './cells.ts'
import { closedCells, closedDays, cycleCells, type Split } from './closed-deals.postgres.ts'
import { openCells } from './open-deals.postgres.ts'
import { purchasesWithoutDeal, spendCells, spendDays } from './spend.postgres.ts'

/** Vendors and people beyond this are in the total, not in the parts. */
export const partsAtMost = 50

const whole: Split = { kind: 'none' }

export async function readTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  if (metric.measure === 'cycle_days') {
    const [closed, cycles] = await Promise.all([closedCells(db, ask, whole), cycleCells(db, ask, whole)])
    return cycleTally(metric, closed, cycles)
  }
  const [cells, withoutDeal] = await Promise.all([
    readCells(db, metric, ask, whole),
    metric.subject === 'purchase' ? purchasesWithoutDeal(db, ask) : 0,
  ])
  return withDealless(tallyOfCells(metric, cells), withoutDeal)
}

export async function readTallies(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  if (metric.measure !== 'cycle_days')
    return partsOfCells(metric, await readCells(db, metric, ask, split))
  const [closed, cycles] = await Promise.all([closedCells(db, ask, split), cycleCells(db, ask, split)])
  const won = partsOfCells(metricCatalogue.deals_won, closed)
  const byKey = Map.groupBy(cycles, ({ key }) => key ?? '')
  return new Map([...won].map(([key, tally]) => [key, tallyOfCycles(byKey.get(key) ?? [], tally)]))
}

export function cycleTally(metric: MetricDefinition, closed: readonly Cell[], cycles: readonly CycleCell[]): Tally {
  const won = tallyOfCells({ ...metricCatalogue.deals_won, leavesOut: metric.leavesOut }, closed)
  return tallyOfCycles(cycles, won)
}

export const withDealless = (tally: Tally, purchases: number): Tally =>
  purchases > 0 ? { ...tally, leftOut: { ...tally.leftOut, without_deal: purchases } } : tally

/** The days on which a range without limits begins and ends for this metric. */
export async function readDataDays(db: Database, metric: MetricDefinition, ask: Ask): Promise<DayRange> {
  if (isBound(ask.range))
    return ask.range
  return metric.subject === 'purchase' ? spendDays(db, ask) : closedDays(db, ask)
}

function readCells(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Cell[]> {
  switch (metric.timeBasis) {
    case 'closed': return closedCells(db, ask, split)
    case 'now': return openCells(db, ask, split)
    case 'spent': return spendCells(db, ask, split, split.kind === 'vendor' ? { atMost: partsAtMost } : {})
  }
}

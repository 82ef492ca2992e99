import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { partsOfCells, tallyOfCells } from './cells.ts'
import { dayCells, type Split } from './closed-deals.postgres.ts'
import { dealSource, isOfCosted } from './deal-source.postgres.ts'
import { countSource } from './sources.postgres.ts'

/** What won deals come to beside those of them whose costs are known: the first were added up as they came, the others are read. */
export async function costedParts(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  const [cells, costed] = await Promise.all([
    dayCells(db, ask, split, ['won']),
    countSource(db, dealSource(metric, ask, { isCosted: true }), { split, aggregate: 'sum' }),
  ])
  const { revenue_won: revenue } = metricCatalogue
  const won = split.kind === 'none' ? new Map([['', tallyOfCells(revenue, cells)]]) : partsOfCells(revenue, cells)
  return new Map([...won].map(([key, tally]) => [key, besides(metric, tally, costed.get(key) ?? emptyTally)]))
}

/** A margin leaves out what has no cost; a share of the revenue has it in its whole. */
const besides = (metric: MetricDefinition, won: Tally, { records, sum }: Tally): Tally => isOfCosted(metric)
  ? { ...emptyTally, records, sum, leftOut: { ...won.leftOut, ...won.records > records && { without_cost: won.records - records } } }
  : { ...won, favourableRecords: records, favourableSum: sum }

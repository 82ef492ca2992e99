import { sql } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { tallyOfCells } from './cells.ts'
import { closedCells, type Split } from './closed-deals.postgres.ts'
import { completedWithin, dealSource, isOfProducts } from './deal-source.postgres.ts'
import { tallyOfTotals, totalsOf } from './record-page.postgres.ts'

/** Whether it is about what hangs on won deals, of which many have none: activities, products. */
export const isOfWorkedDeals = (metric: MetricDefinition): boolean => metric.measure === 'activities' || isOfProducts(metric)

const whole: Split = { kind: 'none' }

/** Won deals as they were added up; read is only what hangs on them. */
export async function workedTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const [cells, read] = await Promise.all([
    closedCells(db, ask, whole),
    metric.measure === 'activities' ? countActivities(db, metric, ask) : countListed(db, metric, ask),
  ])
  const won = tallyOfCells({ ...metricCatalogue.deals_won, leavesOut: metric.leavesOut.filter(reason => reason === 'undated') }, cells)
  if (metric.measure === 'activities')
    return { ...won, sum: read.sum }
  const unlisted = won.records - read.records - (read.leftOut.without_rate ?? 0)
  const leftOut = { ...won.leftOut, ...read.leftOut, ...unlisted > 0 && { without_list_price: unlisted } }
  return { ...read, leftOut: metric.leavesOut.length > 0 ? leftOut : {} }
}

async function countActivities(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const deals = dealSource({ ...metric, measure: 'one' }, ask, {})
  const { rows } = await totalsOf({
    ...deals,
    from: sql`crm_activities a join crm_deals d on d.portal_id = a.portal_id and d.deal_id = a.owner_id`,
    where: sql`a.portal_id = ${ask.portalId} and ${completedWithin} and ${deals.where}`,
  }, { split: whole, aggregate: 'sum' }).execute(db)
  return tallyOfTotals(rows)
}

/** Those with a rate and those without one from the same reading. */
async function countListed(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const { from, worth } = dealSource(metric, ask, {})
  const { where } = dealSource({ ...metric, measure: 'one' }, ask, {})
  const { rows: [row] } = await sql<{ records: number, sum: number, unrated: number }>`
    select count(worth)::int as records, coalesce(sum(worth), 0)::float8 as sum, (count(*) - count(worth))::int as unrated
    from (select ${worth} as worth from ${from} where ${where}) listed`.execute(db)
  const { records, sum, unrated } = row!
  return { ...emptyTally, records, sum, leftOut: unrated > 0 ? { without_rate: unrated } : {} }
}

import { sql } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { partsOfCells, tallyOfCells } from './cells.ts'
import { closedCells, isDayIn, keyOf, type Split } from './closed-deals.postgres.ts'
import { completedWithin, dealSource, isOfProducts } from './deal-source.postgres.ts'
import { tallyOfTotals, totalsOf } from './record-page.postgres.ts'

/** Whether it is about what hangs on won deals, of which many have none: activities, products. */
export const isOfWorkedDeals = (metric: MetricDefinition): boolean => metric.measure === 'activities' || isOfProducts(metric)

/** Whether days say it all: they are kept for everybody's deals, told apart by time alone. */
export const isOfWorkedDays = (metric: MetricDefinition, ask: Ask, { kind }: Split): boolean =>
  isOfWorkedDeals(metric) && isUnfiltered(ask) && (kind === 'none' || kind === 'time')

const whole: Split = { kind: 'none' }

/** Won deals as they were added up; of some people's, what hangs on them is read. */
export async function workedTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const [cells, hanging] = await Promise.all([closedCells(db, ask, whole), countHanging(db, metric, ask)])
  const won = tallyOfCells({ ...metricCatalogue.deals_won, leavesOut: metric.leavesOut.filter(reason => reason === 'undated') }, cells)
  if (metric.measure === 'activities')
    return { ...won, sum: hanging.sum }
  const unlisted = won.records - hanging.records - (hanging.leftOut.without_rate ?? 0)
  const leftOut = { ...won.leftOut, ...hanging.leftOut, ...unlisted > 0 && { without_list_price: unlisted } }
  return { ...hanging, leftOut: metric.leavesOut.length > 0 ? leftOut : {} }
}

/** The same by time; parts say nothing of what is left out. */
export async function workedParts(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  const hanging = await hangingDays(db, metric, ask, split)
  if (metric.measure !== 'activities')
    return new Map([...hanging].flatMap(([key, tally]) => tally.records > 0 ? [[key, { ...tally, leftOut: {} }]] : []))
  const won = partsOfCells({ ...metricCatalogue.deals_won, leavesOut: [] }, await closedCells(db, ask, split))
  return new Map([...won].map(([key, tally]) => [key, { ...tally, sum: hanging.get(key)?.sum ?? 0 }]))
}

async function countHanging(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  if (isOfWorkedDays(metric, ask, whole))
    return (await hangingDays(db, metric, ask, whole)).get('') ?? emptyTally
  return metric.measure === 'activities' ? countActivities(db, metric, ask) : countListed(db, metric, ask)
}

interface Listed { readonly records: number, readonly sum: number, readonly unrated: number }

const tallyOfListed = ({ records, sum, unrated }: Listed): Tally => ({ ...emptyTally, records, sum, leftOut: unrated > 0 ? { without_rate: unrated } : {} })

async function hangingDays(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  const ofDays = sql`portal_id = ${ask.portalId} and ${isDayIn(ask.range, sql`day`)}`
  const days = metric.measure === 'activities'
    ? sql`select day, 0 as records, activity_count as worth, 0 as unrated from insight_activity_days where ${ofDays}`
    : sql`select day, deal_count as records, ${sql.ref(metric.measure === 'discount' ? 'discount_minor' : 'list_value_minor')} as worth, without_rate as unrated from insight_listed_days where ${ofDays}`
  const { rows } = await sql<Listed & { key: string | null }>`
    select ${keyOf(split, sql`day`)} as key, sum(records)::int as records, sum(worth)::float8 as sum, sum(unrated)::int as unrated
    from (${days}) days group by 1 order by 1`.execute(db)
  return new Map(rows.map(row => [row.key ?? '', tallyOfListed(row)]))
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
  const { rows: [row] } = await sql<Listed>`
    select count(worth)::int as records, coalesce(sum(worth), 0)::float8 as sum, (count(*) - count(worth))::int as unrated
    from (select ${worth} as worth from ${from} where ${where}) listed`.execute(db)
  return tallyOfListed(row!)
}

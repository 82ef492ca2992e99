import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import type { Cell } from './cells.ts'
import { keyOf, type Split } from './closed-deals.postgres.ts'
import { dealSource } from './deal-source.postgres.ts'
import { tallyOfTotals, totalsOf } from './record-page.postgres.ts'
import { isAboutPeople, isInPipelines } from './rights.postgres.ts'

/** Deals that are open now. */
export async function openCells(db: Database, ask: Ask, split: Split): Promise<Cell[]> {
  const { rows } = await sql<Pick<Cell, 'key' | 'records' | 'amount' | 'withoutAmount' | 'withoutRate'>>`
    select ${keyOf(split, sql`null::date`)} as key, sum(deal_count)::int as records, sum(amount_base_minor)::bigint as amount,
      sum(without_amount)::int as "withoutAmount", sum(without_rate)::int as "withoutRate"
    from insight_open_deals
    where ${isAsked(ask)}
    group by 1
    having sum(deal_count) <> 0
    order by 1`.execute(db)
  return rows.map(row => ({ ...row, outcome: 'open', isUndated: false }))
}

interface WeightedRow { key: string | null, priced: number, worth: number, without_amount: number, without_rate: number, unknown: number }

/** Open amounts weighed by what their stages have taught, in thousandths: whole numbers until the last sum. */
export async function weightedParts(db: Database, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  const { rows } = await sql<WeightedRow>`
    select key, coalesce(sum(priced) filter (where chance is not null), 0)::int as priced, coalesce(sum(amount * chance) / 1000, 0)::float8 as worth,
      sum(without_amount)::int as without_amount, sum(without_rate)::int as without_rate,
      coalesce(sum(priced) filter (where chance is null), 0)::int as unknown
    from (
      select ${keyOf(split, sql`null::date`)} as key, deal_count - without_amount - without_rate as priced, amount_base_minor as amount, without_amount, without_rate,
        (select l.chance from insight_stage_lessons l where l.portal_id = o.portal_id and l.stage_id = o.stage_id) as chance
      from insight_open_deals o where ${isAsked(ask)} and deal_count <> 0) cells
    group by 1 order by 1`.execute(db)
  const parts = new Map(rows.map((row): [string, Tally] => [row.key ?? '', {
    ...emptyTally,
    records: row.priced,
    sum: row.worth,
    leftOut: Object.fromEntries(([['without_amount', row.without_amount], ['without_rate', row.without_rate], ['stage_unknown', row.unknown]] as const).filter(([, records]) => records > 0)),
  }]))
  return split.kind === 'none' && parts.size === 0 ? new Map([['', emptyTally]]) : parts
}

/** Of open deals those that stand too long; a stage that has taught nothing leaves the rest unknown. */
export async function staleTally(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const [cells, { rows }] = await Promise.all([
    metric.leavesOut.length > 0 ? openCells(db, ask, { kind: 'none' }) : [],
    totalsOf(dealSource(metric, ask, {}), { split: { kind: 'none' }, aggregate: metric.aggregate }).execute(db),
  ])
  const tally = tallyOfTotals(rows)
  const unknown = cells.reduce((sum, { records }) => sum + records, 0) - tally.records
  return { ...tally, leftOut: unknown > 0 ? { stage_unknown: unknown } : {} }
}

const isAsked = (ask: Ask): RawBuilder<boolean> =>
  sql`(portal_id = ${ask.portalId} and ${isAboutPeople(ask, sql`assigned_by_id`)} and ${isInPipelines(ask, sql`category_id`)})`

import { sql, type RawBuilder } from 'kysely'
import type { BucketKind } from '@comptoir/shared/insights/bucket'
import { addDays } from '@comptoir/shared/insights/calendar'
import { splitMonths, type BoundRange, type DayRange } from '@comptoir/shared/insights/period'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import type { Cell, CellKind, CycleCell } from './cells.ts'
import { isAboutDealsOf, isAboutPeople, isInPipelines } from './rights.postgres.ts'

/** What cells are told apart by. */
export type Split =
  | { readonly kind: 'none' }
  | { readonly kind: 'time', readonly bucket: BucketKind }
  | { readonly kind: 'pipeline' | 'responsible' | 'stage' | 'customer' | 'source' | 'vendor' | 'age' | 'channel' | 'campaign' }

interface CellRow { key: string | null, outcome: CellKind, records: number, amount: number, without_amount: number, without_rate: number, is_undated: boolean }

/** Won and lost deals of a range, from the days added up beforehand. */
export const closedCells = (db: Database, ask: Ask, split: Split): Promise<Cell[]> => dayCells(db, ask, split, ['won', 'lost'])

export async function dayCells(db: Database, ask: Ask, split: Split, kinds: readonly CellKind[]): Promise<Cell[]> {
  const { rows } = await sql<CellRow>`
    select ${keyOf(split, sql`day`)} as key, outcome, day = '-infinity' as is_undated, sum(deal_count)::int as records,
      sum(amount_base_minor)::bigint as amount, sum(without_amount)::int as without_amount, sum(without_rate)::int as without_rate
    from insight_deal_days
    where portal_id = ${ask.portalId} and ${isCellOf(ask, split)} and outcome = any(${[...kinds]}::text[])
      and (day = '-infinity' or ${isDayIn(ask.range, sql`day`)})
    group by 1, 2, 3
    having sum(deal_count) <> 0
    order by 1`.execute(db)
  return rows.map(row => ({
    key: row.key,
    outcome: row.outcome,
    records: row.records,
    amount: row.amount,
    withoutAmount: row.without_amount,
    withoutRate: row.without_rate,
    isUndated: row.is_undated,
  }))
}

/** First day and last day on which any deal of the question was closed, or created. */
export async function daysOfDeals(db: Database, ask: Ask, kinds: readonly CellKind[]): Promise<DayRange> {
  const { rows: [row] } = await sql<{ from: string | null, to: string | null }>`
    select min(day) as from, max(day) + 1 as to from insight_deal_days
    where portal_id = ${ask.portalId} and ${isCellOf(ask, { kind: 'none' })} and outcome = any(${[...kinds]}::text[]) and day > '-infinity' and deal_count > 0`.execute(db)
  return row ?? { from: null, to: null }
}

/** Won deals by their days from creation to winning: whole months added up beforehand, and the days around them. */
export async function cycleCells(db: Database, ask: Ask, split: Split): Promise<CycleCell[]> {
  const isFine = split.kind === 'time' && (split.bucket === 'day' || split.bucket === 'week')
  const { months, edges } = isFine ? { months: null, edges: [ask.range as BoundRange] } : splitMonths(ask.range)
  const hasDays = isUnfiltered(ask) && (split.kind === 'none' || split.kind === 'time')
  const sources = [
    ...months ? [addedCycles(ask, split, 'month', months)] : [],
    ...edges.map(edge => hasDays ? addedCycles(ask, split, 'day', edge) : readCycles(ask, split, edge)),
  ]
  if (sources.length === 0)
    return []
  const { rows } = await sql<CycleCell>`
    select key, days, sum(records)::int as records from (${sql.join(sources, sql` union all `)}) cycles
    group by 1, 2 having sum(records) <> 0 order by 1, 2`.execute(db)
  return rows
}

const addedCycles = (ask: Ask, split: Split, span: 'day' | 'month', range: DayRange): RawBuilder<unknown> => sql`
  select ${keyOf(split, sql`first_day`)} as key, cycle_days as days, deal_count as records from insight_deal_cycles
  where portal_id = ${ask.portalId} and ${isCellOf(ask, split)} and span = ${sql.lit(span)} and ${isDayIn(range, sql`first_day`)}`

function readCycles(ask: Ask, split: Split, edge: BoundRange): RawBuilder<unknown> {
  const closedOn = sql`(closed_at at time zone ${ask.timeZone})::date`
  return sql`
    select ${keyOf(split, closedOn)} as key, ${closedOn} - (created_at at time zone ${ask.timeZone})::date as days, 1 as records
    from crm_deals d
    where portal_id = ${ask.portalId} and semantics = 'S' and ${isClosedIn(edge, ask.timeZone)}
      and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}
      and ${closedOn} >= (created_at at time zone ${ask.timeZone})::date`
}

/** -1 stands for all; single people or pipelines are read only when they are asked for. */
export function isCellOf(ask: Ask, split: Split): RawBuilder<boolean> {
  const isEverybody = ask.scope === 'all' && ask.userIds === null && split.kind !== 'responsible'
  const isEveryPipeline = ask.categoryIds === null && split.kind !== 'pipeline'
  const people = isEverybody ? sql`assigned_by_id = -1` : sql`assigned_by_id >= 0 and ${isAboutPeople(ask, sql`assigned_by_id`)}`
  const pipelines = isEveryPipeline ? sql`category_id = -1` : sql`category_id >= 0 and ${isInPipelines(ask, sql`category_id`)}`
  return sql`${people} and ${pipelines}`
}

export function keyOf(split: Split, day: RawBuilder<unknown>): RawBuilder<string | null> {
  switch (split.kind) {
    case 'time': return sql`date_trunc(${sql.lit(split.bucket)}, ${day})::date::text`
    case 'pipeline': return sql`category_id::text`
    case 'responsible': return sql`coalesce(assigned_by_id, 0)::text`
    case 'stage': return sql`stage_id`
    case 'vendor': return sql`vendor_id::text`
    case 'customer':
    case 'source':
    case 'age':
    case 'channel':
    case 'campaign':
    case 'none': return sql`null::text`
  }
}

export const isDayIn = ({ from, to }: DayRange, day: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(${day} > '-infinity' and ${from === null ? sql`true` : sql`${day} >= ${from}::date`} and ${to === null ? sql`true` : sql`${day} < ${to}::date`})`

/**
 * By the zone's own days, as the rollup counts them. The plain bounds are for the index; only within a day or two
 * of an end is the zone asked, which also lets the planner see how much lies between.
 */
export function isMomentIn({ from, to }: DayRange, timeZone: string, column: RawBuilder<unknown>): RawBuilder<boolean> {
  const day = sql`(${column} at time zone ${timeZone})::date`
  const moment = (start: string, days: number): RawBuilder<unknown> => sql`${`${addDays(start, days)}T00:00:00Z`}::timestamptz`
  const begins = from === null
    ? sql`true`
    : sql`${column} >= ${moment(from, -1)} and (${column} >= ${moment(from, 1)} or ${day} >= ${from}::date)`
  const ends = to === null
    ? sql`true`
    : sql`${column} < ${moment(to, 1)} and (${column} < ${moment(to, -1)} or ${day} < ${to}::date)`
  return sql`(${column} is not null and ${begins} and ${ends})`
}

export const isClosedIn = (range: DayRange, timeZone: string): RawBuilder<boolean> => isMomentIn(range, timeZone, sql`closed_at`)

import { sql, type RawBuilder } from 'kysely'
import type { MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { Aggregate } from '@comptoir/shared/insights/metric'
import { addTallies, type Tally } from '@comptoir/shared/insights/tally'
import type { Split } from './closed-deals.postgres.ts'
import { readCursor } from './record-cursor.ts'

/** An order of records: the expression that sorts, and the number that stands for it in a cursor. */
export interface Rank {
  readonly order: RawBuilder<unknown>
  readonly value: RawBuilder<number>
  readonly from: (rank: number) => RawBuilder<unknown>
}

/** Records of a number as SQL: which rows, what each is worth, in which order they are listed. */
export interface RecordSource {
  readonly entity: MetricRecord['entity']
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<boolean>
  readonly worth: RawBuilder<number>
  readonly isFavourable: RawBuilder<boolean>
  /** Whole days, of which there are few: a median then counts them instead of putting every record in order. */
  readonly isOfDays?: boolean
  /** Highest first; ids break ties. */
  readonly rank: Rank
  readonly id: RawBuilder<unknown>
  readonly idType: 'integer' | 'uuid'
  /** What parts are told apart by, for figures that are read from their records. */
  readonly key: (split: Split) => RawBuilder<string | null>
}

/** Which of the records; what a list narrows beyond its period and its people. */
export type Narrowed = Pick<RecordFilters, 'stageId' | 'vendorId' | 'companyId' | 'sourceId' | 'age' | 'leftOut'>

export const usualLimit = 50

/** One more than asked for: it tells whether there is a next page. */
export function pageOf({ rank, id, idType, worth, isFavourable, from, where }: RecordSource, { after, limit }: RecordFilters): RawBuilder<unknown> {
  const cursor = after === undefined ? null : readCursor(after)
  const isAfter = cursor === null
    ? sql`true`
    : sql`(${rank.order}, ${id}) < (${rank.from(cursor.rank)}, ${cursor.id}::${sql.raw(idType)})`
  return sql`
    select ${rank.value} as rank, ${id} as id, ${worth}::float8 as worth, ${isFavourable} as is_favourable
    from ${from} where ${where} and ${isAfter}
    order by ${rank.order} desc, ${id} desc limit ${(limit ?? usualLimit) + 1}`
}

export interface DirectTotals {
  key: string | null
  worth: number | null
  records: number
  sum: number
  favourable_records: number
  favourable_sum: number
  low: number | null
  middle: number | null
}

/** One row for each key; for what is told by single worths, one for each of them too. Both middles are read from one sort. */
export const totalsOf = ({ worth, isFavourable, from, where, key, isOfDays = false }: RecordSource, { split, aggregate }: { split: Split, aggregate: Aggregate }): RawBuilder<DirectTotals> => {
  const isByWorth = aggregate === 'largest_share' || aggregate === 'three_largest_share' || aggregate === 'concentration' || aggregate === 'median' && isOfDays
  const isMedian = aggregate === 'median' && !isOfDays
  return sql`
    select key, ${isByWorth ? sql`worth::float8` : sql`null::float8`} as worth, count(*)::int as records, coalesce(sum(worth), 0)::float8 as sum,
      count(*) filter (where is_favourable)::int as favourable_records,
      coalesce(sum(worth) filter (where is_favourable), 0)::float8 as favourable_sum,
      ${isMedian ? sql`percentile_disc(0.5) within group (order by worth::float8)` : sql`null::float8`} as low,
      ${isMedian ? sql`percentile_cont(0.5) within group (order by worth::float8)` : sql`null::float8`} as middle
    from (select ${key(split)} as key, ${worth} as worth, ${isFavourable} as is_favourable from ${from} where ${where}) records
    group by key${isByWorth ? sql`, worth` : sql``}`
}

/** The two middle records stand for the rest: their ranks are what a median asks for. */
export function tallyOfTotals(rows: readonly DirectTotals[]): Tally {
  return addTallies(rows.map(({ worth, records, sum, favourable_records, favourable_sum, low, middle }) => ({
    records,
    sum,
    favourableRecords: favourable_records,
    favourableSum: favourable_sum,
    histogram: low !== null && middle !== null
      ? [[low, Math.ceil(records / 2)], [2 * middle - low, Math.floor(records / 2)]] as const
      : worth === null ? [] : [[worth, records] as const],
    leftOut: {},
  })))
}

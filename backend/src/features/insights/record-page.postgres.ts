import { sql, type RawBuilder } from 'kysely'
import type { RecordFilters } from '@comptoir/shared/insights/insights.contract'
import { readCursor } from './record-cursor.ts'

/** An order of records: the expression that sorts, and the number that stands for it in a cursor. */
export interface Rank {
  readonly order: RawBuilder<unknown>
  readonly value: RawBuilder<number>
  readonly from: (rank: number) => RawBuilder<unknown>
}

/** Records of a number as SQL: which rows, what each is worth, in which order they are listed. */
export interface RecordSource {
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<boolean>
  readonly worth: RawBuilder<number>
  readonly isFavourable: RawBuilder<boolean>
  /** Highest first; ids break ties. */
  readonly rank: Rank
  readonly id: RawBuilder<unknown>
  readonly idType: 'integer' | 'uuid'
}

export const usualLimit = 50

/** One more than asked for: it tells whether there is a next page. */
export function pageOf({ rank, id, idType, worth, isFavourable, from, where }: RecordSource, { after, limit }: RecordFilters): RawBuilder<unknown> {
  const cursor = after === undefined ? null : readCursor(after)
  const isAfter = cursor === null
    ? sql`true`
    : sql`(${rank.order}, ${id}) < (${rank.from(cursor.rank)}, ${cursor.id}::${sql.raw(idType)})`
  return sql`
    select ${rank.value} as rank, ${id} as id, ${worth}::bigint as worth, ${isFavourable} as is_favourable
    from ${from} where ${where} and ${isAfter}
    order by ${rank.order} desc, ${id} desc limit ${(limit ?? usualLimit) + 1}`
}

export interface DirectTotals { worth: number | null, records: number, sum: number, favourable_records: number, favourable_sum: number }

/** One row, or for a median one row for each worth that occurs. */
export const totalsOf = ({ worth, isFavourable, from, where }: RecordSource, { isByWorth }: { isByWorth: boolean }): RawBuilder<DirectTotals> => sql`
  select ${isByWorth ? sql`worth` : sql`null::bigint`} as worth, count(*)::int as records, coalesce(sum(worth), 0)::bigint as sum,
    count(*) filter (where is_favourable)::int as favourable_records,
    coalesce(sum(worth) filter (where is_favourable), 0)::bigint as favourable_sum
  from (select ${worth} as worth, ${isFavourable} as is_favourable from ${from} where ${where}) records
  ${isByWorth ? sql`group by worth` : sql``}`

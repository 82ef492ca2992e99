import { sql, type RawBuilder } from 'kysely'
import type { RecordFilters } from '@comptoir/shared/insights/insights.contract'
import { readCursor } from './record-cursor.ts'

/** Records of a number as SQL: which rows, what each is worth, in which order they are listed. */
export interface RecordSource {
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<boolean>
  readonly worth: RawBuilder<number>
  readonly isFavourable: RawBuilder<boolean>
  /** Highest first; ids break ties. */
  readonly rank: RawBuilder<number>
  readonly id: RawBuilder<unknown>
  readonly idType: 'integer' | 'uuid'
}

export const usualLimit = 50

/** One more than asked for: it tells whether there is a next page. */
export function pageOf(source: RecordSource, { after, limit }: RecordFilters): RawBuilder<unknown> {
  const cursor = after === undefined ? null : readCursor(after)
  const isAfter = cursor === null
    ? sql`true`
    : sql`(${source.rank}, ${source.id}) < (${cursor.rank}::bigint, ${cursor.id}::${sql.raw(source.idType)})`
  return sql`
    select ${source.rank} as rank, ${source.id} as id, ${source.worth}::bigint as worth, ${source.isFavourable} as is_favourable
    from ${source.from} where ${source.where} and ${isAfter}
    order by 1 desc, 2 desc limit ${(limit ?? usualLimit) + 1}`
}

export interface DirectTotals { records: number, sum: number, favourable_records: number, favourable_sum: number, median: number | null }

export const totalsOf = (source: RecordSource): RawBuilder<DirectTotals> => sql`
  select count(*)::int as records, coalesce(sum(worth), 0)::bigint as sum,
    count(*) filter (where is_favourable)::int as favourable_records,
    coalesce(sum(worth) filter (where is_favourable), 0)::bigint as favourable_sum,
    percentile_cont(0.5) within group (order by worth) as median
  from (select ${source.worth} as worth, ${source.isFavourable} as is_favourable from ${source.from} where ${source.where}) records`

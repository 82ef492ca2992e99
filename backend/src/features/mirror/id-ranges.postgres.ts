import { sql } from 'kysely'
import type { Database } from '../../platform/storage/database.ts'
import type { CountedRange, IdRange } from './id-ranges.ts'

const columns = { deals: ['crm_deals', 'deal_id'], companies: ['crm_companies', 'company_id'] } as const

export type ComparedEntity = keyof typeof columns

/** Cuts a range of our ids into parts that hold about the same number of rows. The last part is as open as the range. */
export async function splitRange(db: Database, portalId: number, entity: ComparedEntity, { above, upTo }: IdRange, parts: number): Promise<CountedRange[]> {
  const [table, id] = columns[entity]
  const { rows } = await sql<{ last_id: number, mirrored: number }>`
    select max(id)::int as last_id, count(*)::int as mirrored from (
      select ${sql.ref(id)} as id, ntile(${parts}) over (order by ${sql.ref(id)}) as part from ${sql.table(table)}
      where portal_id = ${portalId} and ${sql.ref(id)} > ${above} and (${upTo}::int is null or ${sql.ref(id)} <= ${upTo})
    ) t group by part order by 1
  `.execute(db)
  if (rows.length === 0)
    return [{ above, upTo, mirrored: 0 }]
  return rows.map(({ last_id: lastId, mirrored }, index) => ({
    above: rows[index - 1]?.last_id ?? above,
    upTo: index === rows.length - 1 ? upTo : lastId,
    mirrored,
  }))
}

export async function idsInRange(db: Database, portalId: number, entity: ComparedEntity, { above, upTo }: IdRange): Promise<number[]> {
  const [table, id] = columns[entity]
  const { rows } = await sql<{ id: number }>`
    select ${sql.ref(id)} as id from ${sql.table(table)}
    where portal_id = ${portalId} and ${sql.ref(id)} > ${above} and (${upTo}::int is null or ${sql.ref(id)} <= ${upTo})
  `.execute(db)
  return rows.map(row => row.id)
}

import { sql, type RawBuilder } from 'kysely'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { CountedRange, IdRange } from './id-ranges.ts'

/** Where the ids of a mirrored list are. */
export interface StoredIds {
  readonly table: 'crm_deals' | 'crm_companies' | 'crm_leads' | 'crm_contacts' | 'crm_invoices' | 'crm_activities' | 'crm_smart_items'
  readonly id: string
  /** Of a table that several types share. */
  readonly entityTypeId?: number
}

const idOf = ({ id }: StoredIds) => sql.ref(id)

/** The rows of this list. */
export const belongs = ({ entityTypeId }: StoredIds, portalId: number): RawBuilder<boolean> =>
  entityTypeId === undefined ? sql`portal_id = ${portalId}` : sql`portal_id = ${portalId} and entity_type_id = ${entityTypeId}`

const within = (stored: StoredIds, portalId: number, { above, upTo }: IdRange): RawBuilder<boolean> =>
  sql`${belongs(stored, portalId)} and ${idOf(stored)} > ${above} and (${upTo}::int is null or ${idOf(stored)} <= ${upTo})`

/** Cuts a range of our ids into parts that hold about the same number of rows. The last part is as open as the range. */
export async function splitRange(db: Database, portalId: number, stored: StoredIds, range: IdRange, parts: number): Promise<CountedRange[]> {
  const { above, upTo } = range
  const { rows } = await sql<{ last_id: number, mirrored: number }>`
    select max(id)::int as last_id, count(*)::int as mirrored from (
      select ${idOf(stored)} as id, ntile(${parts}) over (order by ${idOf(stored)}) as part from ${sql.table(stored.table)}
      where ${within(stored, portalId, range)}
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

export async function idsInRange(db: Database | Tx, portalId: number, stored: StoredIds, range: IdRange): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select ${idOf(stored)} as id from ${sql.table(stored.table)} where ${within(stored, portalId, range)}
  `.execute(db)
  return rows.map(row => row.id)
}

/** Records of ours in this range of ids that the portal no longer has. */
export async function idsGone(tx: Tx, portalId: number, stored: StoredIds, { present, ...range }: IdRange & { readonly present: readonly number[] }): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select ${idOf(stored)} as id from ${sql.table(stored.table)}
    where ${within(stored, portalId, range)} and ${idOf(stored)} <> all(${present}::int[])
  `.execute(tx)
  return rows.map(row => row.id)
}

export async function countIds(db: Database | Tx, portalId: number, stored: StoredIds): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(stored.table)} where ${belongs(stored, portalId)}
  `.execute(db)
  return row?.count ?? 0
}

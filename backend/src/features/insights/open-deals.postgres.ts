import { sql } from 'kysely'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import type { Cell } from './cells.ts'
import { keyOf, type Split } from './closed-deals.postgres.ts'
import { isAboutPeople, isInPipelines } from './rights.postgres.ts'

/** Deals that are open now. */
export async function openCells(db: Database, ask: Ask, split: Split): Promise<Cell[]> {
  const { rows } = await sql<Pick<Cell, 'key' | 'records' | 'amount' | 'withoutAmount' | 'withoutRate'>>`
    select ${keyOf(split, sql`null::date`)} as key, sum(deal_count)::int as records, sum(amount_base_minor)::bigint as amount,
      sum(without_amount)::int as "withoutAmount", sum(without_rate)::int as "withoutRate"
    from insight_open_deals
    where portal_id = ${ask.portalId} and ${isAboutPeople(ask, sql`assigned_by_id`)} and ${isInPipelines(ask, sql`category_id`)}
    group by 1
    having sum(deal_count) <> 0
    order by 1`.execute(db)
  return rows.map(row => ({ ...row, outcome: 'open', isUndated: false }))
}

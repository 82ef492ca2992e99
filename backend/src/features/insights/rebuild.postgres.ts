import { sql } from 'kysely'
import type { Database } from '../../platform/storage/database.ts'

/** Counts everything of a portal anew from its mirrored deals. Triggers do the daily work; this is the way back. */
export async function rebuildInsights(db: Database, portalId: number): Promise<void> {
  await sql`select insight_rebuild(${portalId}::integer)`.execute(db)
}

export interface RollupCheck {
  readonly isConsistent: boolean
  readonly mirrored: RollupTotals
  readonly added: RollupTotals
}

interface RollupTotals {
  readonly won: number
  readonly lost: number
  readonly open: number
  readonly wonMinor: number
  readonly openMinor: number
}

/** Whether the rollups still say what the mirrored deals say. */
export async function checkRollups(db: Database, portalId: number): Promise<RollupCheck> {
  const { rows: [row] } = await sql<{ mirrored: RollupTotals, added: RollupTotals }>`
    select
      (select json_build_object(
        'won', count(*) filter (where semantics = 'S'), 'lost', count(*) filter (where semantics = 'F'),
        'open', count(*) filter (where semantics = 'P'),
        'wonMinor', coalesce(sum(amount_base_minor) filter (where semantics = 'S'), 0),
        'openMinor', coalesce(sum(amount_base_minor) filter (where semantics = 'P'), 0))
        from crm_deals where portal_id = ${portalId}) as mirrored,
      (select json_build_object(
        'won', coalesce(sum(deal_count) filter (where outcome = 'won'), 0),
        'lost', coalesce(sum(deal_count) filter (where outcome = 'lost'), 0),
        'open', coalesce(sum(deal_count) filter (where outcome = 'open'), 0),
        'wonMinor', coalesce(sum(amount_base_minor) filter (where outcome = 'won'), 0),
        'openMinor', coalesce(sum(amount_base_minor) filter (where outcome = 'open'), 0))
        from (
          select outcome, deal_count, amount_base_minor from insight_deal_days
            where portal_id = ${portalId} and assigned_by_id = -1 and category_id = -1
          union all
          select 'open', deal_count, amount_base_minor from insight_open_deals where portal_id = ${portalId}
        ) cells) as added`.execute(db)
  const { mirrored, added } = row!
  const isConsistent = (Object.keys(mirrored) as (keyof RollupTotals)[]).every(key => mirrored[key] === added[key])
  return { isConsistent, mirrored, added }
}

import { sql } from 'kysely'
import { toMinor } from '@comptoir/shared/money'
import type { ProductRowFact, StageChangeFact } from '../../platform/bitrix24/crm-facts.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { refreshClosingTimes } from './deals.postgres.ts'

/** Our own log: rows are added and never taken away, because the host forgets them when a pipeline moves. */
export async function saveStageChanges(tx: Tx, portalId: number, changes: readonly StageChangeFact[]): Promise<void> {
  if (changes.length === 0)
    return
  await sql`
    insert into crm_stage_changes (portal_id, stage_change_id, deal_id, kind, category_id, stage_id, semantics, at)
    select ${portalId}, f.id, f."dealId", f.kind, f."categoryId", f."stageId", coalesce(s.semantics, f.semantics), f.at
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as f (id bigint, "dealId" int, kind smallint, "categoryId" int,
      "stageId" text, semantics text, at timestamptz)
    left join crm_stages s on s.portal_id = ${portalId} and s.entity_type_id = 2 and s.stage_id = f."stageId"
    on conflict (portal_id, stage_change_id) do nothing
  `.execute(tx)
  await refreshClosingTimes(tx, portalId, changes.map(({ dealId }) => dealId))
}

/** Replaces the rows of these deals by what the portal has now. */
export async function replaceProductRows(tx: Tx, portalId: number, dealIds: readonly number[], rows: readonly ProductRowFact[]): Promise<void> {
  if (dealIds.length === 0)
    return
  await tx.deleteFrom('crm_product_rows').where('portal_id', '=', portalId).where('deal_id', 'in', dealIds).execute()
  if (rows.length === 0)
    return
  const deals = await tx.selectFrom('crm_deals').select(['deal_id', 'currency']).where('portal_id', '=', portalId).where('deal_id', 'in', dealIds).execute()
  const currencyOf = new Map(deals.map(deal => [deal.deal_id, deal.currency]))
  const priced = rows.map(row => ({ ...row, priceMinor: toMinor(row.price, currencyOf.get(row.dealId) ?? '') ?? 0 }))
  await sql`
    insert into crm_product_rows (portal_id, deal_id, product_row_id, product_id, product_name, price_minor, quantity, discount_rate)
    select ${portalId}, f."dealId", f.id, f."productId", f.name, f."priceMinor", f.quantity, f."discountRate"
    from jsonb_to_recordset(${JSON.stringify(priced)}::jsonb) as f ("dealId" int, id int, "productId" int, name text, "priceMinor" bigint,
      quantity numeric, "discountRate" numeric)
    on conflict (portal_id, deal_id, product_row_id) do nothing
  `.execute(tx)
}

export async function dealIdsAbove(db: Database, portalId: number, above: number, limit: number): Promise<number[]> {
  const rows = await db.selectFrom('crm_deals').select('deal_id')
    .where('portal_id', '=', portalId).where('deal_id', '>', above).orderBy('deal_id').limit(limit).execute()
  return rows.map(row => row.deal_id)
}

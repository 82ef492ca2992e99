import { sql } from 'kysely'
import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'
import type { DealRow } from './a-portal.ts'

type Next = (below: number) => number

/** Stages that deals passed, plans that were put off, costs of their vendors, what vendors are owed and what they promised. */
export async function scatteredHistory(db: Database, portal: InsightPortal, deals: readonly DealRow[], next: Next): Promise<void> {
  await stageChanges(db, portal, deals, next)
  await movedPlans(db, portal, next)
  const vendors = (await db.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portal.id).orderBy('name_key').execute()).map(({ vendor_id }) => vendor_id)
  await costs(db, portal, vendors, next)
  await payables(db, portal, vendors, next)
  await orders(db, portal, vendors, next)
}

async function stageChanges(db: Database, portal: InsightPortal, deals: readonly DealRow[], next: Next): Promise<void> {
  let id = 0
  await db.insertInto('crm_stage_changes').values(deals.flatMap(deal => Array.from({ length: next(4) }, (_, step) => ({
    portal_id: portal.id, stage_change_id: ++id, deal_id: deal.deal_id, kind: step === 0 ? 1 : 2, category_id: deal.category_id, stage_id: `STAGE_${step}`,
    semantics: 'P', at: new Date(deal.created_at.getTime() + step * next(20) * 86_400_000),
  })))).execute()
}

/** What the installation would have seen since long before these deals. */
async function movedPlans(db: Database, portal: InsightPortal, next: Next): Promise<void> {
  await db.updateTable('portals').set({ plans_kept_since: new Date('2025-07-10T00:00:00Z') }).where('portal_id', '=', portal.id).execute()
  for (let round = 0; round < 3; round++) {
    await sql`update crm_deals set closes_on = closes_on + ${next(70) - 15}::integer
      where portal_id = ${portal.id} and deal_id % 3 = ${round} and closes_on is not null`.execute(db)
  }
  await sql`update crm_deals set closes_on = null where portal_id = ${portal.id} and deal_id % 37 = 0`.execute(db)
}

async function costs(db: Database, portal: InsightPortal, vendors: readonly string[], next: Next): Promise<void> {
  await db.insertInto('crm_currencies').values([{ portal_id: portal.id, currency: 'EUR', rate: '1', is_base: true }, { portal_id: portal.id, currency: 'JPY', rate: '0.0061', is_base: false }]).execute()
  await db.insertInto('deal_vendors').values(Array.from({ length: 350 }, (_, at) => ({
    portal_id: portal.id, deal_id: 2 * at + 1, vendor_id: vendors[next(vendors.length)]!, currency: ['EUR', 'EUR', 'JPY', 'XTS'][next(4)]!,
    planned_cost_minor: next(3) === 0 ? null : next(4000), actual_cost_minor: next(2) === 0 ? null : next(4000),
  }))).execute()
}

const day = (at: number): string => new Date(Date.UTC(2024, 10, 1 + at)).toISOString().slice(0, 10)

async function payables(db: Database, portal: InsightPortal, vendors: readonly string[], next: Next): Promise<void> {
  await db.insertInto('payables').values(Array.from({ length: 240 }, (_, at) => {
    const issued = next(470)
    const isPaid = next(3) > 0
    const amount = next(12) === 0 ? -1 - next(900) : 1 + next(9000)
    return {
      portal_id: portal.id, vendor_id: vendors[next(vendors.length)]!, reference: `F-${at}`, issued_on: day(issued), due_on: day(issued + next(60)),
      amount_minor: amount, currency: 'EUR', amount_base_minor: next(15) === 0 ? null : amount,
      status: isPaid ? 'paid' as const : next(9) === 0 ? 'cancelled' as const : 'open' as const,
      paid_on: isPaid ? day(issued + next(90)) : null, paid_by: isPaid ? 'person' as const : null,
    }
  })).execute()
}

async function orders(db: Database, portal: InsightPortal, vendors: readonly string[], next: Next): Promise<void> {
  for (let at = 0; at < 40; at++) {
    const vendor_id = vendors[next(vendors.length)]!
    const ordered = next(440)
    const { order_id } = await db.insertInto('purchase_orders').values({
      portal_id: portal.id, vendor_id, number: `C-${at}`, ordered_on: day(ordered), currency: 'EUR', deal_id: next(2) === 0 ? null : 1 + next(700),
      status: (['confirmed', 'confirmed', 'closed', 'draft'] as const)[next(4)]!,
    }).returning('order_id').executeTakeFirstOrThrow()
    const lines = await db.insertInto('purchase_order_lines').values(Array.from({ length: 1 + next(4) }, (_, position) => ({
      portal_id: portal.id, order_id, vendor_id, position, item_name: `Article ${position}`, quantity: '10',
      promised_on: next(6) === 0 ? null : day(ordered + 5 + next(30)), is_cancelled: next(10) === 0,
    }))).returning(['line_id', 'promised_on']).execute()
    const { receipt_id } = await db.insertInto('goods_receipts').values({ portal_id: portal.id, vendor_id, number: `R-${at}`, received_on: day(ordered + 8 + next(30)) })
      .returning('receipt_id').executeTakeFirstOrThrow()
    await db.insertInto('goods_receipt_lines').values(lines.map(({ line_id }, position) => ({
      portal_id: portal.id, receipt_id, vendor_id, position, line_id, quantity: next(4) === 0 ? '4' : '10',
    }))).execute()
  }
}

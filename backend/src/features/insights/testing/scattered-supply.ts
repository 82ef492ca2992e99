import { sql } from 'kysely'
import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'

type Next = (below: number) => number

const day = (from: number, days: number): string => new Date(from + days * 86_400_000).toISOString().slice(0, 10)
const start = Date.UTC(2024, 3, 1)

/** What vendors invoiced of a few items over two years, how they were scored, what deals sell of the same items, and forecasts that were met. */
export async function scatteredSupply(db: Database, portal: InsightPortal, next: Next): Promise<void> {
  const vendors = await db.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portal.id).orderBy('name').execute()
  const vendorIds = vendors.map(({ vendor_id }) => vendor_id)
  await invoices(db, portal, vendorIds, next)
  await scores(db, portal, vendorIds, next)
  await products(db, portal, vendorIds, next)
  await forecasts(db, portal, next)
}

async function invoices(db: Database, portal: InsightPortal, vendorIds: readonly string[], next: Next): Promise<void> {
  for (let at = 0; at < 90; at++) {
    const vendor_id = vendorIds[next(vendorIds.length)]!
    const ordered = next(660)
    const item = `ART-${next(6)}`
    const [quantity, price] = [1 + next(20), 10 + next(30)]
    const net_minor = quantity * (price * 100 + (next(3) === 0 ? next(400) : 0))
    const { order_id } = await db.insertInto('purchase_orders').values({ portal_id: portal.id, vendor_id, number: `A-${at}`, ordered_on: day(start, ordered), currency: 'EUR', status: next(9) === 0 ? 'draft' : 'confirmed' })
      .returning('order_id').executeTakeFirstOrThrow()
    const { line_id } = await db.insertInto('purchase_order_lines').values({ portal_id: portal.id, order_id, vendor_id, position: 0, item_code: item, item_name: `Article ${item}`, quantity: String(quantity), unit_price: next(9) === 0 ? null : String(price) })
      .returning('line_id').executeTakeFirstOrThrow()
    const { invoice_id } = await db.insertInto('vendor_invoices').values({
      portal_id: portal.id, vendor_id, kind: next(12) === 0 ? 'credit_note' : 'invoice', number: `F-${at}`, issued_on: day(start, ordered + 3 + next(20)), currency: next(12) === 0 ? 'XTS' : 'EUR',
      net_minor, tax_minor: 0, total_minor: net_minor, status: 'registered', deal_id: next(2) === 0 ? null : 1 + next(700),
    }).returning('invoice_id').executeTakeFirstOrThrow()
    await db.insertInto('vendor_invoice_lines').values({
      portal_id: portal.id, invoice_id, vendor_id, position: 0, order_line_id: next(6) === 0 ? null : line_id, item_code: next(4) === 0 ? null : item, description: `Article ${item}`, quantity: String(quantity), net_minor,
    }).execute()
  }
}

/** The last vendor is never scored; the first one's score is adjusted. */
async function scores(db: Database, portal: InsightPortal, vendorIds: readonly string[], next: Next): Promise<void> {
  const months = Array.from({ length: 10 }, (_, at) => new Date(Date.UTC(2025, 3 + at, 1)).toISOString().slice(0, 10))
  await db.insertInto('scorecard_months').values(months.map(month => ({ portal_id: portal.id, month, vendor_count: vendorIds.length }))).execute()
  for (const month of months) {
    const rows = await db.insertInto('scorecard_snapshots').values(vendorIds.map((vendor_id, at) => {
      const score = at === vendorIds.length - 1 ? null : next(10_000) / 100
      return {
        portal_id: portal.id, vendor_id, month, score, coverage: 80, standing: score === null ? 'N/A' as const : score < 40 ? 'Critique' as const : 'Satisfaisant' as const,
        month_score: score, is_active: true, figures: '{}', inputs_hash: '', formula_version: 1, settings_version: 0,
      }
    })).returning(['snapshot_id', 'vendor_id']).execute()
    await db.insertInto('score_comments').values({ portal_id: portal.id, snapshot_id: rows[0]!.snapshot_id, vendor_id: rows[0]!.vendor_id, kind: 'adjustment', body: 'Revu', computed_score: 1, adjusted_score: 55.5 }).execute()
  }
  await db.insertInto('vendor_standings').values(vendorIds.slice(0, 2).map((vendor_id, at) => ({ portal_id: portal.id, vendor_id, standing: at === 0 ? 'Critique' as const : 'Excellent' as const, since: '2026-01-31' }))).execute()
}

async function products(db: Database, portal: InsightPortal, vendorIds: readonly string[], next: Next): Promise<void> {
  const { rows: deals } = await sql<{ deal_id: number }>`select deal_id from crm_deals where portal_id = ${portal.id} and deal_id % 3 = 0`.execute(db)
  await db.insertInto('crm_product_rows').values(deals.flatMap(({ deal_id }) => Array.from({ length: 1 + next(2) }, (_, at) => ({
    portal_id: portal.id, deal_id, product_row_id: deal_id * 10 + at, product_id: null, product_name: next(5) === 0 ? 'Prestation' : `Article ART-${next(6)}`, price_minor: next(9000), quantity: String(1 + next(4)), discount_rate: String([0, 12.5, 0, 40, 0, 100, -5][(deal_id / 3 + at) % 7]!),
  })))).execute()
  await db.insertInto('contract_prices').values({ portal_id: portal.id, vendor_id: vendorIds[1]!, item_code: 'X', item_name: 'Article ART-2', price: '12.5', currency: 'EUR' }).execute()
}

/** Of the first viewer, for all pipelines and for one. */
async function forecasts(db: Database, portal: InsightPortal, next: Next): Promise<void> {
  await db.insertInto('forecast_snapshots').values(Array.from({ length: 24 }, (_, at) => {
    const from_month = new Date(Date.UTC(2025, 2 + at % 12, 1)).toISOString().slice(0, 10)
    return {
      portal_id: portal.id, user_id: 1, metric: 'revenue_won' as const, category_id: at % 5 === 0 ? 1 : null, from_month, series_hash: `s${at}`, currency: 'EUR', method: 'theta' as const,
      months: JSON.stringify([{ month: from_month, point: next(5_000_000) + 0.4 }]), paths: '{}', scope_key: at % 7 === 0 ? 'own' : at % 3 === 0 ? null : 'all', made_at: new Date(Date.UTC(2025, 2 + at % 12, 1 + at)),
    }
  })).execute()
}

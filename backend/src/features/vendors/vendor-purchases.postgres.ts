import { sql, type Selectable } from 'kysely'
import { satisfies } from '@comptoir/shared/access/rights'
import { addMonths } from '@comptoir/shared/insights/calendar'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { Purchase, PurchaseFilter, PurchasePage } from '@comptoir/shared/vendors/vendor-spend.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { VendorTables } from '../../platform/storage/tables/vendors.ts'
import { readCursor, writeCursor } from './vendor-cursor.ts'
import { moneyOf } from './vendor-row.postgres.ts'
import { toFigure } from './vendor-spend.postgres.ts'
import type { Onlooker } from './visible-vendors.postgres.ts'

const defaultLimit = 50

const hiddenPurchases: PurchasePage = { purchases: [], total: { amount: null, purchaseCount: 0, unpricedCount: 0 }, nextCursor: null, isHidden: true }

function filtered(db: Database, portalId: number, vendorId: string, { from, to, dealId, unpriced }: PurchaseFilter) {
  return db.selectFrom('purchases').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId)
    .$if(from !== undefined, query => query.where('spent_on', '>=', `${from}-01`))
    .$if(to !== undefined, query => query.where('spent_on', '<', addMonths(`${to!}-01`, 1)))
    .$if(dealId !== undefined, query => query.where('deal_id', '=', dealId!))
    .$if(unpriced !== undefined, query => query.where('amount_base_minor', unpriced ? 'is' : 'is not', null))
}

/** The purchases behind a figure, newest first, with what they add up to. The vendor has been found visible before. */
export async function listPurchases(db: Database, { portal }: Pick<Onlooker, 'portal'>, { vendorId, rights }: Pick<Vendor, 'vendorId' | 'rights'>, filter: PurchaseFilter): Promise<PurchasePage> {
  if (!satisfies(rights, { group: 'prices' }))
    return hiddenPurchases
  const limit = filter.limit ?? defaultLimit
  const cursor = filter.cursor ? readCursor(filter.cursor, 'string') : null
  const chosen = filtered(db, portal.id, vendorId, filter)
  const [rows, total] = await Promise.all([
    chosen.selectAll()
      .$if(cursor !== null, query => query.where(sql<boolean>`(spent_on, purchase_id) < (${cursor!.value}::date, ${cursor!.id}::uuid)`))
      .orderBy('spent_on', 'desc').orderBy('purchase_id', 'desc').limit(limit + 1).execute(),
    chosen.select([
      sql<number | null>`sum(amount_base_minor)::bigint`.as('amount'),
      sql<number>`count(*)::int`.as('purchases'),
      sql<number>`(count(*) - count(amount_base_minor))::int`.as('unpriced'),
    ]).executeTakeFirstOrThrow(),
  ])
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    purchases: rows.slice(0, limit).map(row => toPurchase(row, portal.currency)),
    total: toFigure(total, portal.currency),
    nextCursor: last ? writeCursor({ value: last.spent_on, id: last.purchase_id }) : null,
    isHidden: false,
  }
}

const toPurchase = (row: Selectable<VendorTables['purchases']>, currency: string): Purchase => ({
  purchaseId: row.purchase_id,
  spentOn: row.spent_on,
  isPeriodGuess: row.is_period_guess,
  amount: { minor: row.amount_minor, currency: row.currency },
  baseAmount: moneyOf(row.amount_base_minor, currency),
  reference: row.reference,
  label: row.label,
  category: row.category,
  department: row.department,
  dealId: row.deal_id,
})

import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'

/** Purchases of five vendors over a year and a half: credit notes, currencies without rate, with and without a deal. */
export async function scatteredPurchases(db: Database, portal: InsightPortal, next: (below: number) => number): Promise<void> {
  const vendors = await db.insertInto('vendors')
    .values(['Delmas', 'Kervella', 'Bréchet', 'Lumière', 'Vasseur'].map(name => ({ portal_id: portal.id, name, name_key: name.toLowerCase() })))
    .returning('vendor_id').execute()
  await db.insertInto('purchases').values(Array.from({ length: 400 }, () => {
    const amount = next(8) === 0 ? -next(9000) : next(90_000)
    return {
      portal_id: portal.id,
      vendor_id: vendors[next(5)]!.vendor_id,
      spent_on: new Date(Date.UTC(2024, 9, 1 + next(500))).toISOString().slice(0, 10),
      amount_minor: amount,
      currency: 'EUR',
      amount_base_minor: next(14) === 0 ? null : amount,
      deal_id: next(3) === 0 ? null : 1 + next(720),
    }
  })).execute()
}

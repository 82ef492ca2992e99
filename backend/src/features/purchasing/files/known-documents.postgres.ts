import { sql } from 'kysely'
import { numberKey } from '@comptoir/shared/purchasing/duplicate-invoice'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { visibleVendors } from '../../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../../platform/storage/database.ts'
import type { Asker } from '../document-access.postgres.ts'

export interface KnownVendor { readonly vendorId: string, readonly name: string }
export interface VendorClues { readonly code: string | null, readonly name: string | null, readonly siren: string | null, readonly vatNumber: string | null }

/** Finds vendors by the clues of a row among those whose prices the asker may edit. A name that fits two is nobody's. */
export async function vendorFinder(db: Database, asker: Asker): Promise<(clues: VendorClues) => KnownVendor | null> {
  const rows = await visibleVendors(db, asker, { group: 'prices', role: 'editor' })
    .select(['vendors.vendor_id', 'vendors.name', 'vendors.name_key', 'vendors.code', 'vendors.siren', 'vendors.siret', 'vendors.vat_number']).execute()
  const index = (keyOf: (row: typeof rows[number]) => readonly (string | null)[]) => {
    const found = new Map<string, typeof rows[number] | null>()
    for (const row of rows) {
      for (const key of keyOf(row)) {
        if (key)
          found.set(key, found.has(key) && found.get(key) !== row ? null : row)
      }
    }
    return found
  }
  const plain = (text: string | null): string => text?.replace(/[\s.]/g, '').toUpperCase() ?? ''
  const [byCode, bySiren, byVat, byName] = [
    index(row => [row.code?.toLowerCase() ?? null]), index(row => [row.siren, row.siret, row.siret?.slice(0, 9) ?? null]), index(row => [plain(row.vat_number)]), index(row => [row.name_key]),
  ]
  return ({ code, name, siren, vatNumber }) => {
    const row = (code && byCode.get(code.toLowerCase())) || (siren && bySiren.get(plain(siren))) || (vatNumber && byVat.get(plain(vatNumber))) || (name && byName.get(nameKey(name))) || null
    return row ? { vendorId: row.vendor_id, name: row.name } : null
  }
}

const tables = { orders: 'purchase_orders', receipts: 'goods_receipts', invoices: 'vendor_invoices' } as const

/** Documents that are here already, whichever door they came through: `vendor:number`, credit notes with a mark. */
export async function readKnownNumbers(db: Database, portalId: number, kind: keyof typeof tables, vendorIds: readonly string[]): Promise<Set<string>> {
  if (vendorIds.length === 0)
    return new Set()
  const isCredit = kind === 'invoices' ? sql<boolean>`kind = 'credit_note'` : sql<boolean>`false`
  const { rows } = await sql<{ vendor_id: string, number: string, is_credit: boolean }>`
    select vendor_id, number, ${isCredit} as is_credit from ${sql.table(tables[kind])} where portal_id = ${portalId} and vendor_id = any(${[...vendorIds]}::uuid[])`.execute(db)
  return new Set(rows.map(row => documentKey(row.vendor_id, row.number, row.is_credit)))
}

export const documentKey = (vendorId: string, number: string, isCredit = false): string => `${vendorId}:${isCredit ? '-' : ''}${numberKey(number)}`

export interface KnownOrderLine { readonly orderId: string, readonly lineId: string, readonly itemCode: string | null, readonly itemName: string }

/** Order lines by `vendor:order number`, for receipts and invoices that name their order. */
export async function readOrderLines(db: Database, portalId: number, vendorIds: readonly string[]): Promise<ReadonlyMap<string, readonly KnownOrderLine[]>> {
  if (vendorIds.length === 0)
    return new Map()
  const rows = await db.selectFrom('purchase_order_lines as l')
    .innerJoin('purchase_orders as o', join => join.onRef('o.portal_id', '=', 'l.portal_id').onRef('o.order_id', '=', 'l.order_id'))
    .select(['o.vendor_id', 'o.order_id', 'o.number', 'l.line_id', 'l.item_code', 'l.item_name'])
    .where('o.portal_id', '=', portalId).where('o.vendor_id', 'in', [...vendorIds]).orderBy('l.position').execute()
  return Map.groupBy(rows.map(row => ({ key: documentKey(row.vendor_id, row.number), orderId: row.order_id, lineId: row.line_id, itemCode: row.item_code, itemName: row.item_name })), row => row.key)
}

/** By code, else by name, else the only line there is. */
export function orderLineOf(lines: readonly KnownOrderLine[], itemCode: string | null, itemName: string | null): string | null {
  const by = (fits: (line: KnownOrderLine) => boolean): string | null => {
    const found = lines.filter(fits)
    return found.length === 1 ? found[0]!.lineId : null
  }
  return (itemCode === null ? null : by(line => line.itemCode !== null && numberKey(line.itemCode) === numberKey(itemCode)))
    ?? (itemName === null ? null : by(line => nameKey(line.itemName) === nameKey(itemName)))
    ?? (lines.length === 1 && itemCode === null ? lines[0]!.lineId : null)
}

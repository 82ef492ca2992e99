import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { VendorFilter } from '@comptoir/shared/vendors/vendor.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { Schema } from '../../platform/storage/schema.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

type Vendors = ExpressionBuilder<Schema, 'vendors'>

export const startsWith = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`

/** Name by its words in any order; code, identifiers, address and mail by how they begin. */
export function matches(eb: Vendors, search: string): Expression<SqlBool> {
  const typed = search.trim()
  const words = nameKey(typed).split(' ').filter(Boolean)
  const compact = typed.replace(/[\s.\-]/g, '').toUpperCase()
  const isNumber = /^\d{3,}$/.test(compact)
  return eb.or([
    ...words.length > 0 ? [eb.and(words.map(word => eb('vendors.name_key', 'like', `%${word}%`)))] : [],
    eb('vendors.code', 'ilike', startsWith(typed)),
    eb('vendors.city', 'ilike', startsWith(typed)),
    ...typed.length > 2 ? [eb(sql<string>`array_to_string(vendors.tags || vendors.supplies, ' ')`, 'ilike', `%${startsWith(typed)}`)] : [],
    ...typed.includes('@') ? [eb('vendors.email', 'ilike', startsWith(typed))] : [],
    ...isNumber ? [eb('vendors.siren', 'like', startsWith(compact)), eb('vendors.siret', 'like', startsWith(compact)), eb('vendors.postal_code', 'like', startsWith(compact))] : [],
    ...compact.length > 3 ? [eb('vendors.vat_number', 'like', startsWith(compact))] : [],
  ])
}

/** Every filter but the status, which the chips count by. */
export function passes(eb: Vendors, filter: VendorFilter): Expression<SqlBool> {
  return eb.and([
    ...filter.search?.trim() ? [matches(eb, filter.search)] : [],
    ...filter.category === undefined ? [] : [filter.category === '' ? eb('vendors.category', 'is', null) : eb('vendors.category', '=', filter.category)],
    ...filter.linked === undefined ? [] : [eb('vendors.company_id', filter.linked === 'yes' ? 'is not' : 'is', null)],
  ])
}

const nearestLimit = 50

/** The names spelled most nearly like what was typed. The looser threshold forgives two letters in a short name. */
export const findNearest = (db: Database, onlooker: Onlooker, filter: VendorFilter, key: string): Promise<string[]> =>
  db.transaction().execute(async (tx) => {
    await sql`set local pg_trgm.word_similarity_threshold = 0.4`.execute(tx)
    const rows = await visibleVendors(tx, onlooker).select('vendors.vendor_id')
      .where(eb => passes(eb, { ...filter, search: undefined }))
      .where(sql<boolean>`${key} <% vendors.name_key`)
      .orderBy(sql`word_similarity(${key}, vendors.name_key)`, 'desc').orderBy('vendors.vendor_id')
      .limit(nearestLimit).execute()
    return rows.map(row => row.vendor_id)
  })

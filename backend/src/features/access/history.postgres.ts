import { sql } from 'kysely'
import type { HistoryFilter, HistoryPage } from '@comptoir/shared/access/history.contract'
import type { Person } from '@comptoir/shared/vendors/vendor-fields'
import { seenValue } from '@comptoir/shared/access/masks'
import { mayDo, visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { findPeople, personOf } from './people.postgres.ts'

const usualLimit = 100

/** Changes of every vendor that the onlooker may see, masked by field group like every other reply. */
export async function readHistory(db: Database, onlooker: Onlooker & { readonly portal: { readonly timeZone: string } }, filter: HistoryFilter): Promise<HistoryPage> {
  const { portal } = onlooker
  const limit = filter.limit ?? usualLimit
  const dayOf = sql<string>`(c.at at time zone ${portal.timeZone})::date`
  const rows = await visibleVendors(db, onlooker)
    .innerJoin('vendor_changes as c', join => join.onRef('c.portal_id', '=', 'vendors.portal_id').onRef('c.vendor_id', '=', 'vendors.vendor_id'))
    .selectAll('c').select(['vendors.name as vendor_name', mayDo(onlooker, { group: 'bank' }).as('has_bank'), mayDo(onlooker, { group: 'prices' }).as('has_prices'), mayDo(onlooker, { group: 'documents' }).as('has_documents')])
    .$if(filter.vendorId !== undefined, query => query.where('c.vendor_id', '=', filter.vendorId!))
    .$if(Boolean(filter.search?.trim()), query => query.where('vendors.name', 'ilike', `%${filter.search!.trim().replace(/[\\%_]/g, '\\$&')}%`))
    .$if(filter.userId !== undefined, query => query.where('c.by_user_id', '=', filter.userId!))
    .$if(filter.field !== undefined, query => query.where('c.field', '=', filter.field!))
    .$if(filter.origin !== undefined, query => query.where('c.origin', '=', filter.origin!))
    .$if(filter.from !== undefined, query => query.where(dayOf, '>=', filter.from!))
    .$if(filter.to !== undefined, query => query.where(dayOf, '<=', filter.to!))
    .$if(filter.before !== undefined, query => query.where('c.vendor_change_id', '<', filter.before!))
    .orderBy('c.vendor_change_id', 'desc').limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  const people = await findPeople(db, portal.id, page.map(row => row.by_user_id))
  return {
    lines: page.map(row => ({
      changeId: row.vendor_change_id,
      vendorId: row.vendor_id,
      vendorName: row.vendor_name,
      field: row.field,
      oldValue: seenValue(row.field, row.old_value, openGroups(row)),
      newValue: seenValue(row.field, row.new_value, openGroups(row)),
      reason: row.reason,
      origin: row.origin,
      originId: row.origin_id,
      at: row.at.toISOString(),
      by: personOf(people, row.by_user_id),
    })),
    nextBefore: rows.length > limit ? page.at(-1)?.vendor_change_id ?? null : null,
    people: filter.before === undefined ? await readAuthors(db, onlooker) : [],
  }
}

/** Everybody whose hand is in the history that the onlooker may read, by name. */
async function readAuthors(db: Database, onlooker: Onlooker): Promise<Person[]> {
  const rows = await visibleVendors(db, onlooker)
    .innerJoin('vendor_changes as c', join => join.onRef('c.portal_id', '=', 'vendors.portal_id').onRef('c.vendor_id', '=', 'vendors.vendor_id'))
    .select('c.by_user_id').distinct().where('c.by_user_id', 'is not', null).execute()
  const people = await findPeople(db, onlooker.portal.id, rows.map(({ by_user_id }) => by_user_id))
  return [...people.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

const openGroups = (row: { readonly has_bank: unknown, readonly has_prices: unknown, readonly has_documents: unknown }) =>
  ({ bank: row.has_bank === true, prices: row.has_prices === true, documents: row.has_documents === true })

import { sql } from 'kysely'
import type { CompanyChoice, CompanyFacts, SimilarVendor } from '@comptoir/shared/vendors/vendor.contract'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { mayDo } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { findPeople, personOf } from './vendor-row.postgres.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

export async function findCompany(db: Database, { portal }: Pick<Onlooker, 'portal'>, companyId: number): Promise<CompanyFacts | null> {
  const row = await db.selectFrom('crm_companies as c')
    .leftJoin('crm_statuses as t', join => join.onRef('t.portal_id', '=', 'c.portal_id')
      .on('t.directory', '=', 'COMPANY_TYPE').onRef('t.status_id', '=', 'c.type_id'))
    .select(['c.title', 'c.type_id', 'c.category_id', 'c.assigned_by_id', 't.name as type'])
    .where('c.portal_id', '=', portal.id).where('c.company_id', '=', companyId).executeTakeFirst()
  if (!row)
    return null
  const { vendorRule } = portal.settings
  const people = await findPeople(db, portal.id, [row.assigned_by_id])
  return {
    companyId,
    title: row.title,
    type: row.type,
    responsible: personOf(people, row.assigned_by_id),
    isMarkedVendor: vendorRule?.kind === 'type' ? row.type_id === vendorRule.typeId : vendorRule?.categoryId === row.category_id,
  }
}

const choiceLimit = 20

/** Companies that no vendor is linked to, those that sound most like the search first. */
export const searchCompanies = (db: Database, { portal }: Pick<Onlooker, 'portal'>, search: string): Promise<CompanyChoice[]> =>
  db.selectFrom('crm_companies as c').select(['c.company_id as companyId', 'c.title'])
    .where('c.portal_id', '=', portal.id).where('c.is_my_company', '=', false)
    .where(({ or, eb }) => or([
      eb('c.title', 'ilike', `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`),
      sql<boolean>`${search} <% c.title`,
    ]))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('vendors as v').select('v.vendor_id')
      .whereRef('v.portal_id', '=', 'c.portal_id').whereRef('v.company_id', '=', 'c.company_id'))))
    .orderBy(sql`word_similarity(${search}, c.title)`, 'desc').orderBy('c.company_id').limit(choiceLimit).execute()

export interface Typed {
  readonly name?: string
  readonly siren?: string
  readonly vatNumber?: string
  readonly iban?: string
  readonly code?: string
  readonly except?: string
}

const similarLimit = 5

/** Vendors that share an identifier or the name's key with what is being typed, the surest sign first. */
export async function findSimilar(db: Database, onlooker: Onlooker, typed: Typed): Promise<SimilarVendor[]> {
  const compact = (text: string | undefined): string => (text ?? '').replace(/[\s.\-]/g, '').toUpperCase()
  const signs = [
    ['siren', 'siren', compact(typed.siren)],
    ['vatNumber', 'vat_number', compact(typed.vatNumber)],
    ['iban', 'iban', compact(typed.iban)],
    ['code', 'code', (typed.code ?? '').trim()],
    ['name', 'name_key', nameKey(typed.name ?? '')],
  ] as const
  const given = signs.filter(([, , value]) => value !== '')
  if (given.length === 0)
    return []
  const rows = await visibleVendors(db, onlooker).selectAll('vendors').select(mayDo(onlooker, { group: 'bank' }).as('has_bank'))
    // Whoever may not read bank details finds nobody by them either.
    .where(({ or, and, eb }) => or(given.map(([sign, column, value]) =>
      sign === 'iban' ? and([eb('vendors.iban', '=', value), mayDo(onlooker, { group: 'bank' })]) : eb(`vendors.${column}`, '=', value))))
    .$if(typed.except !== undefined, query => query.where('vendors.vendor_id', '!=', typed.except!))
    .limit(similarLimit).execute()
  return rows.map(row => ({
    vendorId: row.vendor_id,
    companyId: row.company_id,
    name: row.name,
    status: row.status,
    by: given.find(([sign, column, value]) => row[column] === value && (sign !== 'iban' || row.has_bank))?.[0] ?? 'name',
  }))
}

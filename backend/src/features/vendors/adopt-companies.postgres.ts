import { sql } from 'kysely'
import type { VendorRule } from '@comptoir/shared/installation/installation.contract'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database, Tx } from '../../platform/storage/database.ts'

const chunk = 500

/**
 * Makes a vendor of every mirrored company that the administrator's rule calls one. A vendor that an import left
 * without company and that bears the same name is linked instead. Repeating it changes nothing.
 */
export async function adoptCompanies(db: Database, portalId: number, rule: VendorRule | undefined): Promise<number> {
  if (!rule)
    return 0
  let adopted = 0
  for (let after = 0; ;) {
    const companies = await strangers(db, portalId, rule, after)
    if (companies.length === 0)
      return adopted
    after = companies.at(-1)?.company_id ?? after
    await db.transaction().execute(async (tx) => {
      const rest = await linkByName(tx, portalId, companies)
      if (rest.length > 0)
        await insertVendors(tx, portalId, rest)
    })
    adopted += companies.length
  }
}

interface Company { readonly company_id: number, readonly title: string }

const strangers = (db: Database, portalId: number, rule: VendorRule, after: number): Promise<Company[]> =>
  db.selectFrom('crm_companies as c').select(['c.company_id', 'c.title'])
    .where('c.portal_id', '=', portalId).where('c.company_id', '>', after).where('c.is_my_company', '=', false)
    .where(eb => rule.kind === 'type' ? eb('c.type_id', '=', rule.typeId) : eb('c.category_id', '=', rule.categoryId))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('vendors as v').select('v.vendor_id')
      .whereRef('v.portal_id', '=', 'c.portal_id').whereRef('v.company_id', '=', 'c.company_id'))))
    .orderBy('c.company_id').limit(chunk).execute()

async function insertVendors(tx: Tx, portalId: number, companies: readonly Company[]): Promise<void> {
  const made = await tx.insertInto('vendors')
    .values(companies.map(({ company_id, title }) => ({ portal_id: portalId, company_id, name: title, name_key: nameKey(title), status: 'active' as const })))
    .onConflict(conflict => conflict.columns(['portal_id', 'company_id']).where('company_id', 'is not', null).doNothing())
    .returning(['vendor_id', 'name', 'status', 'company_id']).execute()
  await recordByRule(tx, portalId, made.map(({ vendor_id, name, status, company_id }) =>
    ({ vendorId: vendor_id, field: 'vendor', to: { name, status, companyId: company_id } })))
}

interface RuleChange { readonly vendorId: string, readonly field: string, readonly to: unknown }

async function recordByRule(tx: Tx, portalId: number, changes: readonly RuleChange[]): Promise<void> {
  if (changes.length === 0)
    return
  await tx.insertInto('vendor_changes').values(changes.map(({ vendorId, field, to }) =>
    ({ portal_id: portalId, vendor_id: vendorId, field, new_value: JSON.stringify(to), origin: 'rule' as const }))).execute()
}

/** Answers the companies that no waiting vendor bears the name of. */
async function linkByName(tx: Tx, portalId: number, companies: readonly Company[]): Promise<Company[]> {
  const byKey = new Map(companies.map(company => [nameKey(company.title), company]))
  const waiting = await tx.selectFrom('vendors').select(['vendor_id', 'name_key'])
    .where('portal_id', '=', portalId).where('company_id', 'is', null).where('name_key', 'in', [...byKey.keys()]).execute()
  const linked = new Map<number, string>()
  for (const { vendor_id, name_key } of waiting) {
    const company = byKey.get(name_key)
    const isOnly = waiting.filter(other => other.name_key === name_key).length === 1
    if (!company || !isOnly)
      continue
    await tx.updateTable('vendors').set({ company_id: company.company_id, version: sql<number>`version + 1`, updated_at: sql<Date>`now()` })
      .where('portal_id', '=', portalId).where('vendor_id', '=', vendor_id).where('company_id', 'is', null).execute()
    linked.set(company.company_id, vendor_id)
  }
  await recordByRule(tx, portalId, [...linked].map(([companyId, vendorId]) => ({ vendorId, field: 'companyId', to: companyId })))
  return companies.filter(({ company_id }) => !linked.has(company_id))
}

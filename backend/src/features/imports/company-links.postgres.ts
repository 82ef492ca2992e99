import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { CompanyLinks } from './company-links.ts'

/** Reads the portal's companies once per run, when the first newcomer asks. */
export function linkCompanies(db: Database, portalId: number): CompanyLinks {
  let byKey: Promise<ReadonlyMap<string, readonly number[]>> | null = null
  return async (tx, created) => {
    byKey ??= readCompanies(db, portalId)
    const wanted = new Map<number, string>()
    for (const { vendorId, values } of created) {
      const [companyId, ...others] = (await byKey).get(nameKey(String(values.name))) ?? []
      // Two newcomers that sound like one company: the first gets it, never both.
      if (companyId !== undefined && others.length === 0 && !wanted.has(companyId))
        wanted.set(companyId, vendorId)
    }
    const taken = await findTaken(tx as Tx, portalId, [...wanted.keys()])
    return new Map([...wanted].filter(([companyId]) => !taken.has(companyId)).map(([companyId, vendorId]) => [vendorId, companyId]))
  }
}

async function readCompanies(db: Database, portalId: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const companies = await db.selectFrom('crm_companies').select(['company_id', 'title'])
    .where('portal_id', '=', portalId).where('is_my_company', '=', false).execute()
  const byKey = new Map<string, number[]>()
  for (const { company_id: companyId, title } of companies) {
    const key = nameKey(title)
    const there = byKey.get(key)
    if (there)
      there.push(companyId)
    else
      byKey.set(key, [companyId])
  }
  return byKey
}

async function findTaken(tx: Tx, portalId: number, companyIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (companyIds.length === 0)
    return new Set()
  const rows = await tx.selectFrom('vendors').select('company_id').where('portal_id', '=', portalId).where('company_id', 'in', [...companyIds]).execute()
  return new Set(rows.map(row => row.company_id!))
}

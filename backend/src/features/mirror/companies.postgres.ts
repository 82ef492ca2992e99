import { sql } from 'kysely'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { CompanyFact } from '../../platform/bitrix24/crm-facts.ts'
import type { Tx } from '../../platform/storage/database.ts'

export async function saveCompanies(tx: Tx, portalId: number, companies: readonly CompanyFact[]): Promise<void> {
  if (companies.length === 0)
    return
  const keyed = companies.map(company => ({ ...company, nameKey: nameKey(company.title) }))
  await sql`
    insert into crm_companies as c (portal_id, company_id, title, type_id, category_id, assigned_by_id, is_my_company, name_key, created_at, updated_at)
    select ${portalId}, f.id, f.title, f."typeId", f."categoryId", f."assignedById", f."isMyCompany", f."nameKey", f."createdAt", f."updatedAt"
    from jsonb_to_recordset(${JSON.stringify(keyed)}::jsonb) as f (id int, title text, "typeId" text, "categoryId" int,
      "assignedById" int, "isMyCompany" boolean, "nameKey" text, "createdAt" timestamptz, "updatedAt" timestamptz)
    order by f.id
    on conflict (portal_id, company_id) do update set
      title = excluded.title, type_id = excluded.type_id, category_id = excluded.category_id, assigned_by_id = excluded.assigned_by_id,
      is_my_company = excluded.is_my_company, name_key = excluded.name_key, created_at = excluded.created_at, updated_at = excluded.updated_at, synced_at = now()
    where (c.title, c.type_id, c.category_id, c.assigned_by_id, c.is_my_company, c.name_key, c.created_at, c.updated_at)
      is distinct from (excluded.title, excluded.type_id, excluded.category_id, excluded.assigned_by_id, excluded.is_my_company,
        excluded.name_key, excluded.created_at, excluded.updated_at)
  `.execute(tx)
}

export async function deleteCompanies(tx: Tx, portalId: number, companyIds: readonly number[]): Promise<void> {
  if (companyIds.length > 0)
    await tx.deleteFrom('crm_companies').where('portal_id', '=', portalId).where('company_id', 'in', companyIds).execute()
}

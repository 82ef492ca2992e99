import { sql, type RawBuilder } from 'kysely'
import type { GrantEffect, GrantInput } from '@comptoir/shared/access/access.contract'
import { AppError } from '@comptoir/shared/errors'
import type { Database } from '../../platform/storage/database.ts'

type Subject = Pick<GrantInput, 'subjectKind' | 'subjectId'>
type Scope = Pick<GrantInput, 'scopeKind' | 'group' | 'vendorId'>

/** How many people and vendors a grant is about, as the gate would count them. */
export async function effectOf(db: Database, portalId: number, grant: Subject & Scope): Promise<GrantEffect> {
  const { rows: [row] } = await sql<GrantEffect>`
    select (select count(*)::int from vendors v where v.portal_id = ${portalId} and ${isInScope(grant)}) as "vendorCount",
      (select count(*)::int from crm_users u where u.portal_id = ${portalId} and u.is_active and ${isSubject(portalId, grant)}) as "personCount"`.execute(db)
  return row ?? { vendorCount: 0, personCount: 0 }
}

function isInScope({ scopeKind, group, vendorId }: Scope): RawBuilder<boolean> {
  switch (scopeKind) {
    case 'all': return sql`true`
    case 'group': return sql`v.category = ${group}`
    case 'vendor': return sql`v.vendor_id = ${vendorId}::uuid`
  }
}

function isSubject(portalId: number, { subjectKind, subjectId }: Subject): RawBuilder<boolean> {
  switch (subjectKind) {
    case 'everyone': return sql`true`
    case 'user': return sql`u.user_id = ${subjectId}`
    case 'department': return sql`u.department_ids && array(
      with recursive below as (
        select ${subjectId}::integer as department_id
        union
        select d.department_id from crm_departments d join below b on d.parent_id = b.department_id where d.portal_id = ${portalId}
      ) select department_id from below)`
    case 'head_of_department': return subjectId === null
      ? sql`exists (select from crm_departments d where d.portal_id = ${portalId} and d.head_user_id = u.user_id)`
      : sql`u.user_id in (
      with recursive above as (
        select department_id, parent_id, head_user_id from crm_departments where portal_id = ${portalId} and department_id = ${subjectId}
        union
        select d.department_id, d.parent_id, d.head_user_id from crm_departments d join above a on d.department_id = a.parent_id where d.portal_id = ${portalId}
      ) select head_user_id from above where head_user_id is not null)`
  }
}

/** @throws AppError access.subject_unknown for a person, department or vendor that is not there */
export async function requireKnown(db: Database, portalId: number, { subjectKind, subjectId, vendorId }: Subject & Scope): Promise<void> {
  const isDepartment = subjectKind === 'department' || subjectKind === 'head_of_department'
  const { rows: [row] } = await sql<{ ok: boolean }>`
    select ${subjectId === null
      ? sql`true`
      : isDepartment
        ? sql`exists (select from crm_departments where portal_id = ${portalId} and department_id = ${subjectId})`
        : sql`exists (select from crm_users where portal_id = ${portalId} and user_id = ${subjectId})`}
      and ${vendorId === null ? sql`true` : sql`exists (select from vendors where portal_id = ${portalId} and vendor_id = ${vendorId}::uuid)`} as ok`.execute(db)
  if (!row?.ok)
    throw new AppError('access.subject_unknown')
}

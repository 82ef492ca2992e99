import { sql, type RawBuilder } from 'kysely'
import { shareRoles, type Share } from '@comptoir/shared/portal/share.schema'
import type { Caller } from '../http/caller.ts'

/**
 * Whether a share speaks of the reader: everyone's, their own, that of a department they are in or under, and that of
 * the heads of a department which they lead or which is below one they lead, as with vendor rights; and that of a role
 * which they have, a higher right over all vendors containing the lower ones.
 */
export const speaksOf = ({ portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, share: string): RawBuilder<boolean> => sql`case ${sql.ref(`${share}.subject_kind`)}
  when 'everyone' then true
  when 'user' then ${sql.ref(`${share}.subject_id`)} = ${viewer.userId}
  when 'department' then ${sql.ref(`${share}.subject_id`)} in (
    with recursive above as (
      select unnest(${[...viewer.departmentIds]}::integer[]) as department_id
      union
      select d.parent_id from crm_departments d join above a on d.department_id = a.department_id where d.portal_id = ${portal.id} and d.parent_id is not null
    ) select department_id from above)
  when 'head_of_department' then ${sql.ref(`${share}.subject_id`)} in (
    with recursive headed as (
      select d.department_id from crm_departments d where d.portal_id = ${portal.id} and d.head_user_id = ${viewer.userId}
      union
      select d.department_id from crm_departments d join headed h on d.parent_id = h.department_id where d.portal_id = ${portal.id}
    ) select department_id from headed)
  when 'department_head' then exists (select from crm_departments d where d.portal_id = ${portal.id} and d.head_user_id = ${viewer.userId})
  else exists (
    select from vendor_grants_of(${portal.id}, ${viewer.userId}) g
    where g.scope_kind = 'all' and vendor_role_rank(g.role) >= vendor_role_rank(substr(${sql.ref(`${share}.subject_kind`)}, length('vendor_') + 1)))
  end`

const isOfMany = (kind: Share['subjectKind']): boolean => kind === 'everyone' || (shareRoles as readonly string[]).includes(kind)

/** As rows, each subject once: the last word counts. */
export const shareRows = (shares: readonly Share[]) => [...new Map(shares.map(({ subjectKind, subjectId, role }) => {
  const subject = { subject_kind: subjectKind, subject_id: isOfMany(subjectKind) ? 0 : subjectId }
  return [JSON.stringify(subject), { ...subject, role }]
})).values()]

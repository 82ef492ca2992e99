import { sql, type RawBuilder } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { ReportChoices, ReportRecipient, ReportRole } from '@comptoir/shared/reports/report.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { administrators } from '../../platform/portals/administrators.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

/** The people behind a list of recipients as it is today: who has left is not among them, nobody twice. */
export async function peopleOf(db: Database, portal: Pick<PortalRecord, 'id' | 'installerUserId'>, recipients: readonly ReportRecipient[]): Promise<number[]> {
  const portalId = portal.id
  const ids = (kind: ReportRecipient['kind']): number[] => recipients.flatMap(one => one.kind === kind && one.kind !== 'role' ? [one.id] : [])
  const roles = new Set(recipients.flatMap(one => one.kind === 'role' ? [one.role] : []))
  const admins = roles.has('portal_admin') ? await administrators(db, portal) : []
  const { rows } = await sql<{ user_id: number }>`
    with recursive departments as (
      select department_id from crm_departments where portal_id = ${portalId} and department_id = any(${ids('department')}::integer[])
      union
      select d.department_id from crm_departments d join departments o on d.parent_id = o.department_id where d.portal_id = ${portalId}
    )
    select u.user_id from crm_users u
    where u.portal_id = ${portalId} and u.is_active and (
      u.user_id = any(${[...ids('user'), ...admins]}::integer[])
      or u.department_ids && array(select department_id from departments)
      or u.user_id in (select d.head_user_id from crm_departments d where d.portal_id = ${portalId} and (${roles.has('department_head')}::boolean or d.department_id = any(${ids('head_of_department')}::integer[])))
      or ${holdsOverAll(portalId, roles)})
    order by u.user_id`.execute(db)
  return rows.map(({ user_id }) => user_id)
}

/** A higher right contains the lower ones. */
function holdsOverAll(portalId: number, roles: ReadonlySet<ReportRole>): RawBuilder<boolean> {
  const least = (['editor', 'approver', 'admin'] as const).find(role => roles.has(`vendor_${role}`))
  return least
    ? sql`exists (select from vendor_grants_of(${portalId}, u.user_id) g where g.scope_kind = 'all' and vendor_role_rank(g.role) >= vendor_role_rank(${least}))`
    : sql`false`
}

/** @throws AppError report.recipient_unknown */
export async function insistOnKnown(db: Database, portalId: number, recipients: readonly ReportRecipient[]): Promise<void> {
  const { people, departments } = await readChoices(db, portalId)
  const stranger = recipients.find(one => one.kind !== 'role' && !(one.kind === 'user' ? people : departments).some(({ id }) => id === one.id))
  if (stranger)
    throw new AppError('report.recipient_unknown', { details: { ...stranger } })
}

export async function readChoices(db: Database, portalId: number): Promise<Omit<ReportChoices, 'channels'>> {
  const [people, departments] = await Promise.all([
    db.selectFrom('crm_users').select(['user_id', sql<string>`trim(name || ' ' || last_name)`.as('name')]).where('portal_id', '=', portalId).where('is_active', '=', true).orderBy('name').execute(),
    db.selectFrom('crm_departments').select(['department_id', 'name']).where('portal_id', '=', portalId).orderBy('name').execute(),
  ])
  return { people: people.map(({ user_id, name }) => ({ id: user_id, name })), departments: departments.map(({ department_id, name }) => ({ id: department_id, name })) }
}

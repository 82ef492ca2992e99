import { sql } from 'kysely'
import type { GrantChange, Subjects } from '@comptoir/shared/access/access.contract'
import type { Database } from '../../platform/storage/database.ts'
import { findPeople, personOf } from './people.postgres.ts'

const shownAtMost = 50

/** People and departments by name, for the pickers. */
export async function findSubjects(db: Database, portalId: number, search: string): Promise<Subjects> {
  const like = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
  const [users, departments] = await Promise.all([
    sql<Subjects['users'][number]>`
      select user_id as "userId", trim(name || ' ' || last_name) as name, position from crm_users
      where portal_id = ${portalId} and is_active and is_employee and name || ' ' || last_name ilike ${like}
      order by last_name, name, user_id limit ${shownAtMost}`.execute(db),
    sql<Subjects['departments'][number]>`
      select d.department_id as "departmentId", d.name, p.name as parent from crm_departments d
        left join crm_departments p on p.portal_id = d.portal_id and p.department_id = d.parent_id
      where d.portal_id = ${portalId} and d.name ilike ${like} order by d.name, d.department_id limit ${shownAtMost}`.execute(db),
  ])
  return { users: users.rows, departments: departments.rows }
}

const pageSize = 50

/** Grants given, changed and taken, newest first. */
export async function readGrantChanges(db: Database, portalId: number, before: number | null): Promise<{ changes: GrantChange[], nextBefore: number | null }> {
  const noted = sql`coalesce(c.new_value, c.old_value)`
  const subjectId = sql`(${noted} ->> 'subjectId')::int`
  const rows = await db.selectFrom('vendor_grant_changes as c').selectAll('c').where('c.portal_id', '=', portalId)
    .select([
      sql<string | null>`case when ${noted} ->> 'subjectKind' = 'user'
        then (select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = c.portal_id and u.user_id = ${subjectId})
        else (select d.name from crm_departments d where d.portal_id = c.portal_id and d.department_id = ${subjectId}) end`.as('subject_name'),
      sql<string | null>`(select v.name from vendors v where v.portal_id = c.portal_id and v.vendor_id = (${noted} ->> 'vendorId')::uuid)`.as('vendor_name'),
    ])
    .$if(before !== null, query => query.where('grant_change_id', '<', before))
    .orderBy('grant_change_id', 'desc').limit(pageSize + 1).execute()
  const page = rows.slice(0, pageSize)
  const people = await findPeople(db, portalId, page.map(row => row.by_user_id))
  return {
    changes: page.map(row => ({
      changeId: row.grant_change_id, kind: row.kind, oldValue: row.old_value, newValue: row.new_value,
      subjectName: row.subject_name, vendorName: row.vendor_name,
      at: row.at.toISOString(), by: personOf(people, row.by_user_id),
    })),
    nextBefore: rows.length > pageSize ? page.at(-1)?.grant_change_id ?? null : null,
  }
}

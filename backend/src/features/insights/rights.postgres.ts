import { sql, type RawBuilder } from 'kysely'
import type { Ask } from './ask.ts'

/** Whether the responsible person in a column is one whose deals the viewer may count. The only such rule. */
export function isVisible({ scope, viewer, portalId }: Ask, column: RawBuilder<unknown>): RawBuilder<boolean> {
  if (scope === 'all')
    return sql`true`
  if (scope === 'own')
    return sql`${column} = ${viewer.userId}`
  return sql`${column} in (
    with recursive own_departments as (
      select unnest(${[...viewer.departmentIds]}::integer[]) as department_id
      union
      select d.department_id from crm_departments d
        join own_departments o on d.parent_id = o.department_id where d.portal_id = ${portalId}
    )
    select ${viewer.userId}::integer
    union
    select u.user_id from crm_users u
      where u.portal_id = ${portalId} and u.department_ids && array(select department_id from own_departments))`
}

/** Viewer's rights and chosen responsibles on a column of people. */
export const isAboutPeople = (ask: Ask, column: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(${isVisible(ask, column)} and ${ask.userIds === null ? sql`true` : sql`${column} = any(${[...ask.userIds]}::integer[])`})`

export const isInPipelines = (ask: Ask, column: RawBuilder<unknown>): RawBuilder<boolean> =>
  ask.categoryIds === null ? sql`true` : sql`${column} = any(${[...ask.categoryIds]}::integer[])`

/** The same for a deal `d`; a filter on people is said without coalesce, so that an index on them serves. */
export const isAboutDealsOf = (ask: Ask): RawBuilder<boolean> => ask.userIds?.includes(0)
  ? isAboutPeople(ask, sql`coalesce(d.assigned_by_id, 0)`)
  : isAboutPeople(ask, sql`d.assigned_by_id`)

import { sql, type RawBuilder } from 'kysely'
import { usualAnalyticsScope, type AnalyticsScope } from '@comptoir/shared/insights/insights.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'

/** Whose deals enter a figure, and for whom it is made. */
export interface DealOnlooker {
  readonly portalId: number
  readonly scope: AnalyticsScope
  readonly viewer: Pick<Viewer, 'userId' | 'departmentIds'>
}

/** Whose deals may enter a number. What the CRM's own rights let somebody see is known to the portal alone. */
export function scopeOf(viewer: Pick<Viewer, 'isAdmin'>, chosen: AnalyticsScope | undefined): AnalyticsScope {
  return viewer.isAdmin ? 'all' : chosen ?? usualAnalyticsScope
}

export const dealOnlooker = (portal: { readonly id: number, readonly settings: { readonly analyticsScope?: AnalyticsScope } }, viewer: Viewer): DealOnlooker =>
  ({ portalId: portal.id, scope: scopeOf(viewer, portal.settings.analyticsScope), viewer })

/** Figures under one key are about the same people's deals, and may be held against each other. */
export const dealScopeKey = ({ scope, viewer }: Pick<DealOnlooker, 'scope' | 'viewer'>): string =>
  scope === 'department' ? `department ${viewer.departmentIds.toSorted((a, b) => a - b).join(',')}` : scope

/** Whether the responsible person in a column is one whose deals the onlooker may count. The only such rule. */
export function isVisible({ scope, viewer, portalId }: DealOnlooker, column: RawBuilder<unknown>): RawBuilder<boolean> {
  if (scope === 'all')
    return sql`true`
  if (scope === 'own')
    return sql`${column} = ${viewer.userId}`
  // As one array, known before the deals are read: an index on people then serves.
  return sql`${column} = any(array(
    with recursive own_departments as (
      select unnest(${[...viewer.departmentIds]}::integer[]) as department_id
      union
      select d.department_id from crm_departments d
        join own_departments o on d.parent_id = o.department_id where d.portal_id = ${portalId}
    )
    select ${viewer.userId}::integer
    union
    select u.user_id from crm_users u
      where u.portal_id = ${portalId} and u.department_ids && array(select department_id from own_departments)))`
}

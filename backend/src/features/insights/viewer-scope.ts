import type { AnalyticsScope } from '@comptoir/shared/insights/insights.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'

/** Whose deals may enter a number: the widest where nothing was chosen, as in the CRM's own reports. */
export function scopeOf(viewer: Viewer, chosen: AnalyticsScope | undefined): AnalyticsScope {
  return viewer.isAdmin ? 'all' : chosen ?? 'all'
}

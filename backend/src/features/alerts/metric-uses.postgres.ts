import type { MetricUse } from '@comptoir/shared/insights/insights.contract'
import { metricIds } from '@comptoir/shared/insights/metric'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'

/** The figures that the viewer's own watches look at. */
export async function readWatchUses(db: Database, { portal, viewer }: { readonly portal: { readonly id: number }, readonly viewer: Viewer }): Promise<MetricUse[]> {
  const rows = await db.selectFrom('watches').select(['metric', 'watch_id'])
    .where('portal_id', '=', portal.id).where('owner_user_id', '=', viewer.userId).orderBy('created_at').execute()
  return rows.flatMap(({ metric, watch_id }) => {
    const metricId = metricIds.find(id => id === metric)
    return metricId ? [{ metricId, kind: 'watch' as const, name: null, path: `/watches?watch=${watch_id}` }] : []
  })
}

import type { Freshness } from '@comptoir/shared/insights/insights.contract'
import type { Database } from '../../platform/storage/database.ts'

/** How the mirror of deals stands: what numbers rest on, or why there are none yet. */
export async function readFreshness(db: Database, portalId: number): Promise<Freshness> {
  const row = await db.selectFrom('sync_states')
    .select(['status', 'watermark', 'rows_read', 'rows_expected', 'portal_count', 'mirror_count', 'started_at', 'finished_at'])
    .where('portal_id', '=', portalId).where('entity', '=', 'deals')
    .executeTakeFirst()
  return {
    state: stateOf(row),
    syncedAt: (row?.finished_at ?? row?.watermark)?.toISOString() ?? null,
    rowsRead: row?.rows_read ?? 0,
    rowsExpected: row?.rows_expected ?? null,
    portalCount: row?.portal_count ?? null,
    mirrorCount: row?.mirror_count ?? null,
  }
}

interface SyncRow { readonly status: string, readonly started_at: Date | null, readonly finished_at: Date | null }

function stateOf(row: SyncRow | undefined): Freshness['state'] {
  if (row?.finished_at)
    return row.status === 'failed' ? 'failed' : 'ready'
  if (!row?.started_at)
    return 'waiting'
  return row.status === 'failed' ? 'failed' : 'filling'
}

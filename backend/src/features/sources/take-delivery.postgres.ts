import { AppError } from '@comptoir/shared/errors'
import type { AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { Database } from '../../platform/storage/database.ts'
import { readDelivery } from './ad-reading.ts'
import { storeAdCosts } from './ad-costs.postgres.ts'
import type { SourceTable } from './read-table.ts'
import { finishRun, type RunPlace, type Settled } from './source-runs.postgres.ts'
import type { SourceRow } from './sources.postgres.ts'

/**
 * Rows and their run in one transaction: killed in between, the next try finds neither.
 * @throws AppError source.columns_missing, source.no_rows, source.not_found
 */
export async function takeTable(db: Database, source: Pick<SourceRow, 'source_id' | 'settings'>, place: RunPlace, table: SourceTable, now: Date): Promise<Settled> {
  const { rows, read, refused } = readDelivery(table, source.settings as AdCostSettings)
  return db.transaction().execute(async (tx) => {
    // Two deliveries of one source take turns; one of a source that was taken away meanwhile is not stored.
    const live = await tx.selectFrom('data_sources').select('source_id').where('portal_id', '=', place.portalId).where('source_id', '=', source.source_id)
      .where('removed_at', 'is', null).forUpdate().executeTakeFirst()
    if (!live)
      throw new AppError('source.not_found')
    const settled = { read, refused, ...await storeAdCosts(tx, { portalId: place.portalId, sourceId: source.source_id }, rows) }
    await finishRun(tx, place, settled, now)
    return settled
  })
}

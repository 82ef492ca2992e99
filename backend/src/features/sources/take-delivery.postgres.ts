import { createHash } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'
import { replacedBy, type AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { readDelivery } from './ad-reading.ts'
import { storeAdCosts } from './ad-costs.postgres.ts'
import type { SourceTable } from './read-table.ts'
import { finishRun, type RunPlace, type Settled } from './source-runs.postgres.ts'
import type { SourceRow } from './sources.postgres.ts'

/** A delivery that its sender can repeat when no answer came: under the same name it is taken once. */
interface Delivery { readonly key: string, readonly body: string }
type DeliveryPlace = RunPlace & { readonly delivery?: Delivery }

/**
 * Rows and their run in one transaction: killed in between, the next try finds neither.
 * @throws AppError source.columns_missing, source.no_rows, source.not_found, source.delivery_differs
 */
export async function takeTable(db: Database, source: Pick<SourceRow, 'source_id' | 'kind' | 'settings'>, place: DeliveryPlace, table: SourceTable, now: Date): Promise<Settled> {
  const settings = source.settings as AdCostSettings
  const { rows, read, refused } = await readDelivery(table, settings)
  return db.transaction().execute(async (tx) => {
    // Two deliveries of one source take turns; one of a source that was taken away meanwhile is not stored.
    const live = await tx.selectFrom('data_sources').select('source_id').where('portal_id', '=', place.portalId).where('source_id', '=', source.source_id)
      .where('removed_at', 'is', null).forUpdate().executeTakeFirst()
    if (!live)
      throw new AppError('source.not_found')
    const told = place.delivery && await toldBefore(tx, source.source_id, place, place.delivery)
    if (told)
      return told
    const settled = { read, refused, ...await storeAdCosts(tx, { portalId: place.portalId, sourceId: source.source_id }, rows, settings.replaces ?? replacedBy(source.kind)) }
    await finishRun(tx, place, settled, now)
    if (place.delivery)
      await tx.updateTable('source_runs').set({ delivery_key: place.delivery.key, delivery_hash: hashOf(place.delivery.body) })
        .where('portal_id', '=', place.portalId).where('run_id', '=', place.runId).execute()
    return settled
  })
}

/** What an earlier delivery of the same name came to; the new one leaves no trace beside it. */
async function toldBefore(tx: Tx, sourceId: string, { portalId, runId }: RunPlace, { key, body }: Delivery): Promise<Settled | null> {
  const known = await tx.selectFrom('source_runs').select(['delivery_hash', 'rows_read as read', 'rows_new as added', 'rows_changed as changed', 'rows_same as same', 'rows_removed as removed', 'rows_refused as refused'])
    .where('portal_id', '=', portalId).where('source_id', '=', sourceId).where('delivery_key', '=', key).executeTakeFirst()
  if (!known)
    return null
  const { delivery_hash: hash, ...settled } = known
  if (!hash?.equals(hashOf(body)))
    throw new AppError('source.delivery_differs')
  await tx.deleteFrom('source_runs').where('portal_id', '=', portalId).where('run_id', '=', runId).execute()
  return settled
}

const hashOf = (body: string): Buffer => createHash('sha256').update(body).digest()

import { createHash } from 'node:crypto'
import type { ForecastAnswer, ForecastMetric } from '@comptoir/shared/forecasts/forecast.contract'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { dealOnlooker, dealScopeKey } from '../../platform/access/deal-gate.postgres.ts'
import { systemUserId, vendorScopeKey } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Foreseen } from './answer.ts'
import type { MonthValue, Reader } from './months-port.ts'
import type { Snapshot } from './record.ts'

export interface SnapshotSubject { readonly metric: ForecastMetric, readonly categoryId: number | null }

/** Long enough for a year ahead to be met. */
const mostSnapshots = 60

const hashOf = (months: readonly MonthValue[]): string => createHash('sha256').update(JSON.stringify(months)).digest('hex').slice(0, 32)

/** Of vendors' metrics, whose prices are seen belongs to it. */
export async function scopeKeyOf(db: Database, { portal, viewer }: Reader, metric: ForecastMetric): Promise<string> {
  const deals = dealScopeKey(dealOnlooker(portal, viewer))
  return ['purchase', 'payable'].includes(metricCatalogue[metric].subject) ? `${deals}, vendors ${await vendorScopeKey(db, { portal, viewer }, 'prices')}` : deals
}

/** Kept once for the same values, however often it is looked at. */
export async function keepSnapshot(db: Database, reader: Reader, { metric, categoryId }: SnapshotSubject, { months, currency, answer, paths, madeAt }: { months: readonly MonthValue[], currency: string | null, answer: ForecastAnswer, paths: Foreseen['paths'], madeAt: Date }): Promise<void> {
  await db.insertInto('forecast_snapshots').values({
    portal_id: reader.portal.id, user_id: reader.viewer.userId, scope_key: await scopeKeyOf(db, reader, metric), metric, category_id: categoryId,
    from_month: answer.months[0]!.month, series_hash: hashOf(months), currency, method: answer.method,
    months: JSON.stringify(answer.months), paths: JSON.stringify(paths), made_at: madeAt,
  }).onConflict(conflict => conflict.doNothing()).execute()
}

/** Whether this month has been foretold to those of such rights. */
export async function isForetold(db: Database, reader: Reader, metric: ForecastMetric, month: string): Promise<boolean> {
  const scopeKey = await scopeKeyOf(db, reader, metric)
  const found = await db.selectFrom('forecast_snapshots').select('snapshot_id')
    .where('portal_id', '=', reader.portal.id).where('user_id', '=', reader.viewer.userId).where('metric', '=', metric).where('category_id', 'is', null)
    .where(eb => eb.or([eb('currency', 'is', null), eb('currency', '=', reader.portal.currency)]))
    .where('from_month', '=', month).where('scope_key', '=', scopeKey).limit(1).executeTakeFirst()
  return found !== undefined
}

/**
 * Newest first: what the viewer was shown, and what was foretold each month for everybody who has all rights. Another
 * base currency is another series, and so are the records of other rights.
 */
export async function readSnapshots(db: Database, reader: Reader, { metric, categoryId }: SnapshotSubject, currency: string | null): Promise<Snapshot[]> {
  const { portal, viewer } = reader
  const scopeKey = await scopeKeyOf(db, reader, metric)
  const rows = await db.selectFrom('forecast_snapshots').select(['made_at', 'from_month', 'method', 'months', 'paths', 'series_hash'])
    .where('portal_id', '=', portal.id).where('user_id', 'in', [viewer.userId, systemUserId]).where('metric', '=', metric)
    .where('category_id', 'is not distinct from', categoryId).where('currency', 'is not distinct from', currency)
    .where(eb => eb.or([eb('scope_key', 'is', null), eb('scope_key', '=', scopeKey)]))
    .orderBy('made_at', 'desc').limit(mostSnapshots).execute()
  return rows.map(({ made_at, from_month, method, months, paths }) => ({ madeAt: made_at.toISOString(), fromMonth: from_month, method, months, paths }))
}

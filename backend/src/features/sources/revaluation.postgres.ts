import { sql } from 'kysely'
import type { Revaluation } from '@comptoir/shared/sources/exchange-rate.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'

/** What a request recalculates itself: well below a second. */
export const recordsAtOnce = 2000

/** Changes of rates and batches take turns. */
export const takeTurns = (tx: Tx, portalId: number): Promise<unknown> => sql`select exchange_rates_take_turns(${portalId})`.execute(tx)

/** What rates change in this transaction concerns is noted, instead of being recalculated at once. */
export const recalculateInBatches = (tx: Tx): Promise<unknown> => sql`select set_config('comptoir.revaluation', 'batches', true)`.execute(tx)

/** What is being deleted with its portal is not worth the work, and must not stand in the way. */
export const pendingRevaluations = (db: Database | Tx) => db.selectFrom('exchange_rate_revaluations as r')
  .innerJoin('portals as p', 'p.portal_id', 'r.portal_id').where('p.uninstalled_at', 'is', null)

/** The next records of a portal, of one currency after the other. False: there are none. */
export async function revalueBatch(tx: Tx, portalId: number, size: number): Promise<boolean> {
  const pending = await pendingRevaluations(tx).select('r.currency').where('r.portal_id', '=', portalId).orderBy('r.currency').limit(1).executeTakeFirst()
  if (!pending)
    return false
  await revalueSome(tx, portalId, pending.currency, size)
  return true
}

export const revalueSome = (tx: Tx, portalId: number, currency: string, size: number): Promise<unknown> =>
  sql`select crm_amounts_revalue_batch(${portalId}, ${currency}, ${size})`.execute(tx)

export const readRevaluations = (db: Database | Tx, portalId: number): Promise<Revaluation[]> => db.selectFrom('exchange_rate_revaluations')
  .select(['currency', 'done_count as done', 'record_count as total']).where('portal_id', '=', portalId).orderBy('currency').execute()

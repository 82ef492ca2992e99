import type { Database } from '../../platform/storage/database.ts'
import { dealIdsAbove } from './deal-details.postgres.ts'
import { dropHints, readHints, type Hint } from './hints.postgres.ts'
import type { DealSource } from './product-row-reading.job.ts'
import { saveState, type EntityState } from './sync-state.postgres.ts'

interface Place {
  readonly db: Database
  readonly portalId: number
  readonly state: EntityState
  readonly now: () => Date
}

/** Every deal of the mirror once, in ascending order. */
export function allDeals({ db, portalId, state, now }: Place): DealSource {
  let asked = state.cursor
  let rowsRead = state.cursor > 0 ? state.rows_read : 0
  return {
    async next(limit) {
      const dealIds = await dealIdsAbove(db, portalId, asked, limit)
      asked = dealIds.at(-1) ?? asked
      return dealIds
    },
    async done(tx, { dealIds, rows }) {
      rowsRead += rows
      await saveState(tx, portalId, 'product_rows', { rows_read: rowsRead, status: 'running', error_code: null, ...(dealIds.length > 0 && { cursor: dealIds.at(-1) }) })
    },
    finish: tx => saveState(tx, portalId, 'product_rows', { cursor: 0, mode: 'incremental', status: 'idle', watermark: now(), finished_at: now() }),
  }
}

/** The deals that changed since. */
export function changedDeals({ db, portalId, now }: Place): DealSource {
  const taken = new Map<number, Hint>()
  let rowsRead = 0
  return {
    async next(limit) {
      // Hints stay until they were followed, so those already taken are read again and left out.
      const hints = await readHints(db, portalId, 'product_rows', taken.size + limit)
      const fresh = hints.filter(({ entityId }) => !taken.has(entityId)).slice(0, limit)
      fresh.forEach(hint => taken.set(hint.entityId, hint))
      return fresh.map(({ entityId }) => entityId)
    },
    async done(tx, { dealIds, rows }) {
      rowsRead += rows
      await dropHints(tx, portalId, 'product_rows', dealIds.map(dealId => taken.get(dealId)).filter(hint => hint !== undefined))
      await saveState(tx, portalId, 'product_rows', { rows_read: rowsRead, status: 'running', error_code: null })
    },
    finish: tx => saveState(tx, portalId, 'product_rows', { status: 'idle', watermark: now(), finished_at: now() }),
  }
}

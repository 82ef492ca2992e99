import type { ChangeOrigin } from '@comptoir/shared/access/history.contract'
import { changedParts, type RecordField, type RecordParts } from '@comptoir/shared/access/record-change'
import type { Tx } from '../storage/database.ts'

export interface Change {
  readonly portalId: number
  readonly vendorId: string
  readonly field: RecordField
  /** Null when it was not there before. */
  readonly from: RecordParts | null
  /** Null when it is gone. */
  readonly to: RecordParts | null
  readonly by: number | null
  readonly origin?: ChangeOrigin
  readonly reason?: string | null
  /** Now, when absent. */
  readonly at?: Date
}

/** Writes into the vendor's append-only history what has become of a document, in the transaction that did it; nothing where nothing changed. */
export async function recordHistory(tx: Tx, changes: readonly Change[]): Promise<void> {
  const lines = changes.flatMap(({ portalId, vendorId, field, from, to, by, origin = 'person', reason = null, at }) => {
    const changed = changedParts(from, to)
    return changed
      ? [{
          portal_id: portalId, vendor_id: vendorId, field, old_value: changed.from && JSON.stringify(changed.from), new_value: changed.to && JSON.stringify(changed.to),
          reason, origin, ...(at && { at }), by_user_id: by || null,
        }]
      : []
  })
  if (lines.length > 0)
    await tx.insertInto('vendor_changes').values(lines).execute()
}

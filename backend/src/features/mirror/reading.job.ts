import type { MirrorEntity } from '@comptoir/shared/mirror/mirror.contract'
import type { BatchAnswer, Command } from '../../platform/bitrix24/batch.ts'
import type { Tx } from '../../platform/storage/database.ts'

/**
 * One entity being read. A run fills each batch with the commands of all its readings, so that what one leaves free
 * the next one uses; then everything a batch brought is written in one transaction, places included.
 */
export interface Reading {
  readonly entity: MirrorEntity
  readonly isDone: boolean
  /** Has one command that must not wait for the chains before it: the one that counts. */
  readonly isUncounted?: boolean
  commands(slots: number): Promise<readonly Command[]> | readonly Command[]
  /** What to write. Throws an AppError when its commands brought nothing but a fault. */
  take(answer: BatchAnswer): (tx: Tx) => Promise<void>
  /** Once nothing is left, also when there was nothing to begin with. */
  readonly finish?: (tx: Tx) => Promise<void>
}

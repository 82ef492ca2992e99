import type { Database, Tx } from '../../platform/storage/database.ts'

export interface PurchasingDeps {
  readonly db: Database
  readonly now: () => Date
  /** Told in the same transaction whenever an invoice is written, moved to another status or about to be deleted. */
  readonly onInvoice?: (tx: Tx, invoice: { portalId: number, invoiceId: string, isDeleted: boolean }) => Promise<void>
}

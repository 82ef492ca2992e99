import { netTransfers, type Netting } from '@comptoir/shared/payments/netting'

interface ItemRow {
  readonly item_id: string
  readonly payable_id: string
  readonly vendor_id: string
  readonly currency: string
}

interface NettedRow {
  readonly payable_id: string
  readonly vendor_id: string
  readonly currency: string
  readonly amount_minor: number
  readonly reference: string
}

/** The transfers that the lines of a run make, by the payables as they are now. */
export function netItems(items: readonly ItemRow[], payables: ReadonlyMap<string, NettedRow>): Netting {
  return netTransfers(items.flatMap(({ item_id: itemId, payable_id }) => {
    const row = payables.get(payable_id)
    return row ? [{ itemId, vendorId: row.vendor_id, currency: row.currency, amountMinor: row.amount_minor, reference: row.reference }] : []
  }))
}

/** Before there are lines: the payables of credit notes that would leave their vendor nothing to be paid. */
export const exceedingPayables = (rows: readonly NettedRow[]): ReadonlySet<string> =>
  new Set(netTransfers(rows.map(row => ({ itemId: row.payable_id, vendorId: row.vendor_id, currency: row.currency, amountMinor: row.amount_minor, reference: row.reference })))
    .exceeding.map(({ itemId }) => itemId))

export interface NetItem {
  readonly itemId: string
  readonly vendorId: string
  readonly currency: string
  /** Negative: a credit note. */
  readonly amountMinor: number
  readonly reference: string
}

export interface NetTransfer {
  /** The line that the transfer is known by at the bank. */
  readonly leadId: string
  readonly items: readonly NetItem[]
  readonly amountMinor: number
}

export interface Netting {
  readonly transfers: readonly NetTransfer[]
  /** Credit notes that leave their vendor nothing to be paid: there is no transfer of nothing, nor of less. */
  readonly exceeding: readonly NetItem[]
}

/** Lines of a run as transfers: where a vendor has a credit note among them, its lines of that currency go together; else each on its own. */
export function netTransfers(items: readonly NetItem[]): Netting {
  const groups = Map.groupBy(items, ({ vendorId, currency }) => `${vendorId} ${currency}`)
  const transfers: NetTransfer[] = []
  const exceeding: NetItem[] = []
  for (const group of groups.values()) {
    const credits = group.filter(({ amountMinor }) => amountMinor < 0)
    if (credits.length === 0) {
      transfers.push(...group.map(item => ({ leadId: item.itemId, items: [item], amountMinor: item.amountMinor })))
      continue
    }
    const amountMinor = group.reduce((sum, item) => sum + item.amountMinor, 0)
    const lead = group.find(item => item.amountMinor > 0)
    if (lead && amountMinor > 0)
      transfers.push({ leadId: lead.itemId, items: group, amountMinor })
    else
      exceeding.push(...credits)
  }
  return { transfers, exceeding }
}

/** What fits into the free text of a transfer. */
const longest = 140

const decimal = (minor: number): string => `${minor < 0 ? '-' : ''}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`

/** Invoices and credit notes of one transfer, with their amounts while there is room, else as many references as fit. */
export function remittanceOf(given: readonly NetItem[]): string {
  const items = given.toSorted((one, other) => Number(one.amountMinor < 0) - Number(other.amountMinor < 0))
  const whole = items.map(({ reference, amountMinor }) => `${reference} ${decimal(amountMinor)}`).join(', ')
  if (whole.length <= longest)
    return whole
  const references = items.map(({ reference }) => reference)
  for (let shown = references.length; shown > 0; shown--) {
    const text = `${references.slice(0, shown).join(', ')}${shown < references.length ? ` +${references.length - shown}` : ''}`
    if (text.length <= longest)
      return text
  }
  return `${items.length} documents`
}

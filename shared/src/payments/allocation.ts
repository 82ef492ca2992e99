export interface Allocation {
  readonly payableId: string
  /** Of this payable; negative for a credit note. */
  readonly amountMinor: number
}

export interface OwedPayable {
  readonly payableId: string
  readonly amountMinor: number
  readonly currency: string
}

export interface AllocatedBooking {
  /** Negative leaves the account. */
  readonly amountMinor: number
  readonly currency: string
}

/** A part of an invoice may be paid, but a credit note is taken off as a whole. */
const fits = ({ amountMinor: paid }: Allocation, { amountMinor: owed }: OwedPayable): boolean =>
  paid === owed || (paid > 0 && paid < owed)

/** Whether a booking is given out to the cent: to payables of its currency, each once, and no more than it is owed. */
export function isAllocated(booking: AllocatedBooking, allocations: readonly Allocation[], payables: readonly OwedPayable[]): boolean {
  const isEachPayable = allocations.every((allocation) => {
    const payable = payables.find(({ payableId }) => payableId === allocation.payableId)
    return payable !== undefined && payable.currency === booking.currency && fits(allocation, payable)
  })
  const isEachOnce = new Set(allocations.map(({ payableId }) => payableId)).size === allocations.length
  return isEachPayable && isEachOnce && leftToAllocate(booking, allocations) === 0
}

export const leftToAllocate = ({ amountMinor }: Pick<AllocatedBooking, 'amountMinor'>, allocations: readonly Pick<Allocation, 'amountMinor'>[]): number =>
  allocations.reduce((left, allocation) => left - allocation.amountMinor, -amountMinor)

/** What a payable is given at first when it is added: all it is owed, or what is left of the booking. */
export const firstShare = (leftMinor: number, owedMinor: number): number =>
  owedMinor > 0 && leftMinor > 0 ? Math.min(leftMinor, owedMinor) : owedMinor

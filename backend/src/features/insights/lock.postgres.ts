import { sql, type RawBuilder } from 'kysely'
import type { Ask, AskedPeriods } from './ask.ts'

/** The record that a page is about: a deal, or a company as customer and as vendor. */
export type Lock =
  | { readonly kind: 'deal', readonly dealId: number }
  | {
    readonly kind: 'company'
    /** Null: not in the CRM. */
    readonly companyId: number | null
    /** Null: not a vendor. */
    readonly vendorId: string | null
  }

/** Numbers of this record alone: added to every filter, and never taken away by one. */
export function lockedTo(lock: Lock, { current, previous }: AskedPeriods): AskedPeriods {
  const isOfRecord = dealCondition(lock)
  const locked = (ask: Ask): Ask => ({ ...ask, lock, segment: ask.segment === null ? isOfRecord : sql`(${isOfRecord} and ${ask.segment})` })
  return { current: { ...locked(current), freeSegment: current.segment }, previous: previous && { ...locked(previous), freeSegment: previous.segment } }
}

function dealCondition(lock: Lock): RawBuilder<boolean> {
  if (lock.kind === 'deal')
    return sql`d.deal_id = ${lock.dealId}`
  return lock.companyId === null ? sql`false` : sql`d.company_id = ${lock.companyId}`
}

/** As it was asked before it was about one record. */
export const unlocked = (ask: Ask): Ask => ({ ...ask, lock: null, segment: ask.freeSegment })

export const isOfLockedVendor = ({ vendorId }: Extract<Lock, { kind: 'company' }>, vendor: RawBuilder<unknown>): RawBuilder<boolean> =>
  vendorId === null ? sql`false` : sql`${vendor} = ${vendorId}::uuid`

import type { DuplicateReason } from '@comptoir/shared/imports/import.contract'
import { foldName } from '@comptoir/shared/imports/vendor-identity'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { KnownVendor, VendorValues } from './known-vendor.ts'

/** A newcomer and whom it may be. */
export interface DuplicateProposal {
  readonly incomingKey: string
  readonly line: number
  readonly incoming: VendorValues
  readonly reason: DuplicateReason
  readonly score: number
  /** Null when the other is a newcomer of the same file. */
  readonly vendorId: string | null
  readonly otherKey: string | null
  readonly candidate: VendorValues
}

interface Newcomer {
  readonly key: string
  readonly line: number
  readonly values: VendorValues
}

/** Beyond this, newcomers of one file are no longer compared with each other: memory stays flat. */
const comparedNewcomers = 20_000

/** Two that carry different SIRENs are two firms, however alike their names are. */
const areOthers = (one: VendorValues, other: VendorValues): boolean =>
  one.siren !== null && other.siren !== null && one.siren !== other.siren

/** Remembers the newcomers of a file and proposes whom each may be, the surest sign first. */
export class DuplicateFinder {
  readonly #byNameKey = new Map<string, Newcomer>()

  propose(newcomer: KnownVendor, line: number, known: readonly KnownVendor[]): DuplicateProposal | null {
    const { values } = newcomer
    const self: Newcomer = { key: foldName(String(values.name)), line, values }
    const propose = (reason: DuplicateReason, score: number, vendorId: string | null, otherKey: string | null, candidate: VendorValues): DuplicateProposal =>
      ({ incomingKey: self.key, line, incoming: values, reason, score, vendorId, otherKey, candidate })
    const key = nameKey(String(values.name))
    const twin = this.#byNameKey.get(key)
    if (!twin && this.#byNameKey.size < comparedNewcomers)
      this.#byNameKey.set(key, self)
    const sure = known.filter(vendor => vendor.version !== null && !areOthers(values, vendor.values))
    const signs: readonly (readonly [DuplicateReason, number, (vendor: KnownVendor) => boolean])[] = [
      ['same_key', 1, vendor => nameKey(String(vendor.values.name)) === key],
      ['iban', 0.95, vendor => values.iban !== null && vendor.values.iban === values.iban],
      ['code', 0.9, vendor => values.code !== null && vendor.values.code === values.code],
    ]
    for (const [reason, score, test] of signs) {
      const match = sure.find(test)
      if (match)
        return propose(reason, score, match.vendorId, null, match.values)
    }
    return twin && twin.key !== self.key && !areOthers(values, twin.values) ? propose('same_key', 1, null, twin.key, twin.values) : null
  }
}

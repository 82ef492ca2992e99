import { nameKey } from '../vendors/name-key.ts'
import type { VendorKey } from './fields.ts'
import { keyHash, KeyTable } from './key-table.ts'
import type { IncomingVendor } from './row-context.ts'

/** What tells one vendor from another; null where unknown. */
export type VendorIdentity = Readonly<Record<VendorKey, string | null>>

/** Letter case and blanks never make two suppliers. Legal forms and accents might: those are proposed, not decided. */
export const foldName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

type Identifying = Pick<IncomingVendor, 'name' | 'code' | 'siren' | 'siret' | 'vatNumber' | 'iban'>

/** A SIRET and a French VAT number contain the SIREN of the firm they belong to. */
export function sirenOf({ siren, siret, vatNumber }: Pick<Identifying, 'siren' | 'siret' | 'vatNumber'>): string | null {
  return siren ?? siret?.slice(0, 9) ?? /^FR\d{2}(\d{9})$/.exec(vatNumber ?? '')?.[1] ?? null
}

export function identityOf(vendor: Identifying, options: { readonly mergeSameKey?: boolean } = {}): VendorIdentity {
  const name = vendor.name === null ? null : options.mergeSameKey ? nameKey(vendor.name) : foldName(vendor.name)
  return { siren: sirenOf(vendor), vatNumber: vendor.vatNumber, iban: vendor.iban, code: vendor.code, name: name === '' ? null : name }
}

/** The keys before this one that both know and that differ: then the two are not one vendor, whatever a weaker key says. */
export function contradicts(one: VendorIdentity, other: VendorIdentity, keys: readonly VendorKey[], upTo: VendorKey): boolean {
  return keys.slice(0, keys.indexOf(upTo)).some(key => one[key] !== null && other[key] !== null && one[key] !== other[key])
}

/** Vendors of a batch or a portal, found by the strongest key they share with a newcomer. */
export class VendorIndex<V extends { readonly identity: VendorIdentity }> {
  readonly #keys: readonly VendorKey[]
  readonly #byKey = new Map<string, V[]>()

  constructor(keys: readonly VendorKey[]) {
    this.#keys = keys
  }

  add(vendor: V): void {
    for (const key of this.#keys) {
      const value = vendor.identity[key]
      if (value === null)
        continue
      const place = `${key}:${value}`
      const there = this.#byKey.get(place)
      if (there)
        there.push(vendor)
      else
        this.#byKey.set(place, [vendor])
    }
  }

  find(identity: VendorIdentity): { readonly vendor: V, readonly by: VendorKey } | null {
    for (const key of this.#keys) {
      const value = identity[key]
      const found = value === null ? undefined : this.#byKey.get(`${key}:${value}`)
        ?.find(vendor => !contradicts(identity, vendor.identity, this.#keys, key))
      if (found)
        return { vendor: found, by: key }
    }
    return null
  }
}

/** The same rule for the vendors a file brings, kept as hashes: a file may name any number of them. */
export class SeenVendors {
  readonly #keys: readonly VendorKey[]
  readonly #ids = new KeyTable()
  readonly #strong = new KeyTable()
  #count = 0

  constructor(keys: readonly VendorKey[]) {
    this.#keys = keys
  }

  get count(): number {
    return this.#count
  }

  /** The number of the vendor and whether this is its first line. */
  meet(identity: VendorIdentity): { readonly id: number, readonly isNew: boolean } {
    const known = this.#find(identity)
    const id = known ?? ++this.#count
    this.#keys.forEach((key, rank) => {
      const value = identity[key]
      if (value === null)
        return
      const place = keyHash(`${key}:${value}`)
      if (this.#ids.get(place) === undefined)
        this.#ids.set(place, id)
      if (rank < this.#keys.length - 1 && this.#strong.get(keyHash(`${id}#${key}`)) === undefined)
        this.#strong.set(keyHash(`${id}#${key}`), keyHash(value))
    })
    return { id, isNew: known === undefined }
  }

  #find(identity: VendorIdentity): number | undefined {
    for (const [rank, key] of this.#keys.entries()) {
      const value = identity[key]
      const id = value === null ? undefined : this.#ids.get(keyHash(`${key}:${value}`))
      if (id !== undefined && !this.#contradicted(id, identity, rank))
        return id
    }
    return undefined
  }

  #contradicted(id: number, identity: VendorIdentity, upTo: number): boolean {
    return this.#keys.slice(0, upTo).some((key) => {
      const value = identity[key]
      const known = value === null ? undefined : this.#strong.get(keyHash(`${id}#${key}`))
      return known !== undefined && known !== keyHash(value!)
    })
  }
}

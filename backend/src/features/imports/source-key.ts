import { hash } from 'node:crypto'
import { keyHash, KeyTable } from '@comptoir/shared/imports/key-table'
import type { IncomingPurchase, IncomingVendor } from '@comptoir/shared/imports/row-context'
import { foldName } from '@comptoir/shared/imports/vendor-identity'
import type { ReadRow } from './import-batch.ts'

/**
 * Names each purchase of a file by what it says, so that the same line in another export, or the same file again, is known.
 * Lines that say exactly the same are told apart by their order: two equal lines of one file are two purchases.
 * Without a reference, or without a day, equal content proves nothing: then only the same file names the same purchase.
 */
export class SourceKeys {
  readonly #fingerprint: string
  readonly #seen = new KeyTable()

  constructor(fingerprint: string) {
    this.#fingerprint = fingerprint
  }

  /** Of every usable row in turn, by line: what is decided about a row later does not change its name. */
  of(rows: readonly ReadRow[]): ReadonlyMap<number, string> {
    return new Map(rows.flatMap(({ reading: { line, usable } }): [number, string][] =>
      usable?.purchase ? [[line, this.next(usable.vendor, usable.purchase)]] : []))
  }

  next(vendor: IncomingVendor, purchase: IncomingPurchase): string {
    const who = vendor.name === null ? vendor.code ?? vendor.siren ?? vendor.siret ?? vendor.vatNumber ?? '' : foldName(vendor.name)
    const when = purchase.isPeriodGuess ? this.#fingerprint : purchase.day
    const what = purchase.reference ?? `${this.#fingerprint}\u0001${purchase.label ?? ''}`
    const content = [who, when, what, purchase.amountMinor, purchase.currency].join('\u0001')
    const ordinal = this.#seen.count(keyHash(content))
    const digest = hash('sha256', content, 'base64url').slice(0, 27)
    return ordinal === 0 ? digest : `${digest}#${ordinal}`
  }
}

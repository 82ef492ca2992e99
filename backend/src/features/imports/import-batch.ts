import type { ImportField } from '@comptoir/shared/imports/fields'
import type { ImportOptions } from '@comptoir/shared/imports/options'
import type { FileProfile } from '@comptoir/shared/imports/profile'
import type { IncomingPurchase, IncomingVendor, RowIssue, RowIssueCode, RowReading } from '@comptoir/shared/imports/row-context'
import { foldName, identityOf, VendorIndex } from '@comptoir/shared/imports/vendor-identity'
import { valuesOf, type KnownVendor } from './known-vendor.ts'
import { applyChanges, mergeVendor, type FieldChange } from './merge-vendor.ts'

/** A row of the file with its cells as they stand there, and what it reads as once corrections are in place. */
export interface ReadRow {
  readonly cells: readonly string[]
  readonly reading: RowReading
}

/** What a person decided about a newcomer, by its folded name. */
export type Decision =
  | { readonly kind: 'new' | 'skip' }
  | { readonly kind: 'merge', readonly vendorId: string }
  | { readonly kind: 'merge', readonly vendorId: null, readonly name: string }

export interface BatchContext {
  readonly profile: FileProfile
  readonly options: ImportOptions
  readonly decisions: ReadonlyMap<string, Decision>
  readonly newId: () => string
}

/** A row that found its vendor. */
export interface SettledRow {
  readonly line: number
  readonly vendor: KnownVendor
  readonly isNew: boolean
  readonly incoming: IncomingVendor
  readonly purchase: IncomingPurchase | null
  readonly changes: readonly FieldChange[]
}

export interface SettledBatch {
  readonly rows: readonly SettledRow[]
  /** Vendors that the batch creates, each once. */
  readonly created: readonly KnownVendor[]
  readonly issues: ReadonlyMap<number, readonly RowIssue[]>
  /** Bank details in the file that differ from those on file: the last ones for each vendor. A second person decides. */
  readonly bankOffers: readonly BankOffer[]
}

export interface BankOffer {
  readonly vendorId: string
  readonly from: { readonly iban: string | null, readonly bic: string | null }
  readonly to: { readonly iban: string | null, readonly bic: string | null }
}

/** Finds or creates the vendor of every usable row. Nothing is written here. */
export class BatchSettler {
  readonly #context: BatchContext
  readonly #index: VendorIndex<KnownVendor>
  readonly #byId: ReadonlyMap<string, KnownVendor>
  readonly #codes = new Map<string, string>()
  readonly #mapped: ReadonlySet<ImportField>
  readonly #created: KnownVendor[] = []
  readonly #bankOffers = new Map<string, BankOffer>()

  constructor(known: readonly KnownVendor[], context: BatchContext) {
    this.#context = context
    this.#index = new VendorIndex(context.profile.keys)
    this.#byId = new Map(known.map(vendor => [vendor.vendorId, vendor]))
    this.#mapped = new Set(context.profile.columns.map(({ field }) => field))
    for (const vendor of known)
      this.#learn(vendor)
  }

  settle(rows: readonly ReadRow[]): SettledBatch {
    const settled: SettledRow[] = []
    const issues = new Map<number, readonly RowIssue[]>()
    for (const { reading } of rows) {
      const found: RowIssue[] = [...reading.issues]
      const row = reading.usable && this.#settleRow(reading.line, reading.usable, found)
      if (row)
        settled.push(row)
      if (found.length > 0)
        issues.set(reading.line, found)
    }
    return { rows: settled, created: this.#created, issues, bankOffers: [...this.#bankOffers.values()] }
  }

  #settleRow(line: number, { vendor, purchase }: NonNullable<RowReading['usable']>, issues: RowIssue[]): SettledRow | null {
    const { decisions, options } = this.#context
    const decision = vendor.name === null ? undefined : decisions.get(foldName(vendor.name))
    if (decision?.kind === 'skip') {
      issues.push(this.#issue('row.skipped', 'error', 'vendorName', vendor.name ?? ''))
      return null
    }
    const target = decision?.kind === 'merge' && decision.vendorId !== null ? this.#byId.get(decision.vendorId) : undefined
    const incoming = decision?.kind === 'merge' && decision.vendorId === null ? { ...vendor, name: decision.name } : vendor
    const match = target ? { vendor: target, by: 'code' as const } : this.#index.find(identityOf(incoming, options))
    if (match)
      return { line, vendor: match.vendor, isNew: false, incoming, purchase, changes: this.#change(match.vendor, incoming, match.by === 'name' || target !== undefined, issues) }
    if (incoming.name === null) {
      issues.push(this.#issue('vendor.unknown', 'error', 'vendorCode', incoming.code ?? incoming.siren ?? incoming.siret ?? incoming.vatNumber ?? ''))
      return null
    }
    return { line, vendor: this.#create(incoming, issues), isNew: true, incoming, purchase, changes: [] }
  }

  #change(vendor: KnownVendor, incoming: IncomingVendor, isFoundByName: boolean, issues: RowIssue[]): readonly FieldChange[] {
    const { profile, options } = this.#context
    const free = this.#withFreeCode(incoming, vendor.vendorId, issues)
    // Blank cells of attributes count, too: they may erase.
    const values = { ...free, attributes: incoming.attributes, ...profile.isCodeUnreliable && { code: null } }
    // The lines of one file add to each other, so a newcomer takes what its later lines know.
    const updates = vendor.version === null && profile.updates === 'none' ? 'fill' : profile.updates
    const merge = mergeVendor(vendor.values, values, { updates, blankErases: options.blankErases ?? false, mapped: this.#mapped, isFoundByName })
    if (merge.keepsBankDetails) {
      issues.push(this.#issue('iban.kept', 'warning', 'iban', incoming.iban ?? ''))
      this.#offerBankDetails(vendor, values)
    }
    vendor.values = applyChanges(vendor.values, merge.changes)
    if (typeof vendor.values.code === 'string')
      this.#codes.set(vendor.values.code, vendor.vendorId)
    return merge.changes
  }

  /** Newcomers of the file itself have nothing on file yet that another line could change. */
  #offerBankDetails({ vendorId, version, values }: KnownVendor, { iban, bic }: Pick<KnownVendor['values'], 'iban' | 'bic'>): void {
    const text = (value: string | number | null): string | null => value === null ? null : String(value)
    if (version !== null)
      this.#bankOffers.set(vendorId, { vendorId, from: { iban: text(values.iban), bic: text(values.bic) }, to: { iban: text(iban), bic: text(bic ?? values.bic) } })
  }

  #create(incoming: IncomingVendor, issues: RowIssue[]): KnownVendor {
    const vendorId = this.#context.newId()
    const values = this.#withFreeCode(incoming, vendorId, issues)
    const vendor: KnownVendor = { vendorId, version: null, identity: identityOf(incoming, this.#context.options), values }
    this.#learn(vendor)
    this.#created.push(vendor)
    return vendor
  }

  #issue(code: RowIssueCode, severity: RowIssue['severity'], field: ImportField, value: string): RowIssue {
    const column = this.#context.profile.columns.find(mapped => mapped.field === field)?.column ?? null
    return { code, severity, field, column, value, details: {} }
  }

  /** A code belongs to one vendor. Where codes are no key, a second owner is no news. */
  #withFreeCode(incoming: IncomingVendor, vendorId: string, issues: RowIssue[]): ReturnType<typeof valuesOf> {
    const values = valuesOf(incoming)
    const owner = incoming.code === null ? undefined : this.#codes.get(incoming.code)
    if (owner === undefined || owner === vendorId)
      return values
    if (this.#context.profile.keys.includes('code'))
      issues.push(this.#issue('code.taken', 'warning', 'vendorCode', incoming.code ?? ''))
    return { ...values, code: null }
  }

  #learn(vendor: KnownVendor): void {
    this.#index.add(vendor)
    if (typeof vendor.values.code === 'string')
      this.#codes.set(vendor.values.code, vendor.vendorId)
  }
}

import type { ImportField } from '@comptoir/shared/imports/fields'
import type { VendorUpdates } from '@comptoir/shared/imports/options'
import { attributesOf, attributesText, joinWords, splitWords } from '@comptoir/shared/imports/vendor-extras'
import { foldName } from '@comptoir/shared/imports/vendor-identity'
import { writableFields, type VendorValues, type WritableField } from './known-vendor.ts'

export interface FieldChange {
  readonly field: WritableField
  readonly old: string | number | null
  readonly new: string | number | null
}

export interface MergeRules {
  readonly updates: VendorUpdates
  readonly blankErases: boolean
  /** Fields that a column of the file feeds. */
  readonly mapped: ReadonlySet<ImportField>
  /** The name itself told who it is, so it has nothing to correct. */
  readonly isFoundByName: boolean
}

export interface Merge {
  readonly changes: readonly FieldChange[]
  /** The bank details differ: those on file stay until a person changes them. */
  readonly keepsBankDetails: boolean
}

const bankFields = new Set<WritableField>(['iban', 'bic'])

const fieldOfColumn: Partial<Record<WritableField, readonly ImportField[]>> = {
  name: ['vendorName'], code: ['vendorCode'], category: ['vendorCategory', 'category'], paymentTermDays: ['paymentTerm'], siren: ['siren', 'siret', 'vatNumber'],
}

const isMapped = (field: WritableField, mapped: MergeRules['mapped']): boolean =>
  (fieldOfColumn[field] ?? [field as ImportField]).some(column => mapped.has(column))

function isSame(field: WritableField, one: string | number | null, other: string | number | null): boolean {
  return field === 'name' && typeof one === 'string' && typeof other === 'string' ? foldName(one) === foldName(other) : one === other
}

/** Words of the file join those on file; a blank cell takes them away when asked, as with any field. */
function withWords(old: string | null, incoming: string): string | null {
  return joinWords([...splitWords(old), ...splitWords(incoming)])
}

function withAttributes(old: string | null, incoming: string, { updates, blankErases }: MergeRules): string | null {
  const known = attributesOf(old)
  const told = Object.entries(attributesOf(incoming)).filter(([id, value]) =>
    value === null ? blankErases && updates === 'replace' : updates === 'replace' || (known[id] ?? null) === null)
  return attributesText({ ...known, ...Object.fromEntries(told) })
}

function changeOf(field: WritableField, old: string | number | null, incoming: string | number | null, rules: MergeRules): string | number | null {
  if (field === 'attributes')
    return incoming === null ? old : withAttributes(old as string | null, String(incoming), rules)
  if (incoming !== null && (field === 'tags' || field === 'supplies'))
    return withWords(old as string | null, String(incoming))
  if (incoming === null)
    return rules.blankErases && rules.updates === 'replace' && field !== 'name' && !bankFields.has(field) && isMapped(field, rules.mapped) ? null : old
  if (old === null)
    return incoming
  const mayReplace = rules.updates === 'replace' && !bankFields.has(field) && !(field === 'name' && rules.isFoundByName)
  return mayReplace && !isSame(field, old, incoming) ? incoming : old
}

/**
 * What a row changes on a vendor we know. A blank cell erases nothing unless asked;
 * bank details that are on file are never replaced by a file.
 */
export function mergeVendor(known: VendorValues, incoming: VendorValues, rules: MergeRules): Merge {
  if (rules.updates === 'none')
    return { changes: [], keepsBankDetails: false }
  const changes = writableFields.flatMap((field): FieldChange[] => {
    const next = changeOf(field, known[field], incoming[field], rules)
    return next === known[field] ? [] : [{ field, old: known[field], new: next }]
  })
  const keepsBankDetails = incoming.iban !== null && known.iban !== null && incoming.iban !== known.iban
  return { changes, keepsBankDetails }
}

export const applyChanges = (values: VendorValues, changes: readonly FieldChange[]): VendorValues =>
  ({ ...values, ...Object.fromEntries(changes.map(change => [change.field, change.new])) })

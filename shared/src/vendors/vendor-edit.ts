import { checkBic, checkIban, checkSiren, checkSiret, checkVatNumber, type IdentifierCheck, type IdentifierFault } from './identifiers.ts'
import { vendorFieldNames, type VendorField, type VendorFields, type VendorPatch } from './vendor-fields.ts'

export const identifierFields = ['siren', 'siret', 'vatNumber', 'iban', 'bic'] as const
export type IdentifierField = (typeof identifierFields)[number]

export interface FieldFault {
  readonly field: IdentifierField
  readonly reason: IdentifierFault
  readonly details: Readonly<Record<string, string | number>>
}

const checks: Record<IdentifierField, (text: string) => IdentifierCheck> = {
  siren: checkSiren,
  siret: checkSiret,
  vatNumber: checkForeignVat,
  iban: checkIban,
  bic: checkBic,
}

/** A tax number from a country whose rule is not known is kept as typed: it cannot be wrong to us. */
function checkForeignVat(text: string): IdentifierCheck {
  const check = checkVatNumber(text)
  return !check.ok && check.reason === 'country' ? { ok: true, value: text.trim().toUpperCase() } : check
}

/** Null when the identifier is right or empty. */
export function identifierFault(field: IdentifierField, text: string | null | undefined): FieldFault | null {
  if (!text?.trim())
    return null
  const check = checks[field](text)
  return check.ok ? null : { field, reason: check.reason, details: check.details }
}

/** What is wrong with the identifiers that a patch brings, each by itself and the SIRET against its SIREN. */
export function faultsOf(patch: VendorPatch, known: Partial<VendorFields> = {}): readonly FieldFault[] {
  const faults = identifierFields.map(field => identifierFault(field, patch[field])).filter(fault => fault !== null)
  const { siren, siret } = { ...known, ...patch }
  const isTouched = patch.siren !== undefined || patch.siret !== undefined
  const isReadable = !faults.some(({ field }) => field === 'siren' || field === 'siret')
  if (isTouched && isReadable && siren && siret && !tidyText('siret', siret)?.startsWith(tidyText('siren', siren) ?? ''))
    return [...faults, { field: 'siret', reason: 'siren', details: {} }]
  return faults
}

/** As stored: no blanks around, nothing typed is null, identifiers without grouping. */
export function tidyPatch(patch: VendorPatch): VendorPatch {
  const entries = vendorFieldNames
    .filter(field => patch[field] !== undefined)
    .map(field => [field, tidyValue(field, patch[field])])
  return Object.fromEntries(entries) as VendorPatch
}

const tidyValue = (field: VendorField, value: string | number | null | undefined): string | number | null =>
  typeof value === 'string' ? tidyText(field, value) : value ?? null

function tidyText(field: VendorField, text: string): string | null {
  const trimmed = text.trim()
  if (trimmed === '')
    return null
  const check = isIdentifier(field) ? checks[field](trimmed) : null
  return check?.ok ? check.value : trimmed
}

const isIdentifier = (field: VendorField): field is IdentifierField =>
  (identifierFields as readonly string[]).includes(field)

/** The fields of a patch that differ from what is known. */
export const changedFields = (known: Partial<VendorFields>, patch: VendorPatch): readonly VendorField[] =>
  vendorFieldNames.filter(field => patch[field] !== undefined && (patch[field] ?? null) !== (known[field] ?? null))

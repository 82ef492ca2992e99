import { attributeGroups, type AttributeGroup } from '../attributes/attribute.ts'
import { isRecordField } from './record-change.ts'

/** What stands for a value that the viewer may not read: one sees that there is one, and which account it may be. */
const dots = '••••'

/** `FR76 •••• •••• 1234`: country and check digits say which bank's customer it is not; the end tells accounts apart. */
export const maskIban = (iban: string | null): string | null =>
  iban && `${iban.slice(0, 4)} ${dots} ${dots} ${iban.slice(-4)}`

export const maskBic = (bic: string | null): string | null => bic && `${dots}${dots}`

export const maskText = (text: string | null): string | null => text && dots

/** A masked value comes back only by mistake: it is never one to store. */
export const isMasked = (text: string | null | undefined): boolean => text?.includes(dots) ?? false

/** Lines about attributes of the portal's own are called `attribute:<group>:<label>`. */
const groupOfAttribute = (field: string): AttributeGroup | undefined =>
  field.startsWith('attribute:') ? attributeGroups.find(group => group === field.split(':')[1]) : undefined

/** A value of the history whose field group may be closed: masked where that tells which account, else left out. */
export function seenValue(field: string, value: unknown, open: { readonly bank: boolean, readonly prices: boolean, readonly documents?: boolean }): unknown {
  if (field === 'iban' && !open.bank)
    return typeof value === 'string' ? maskIban(value) : null
  if (field === 'bic' && !open.bank)
    return typeof value === 'string' ? maskBic(value) : null
  if ((field === 'accountHolder' || field === 'bankProof') && !open.bank)
    return typeof value === 'string' ? maskText(value) : null
  if (field === 'deal' && !open.prices && value !== null && value !== undefined)
    return { dealId: (value as { dealId?: number }).dealId ?? null }
  const group = groupOfAttribute(field)
  if (group && group !== 'identity' && !open[group])
    return value === null || value === undefined ? null : dots
  // That there was one is told, not which.
  if (isRecordField(field) && !(field === 'file' ? open.documents : open.prices))
    return value === null || value === undefined ? null : {}
  return value
}

import type { VendorStatus } from '../vendors/vendor-status.ts'

export const attributeKinds = ['text', 'number', 'date', 'choice', 'choices', 'yesNo', 'link'] as const
export type AttributeKind = (typeof attributeKinds)[number]

/** Values belong to a group of fields and are seen by whoever may see that group. */
export const attributeGroups = ['identity', 'prices', 'bank'] as const
export type AttributeGroup = (typeof attributeGroups)[number]

export const requiredStarts = ['never', 'onboarding', 'active'] as const
export type RequiredStart = (typeof requiredStarts)[number]

/** Null where nothing was said. */
export type AttributeValue = string | number | boolean | readonly string[] | null

export interface AttributeRule {
  readonly kind: AttributeKind
  readonly options: readonly string[]
  readonly requiredFrom: RequiredStart
}

export type ValueFault = 'text' | 'number' | 'date' | 'option' | 'yesNo' | 'link'

const maxText = 2_000

/** What is wrong with a value; null when it may be kept. */
export function valueFault({ kind, options }: AttributeRule, value: AttributeValue): ValueFault | null {
  if (value === null)
    return null
  const isText = typeof value === 'string' && value.length <= maxText
  switch (kind) {
    case 'text': return isText ? null : 'text'
    case 'number': return typeof value === 'number' && Number.isFinite(value) ? null : 'number'
    case 'yesNo': return typeof value === 'boolean' ? null : 'yesNo'
    case 'date': return isText && isDay(value) ? null : 'date'
    case 'link': return isText && /^https?:\/\/[^\s]+$/.test(value) ? null : 'link'
    case 'choice': return isText && options.includes(value) ? null : 'option'
    case 'choices': return Array.isArray(value) && value.every(one => options.includes(one as string)) ? null : 'option'
  }
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Empty text and empty lists say nothing. */
export function tidyValue(value: AttributeValue): AttributeValue {
  if (typeof value === 'string')
    return value.trim() || null
  if (Array.isArray(value))
    return value.length > 0 ? [...new Set(value as readonly string[])] : null
  return value
}

const withRequired: Readonly<Record<RequiredStart, readonly VendorStatus[]>> = {
  never: [],
  onboarding: ['onboarding', 'active', 'suspended'],
  active: ['active', 'suspended'],
}

/** A vendor that was let go owes nothing any more. */
export const isRequiredIn = ({ requiredFrom }: Pick<AttributeRule, 'requiredFrom'>, status: VendorStatus): boolean =>
  withRequired[requiredFrom].includes(status)

/** Words as people type them: trimmed, one space, each once whatever its case, in the order given. */
export function tidyWords(words: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const word of words) {
    const tidy = word.trim().replace(/\s+/g, ' ')
    if (tidy && !seen.has(tidy.toLowerCase()))
      seen.set(tidy.toLowerCase(), tidy)
  }
  return [...seen.values()]
}

import { attributesOf, splitWords, type ImportAttribute } from '@comptoir/shared/imports/vendor-extras'
import type { AttributeValue } from '@comptoir/shared/attributes/attribute'
import type { FieldChange } from './merge-vendor.ts'

export interface WordedChange {
  readonly field: string
  readonly old: string | number | null
  readonly new: string | number | null
}

type Text = string | number | null

const worded = (value: AttributeValue): string | null =>
  value === null ? null : Array.isArray(value) ? value.join(', ') : String(value)

const asText = (value: Text): string | null => value === null ? null : String(value)

/** A change as the history and the differences tell it: words side by side, each attribute by its label. */
export function inWords({ field, old, new: next }: FieldChange, attributes: readonly ImportAttribute[]): WordedChange[] {
  if (field === 'tags' || field === 'supplies') {
    const list = (value: Text): string | null => splitWords(asText(value)).join(', ') || null
    return [{ field, old: list(old), new: list(next) }]
  }
  if (field !== 'attributes')
    return [{ field, old, new: next }]
  const [before, after] = [attributesOf(asText(old)), attributesOf(asText(next))]
  return attributes.flatMap(({ attributeId, label, group }) => {
    const change = { field: `attribute:${group}:${label}`, old: worded(before[attributeId] ?? null), new: worded(after[attributeId] ?? null) }
    return change.old === change.new ? [] : [change]
  })
}

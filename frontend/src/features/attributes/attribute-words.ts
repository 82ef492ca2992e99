import type { AttributeKind, AttributeValue } from '@comptoir/shared/attributes/attribute'
import { formatDate } from '../../platform/format/dates.ts'
import { formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'

export const inputClass = 'plain-input w-full'

/** As many as were typed, at most six. */
const decimalsOf = (value: number): number => Math.min(6, (String(value).split('.')[1] ?? '').length)

/** A value as people read it. */
export function valueText(kind: AttributeKind, value: AttributeValue): string {
  if (value === null)
    return NO_VALUE
  if (typeof value === 'boolean')
    return t(value ? 'attributes.yes' : 'attributes.no')
  if (typeof value === 'number')
    return formatNumber(value, { digits: decimalsOf(value) })
  return kind === 'date' && typeof value === 'string' ? formatDate(value) : Array.isArray(value) ? value.join(', ') : String(value)
}

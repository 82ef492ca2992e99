import { tidyWords, valueFault, type AttributeKind, type AttributeValue } from '../attributes/attribute.ts'
import { parseDate } from './dates.ts'
import { attributeField } from './fields.ts'
import { parseAmount } from './numbers.ts'
import { cellOf, report, type ImportPlan, type RowContext } from './row-context.ts'

/** Tags, supplies and the portal's own attributes: beside the fixed fields, each kept as one text so that a row stays flat. */

export interface ImportAttribute {
  readonly attributeId: string
  readonly label: string
  readonly kind: AttributeKind
  readonly options: readonly string[]
  /** As the history names the value: whose eyes it is for. */
  readonly group: string
}

const mostWords = 50
const longestWord = 80

export const joinWords = (words: readonly string[]): string | null => tidyWords(words).join('\n') || null
export const splitWords = (text: string | null): string[] => text === null ? [] : text.split('\n')

type Attributes = Readonly<Record<string, AttributeValue>>

/** One spelling for equal values, whatever their order. */
export function attributesText(values: Attributes): string | null {
  const known = Object.entries(values).filter(([, value]) => value !== null).sort(([one], [other]) => one < other ? -1 : 1)
  return known.length === 0 ? null : JSON.stringify(Object.fromEntries(known))
}

export const attributesOf = (text: string | null): Attributes => text === null ? {} : JSON.parse(text) as Attributes

/** "Informatique, Conseil": one word each. */
export function readWords(context: RowContext, field: 'tags' | 'supplies'): string | null {
  const words = cellOf(context, field).split(/[;,|/]/).map(word => word.trim())
  if (words.length > mostWords || words.some(word => word.length > longestWord))
    report(context, 'text.cut', 'warning', field, { expected: longestWord, found: Math.max(...words.map(word => word.length)) })
  return joinWords(words.slice(0, mostWords).map(word => word.slice(0, longestWord).toWellFormed()))
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
const yes = new Set(['oui', 'o', 'yes', 'y', 'vrai', 'true', '1', 'x', 'ja', 'si'])
const no = new Set(['non', 'n', 'no', 'faux', 'false', '0', 'nein'])

/** What a cell says of an attribute; undefined when it cannot be that. */
function attributeValue({ kind, options }: ImportAttribute, text: string, { decimal, dateOrder }: ImportPlan): AttributeValue | undefined {
  const option = (word: string): string | undefined => options.find(one => fold(one) === fold(word))
  switch (kind) {
    case 'number': {
      const amount = parseAmount(text, decimal, 6)
      return amount.ok ? amount.minor / 1_000_000 : undefined
    }
    case 'date': {
      const date = parseDate(text, dateOrder)
      return date.ok ? date.day : undefined
    }
    case 'yesNo': return yes.has(fold(text)) ? true : no.has(fold(text)) ? false : undefined
    case 'choice': return option(text)
    case 'choices': {
      const found = text.split(/[;,|]/).map(word => word.trim()).filter(word => word !== '').map(option)
      return found.every(word => word !== undefined) ? [...new Set(found)] : undefined
    }
    case 'link': return /^https?:\/\//i.test(text) ? text : `https://${text}`
    case 'text': return text
  }
}

/** A value that does not fit is left out and reported; blank cells of mapped columns say null. */
export function readAttributes(context: RowContext): Readonly<Record<string, AttributeValue>> | null {
  const { attributes, mapping } = context.plan
  const mapped = attributes.filter(({ attributeId }) => mapping[attributeField(attributeId)] !== undefined)
  if (mapped.length === 0)
    return null
  return Object.fromEntries(mapped.map((attribute): [string, AttributeValue] => {
    const field = attributeField(attribute.attributeId)
    const text = cellOf(context, field)
    const value = text === '' ? null : attributeValue(attribute, text, context.plan)
    if (value !== undefined && valueFault({ ...attribute, requiredFrom: 'never' }, value) === null)
      return [attribute.attributeId, value]
    report(context, 'attribute.invalid', 'warning', field, { label: attribute.label })
    return [attribute.attributeId, null]
  }))
}

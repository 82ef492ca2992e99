import { toMajor } from '../money.ts'
import { segmentFields, type FieldId } from './fields.ts'
import { arityOf, type Operator } from './operators.ts'
import { isGroup, type Condition, type Group } from './rule.ts'
import { segmentWords, type SegmentWords, type WordLanguage } from './words.ts'

export interface RuleNames {
  readonly language: WordLanguage
  /** Of the portal: amounts are in it. */
  readonly currency: string
  /** What the CRM calls a choice. */
  readonly nameOf: (field: FieldId, value: number | string) => string
}

/** A rule as a sentence: what stands on the page, in reports and in the log of a decision. */
export function ruleWords(rule: Group, names: RuleNames): string {
  return groupWords(rule, names, segmentWords[names.language])
}

function groupWords(group: Group, names: RuleNames, words: SegmentWords): string {
  const parts = group.rules.map(one => isGroup(one) ? innerWords(one, names, words) : conditionWords(one, names))
  if (group.kind === 'none')
    return `${words.none} (${parts.join(words.semicolon)})`
  return parts.join(` ${group.kind === 'all' ? words.and : words.or} `)
}

const innerWords = (rule: Group, names: RuleNames, words: SegmentWords): string =>
  rule.kind === 'none' ? groupWords(rule, names, words) : `(${groupWords(rule, names, words)})`

export function conditionWords(condition: Condition, names: RuleNames): string {
  const words = segmentWords[names.language]
  const { field, operator, period } = condition
  const values = arityOf(operator) === 'some'
    ? [condition.values.map(value => valueWords(value, condition, names)).join(', ')]
    : condition.values.map(value => valueWords(value, condition, names))
  const asked = segmentFields[field].hasPeriod ? ` ${words.spendPeriods[period ?? 'last_12_months']}` : ''
  const said = values.reduce((text, value) => text.replace('{}', () => value), words.operators[operator])
  return said.startsWith(':') ? `${words.fields[field]}${names.language === 'fr' ? '\u00A0' : ''}${said}` : `${words.fields[field]}${asked} ${said}`
}

function valueWords(value: number | string, { field, operator }: Condition, { language, currency, nameOf }: RuleNames): string {
  const words = segmentWords[language]
  switch (segmentFields[field].kind) {
    case 'money': return `${plainNumber(toMajor(Number(value), currency), words)}\u00A0${currency}`
    case 'number': return plainNumber(Number(value), words)
    case 'choice': return quoted(nameOf(field, value), words)
    case 'text': return quoted(String(value), words)
    case 'day': return dayWords(value, operator, language)
    case 'flag': return ''
  }
}

/** Thousands stand apart by a narrow space in both languages; nothing is rounded. */
function plainNumber(value: number, { decimal }: SegmentWords): string {
  const [whole = '', rest] = String(value).split('.')
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202F') + (rest === undefined ? '' : decimal + rest)
}

const quoted = (text: string, { quotes: [open, close] }: SegmentWords): string => `${open}${text}${close}`

function dayWords(value: number | string, operator: Operator, language: WordLanguage): string {
  const words = segmentWords[language]
  if (operator === 'in_period')
    return words.periods[value as keyof SegmentWords['periods']]
  if (typeof value === 'number')
    return String(value)
  return language === 'fr' ? value.split('-').toReversed().join('/') : value
}

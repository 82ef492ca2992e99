import type { FieldId } from '@comptoir/shared/segments/fields'
import type { Group } from '@comptoir/shared/segments/rule'
import { ruleWords } from '@comptoir/shared/segments/rule-words'
import type { ChoiceName } from '@comptoir/shared/segments/segment.contract'
import { segmentWords, type SegmentWords } from '@comptoir/shared/segments/words'
import { textLanguage } from '../../platform/i18n/i18n.ts'

const language = () => textLanguage() === 'fr' ? 'fr' : 'en'

export const words = (): SegmentWords => segmentWords[language()]

/** Ours by our words, the CRM's by the names that came with the rule; what nobody named stands by its id. */
export const choiceName = (field: FieldId, value: number | string, names: readonly ChoiceName[]): string =>
  words().choices[field]?.[String(value)] ?? names.find(one => one.field === field && one.value === String(value))?.name ?? String(value)

export const sentenceOf = (rule: Group, names: readonly ChoiceName[], currency: string): string =>
  ruleWords(rule, { language: language(), currency, nameOf: (field, value) => choiceName(field, value, names) })

import { markPerson, unmarkPerson } from '@comptoir/shared/actions/acting-person'
import { actsAs } from '@comptoir/shared/actions/definition'
import { fieldsOf, type ActionDefinition, type FieldDefinition, type OperationDefinition } from '@comptoir/shared/actions/definitions'
import { hasExpression } from '@comptoir/shared/actions/expression'
import { checkSettings, isAsked, type RawSettings, type SettingProblem } from '@comptoir/shared/actions/settings'
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue'

/** A setting as it is edited: the typed value and the expression are both kept while one of them is in use. */
export interface FieldEntry {
  typed: string
  expression: string
  isExpression: boolean
  /** Left once, or restored: only then is what is wrong with it said. */
  isTouched: boolean
}

export interface SettingsForm {
  readonly operationId: Ref<string>
  readonly operation: ComputedRef<OperationDefinition | null>
  readonly entries: Readonly<Record<string, FieldEntry>>
  /** Settings that matter for the operation and the other values. */
  readonly asked: ComputedRef<readonly FieldDefinition[]>
  /** Every setting of the action, those that do not matter empty: what the host is to keep. */
  readonly values: ComputedRef<RawSettings>
  readonly problems: ComputedRef<readonly SettingProblem[]>
}

/** What a new step starts with: it works at once for the usual case. */
const defaults: RawSettings = {
  vendorSource: 'document', period: 'last_12_months', metric: 'revenue_won', direction: 'at_least', against: 'previous', horizon: 'this_month', measure: 'revenue', side: 'either',
  check: 'deals_without_amount',
}

export function useSettingsForm(action: ActionDefinition, current: RawSettings): SettingsForm {
  const isNew = Object.keys(current).every(id => id === 'operation')
  const operationId = ref(current.operation ?? action.operations[0]?.id ?? '')
  const entries = reactive(Object.fromEntries(fieldsOf(action).map(field =>
    [field.id, entryOf(field, readable(field, current[field.id] ?? (isNew ? defaults[field.id] : undefined) ?? ''))])))

  const operation = computed(() => action.operations.find(({ id }) => id === operationId.value) ?? null)
  const entered = computed<RawSettings>(() => ({
    operation: operationId.value,
    ...Object.fromEntries(fieldsOf(action).map(field => [field.id, valueOf(field, entries[field.id])])),
  }))
  const asked = computed(() => operation.value?.fields.filter(field => isAsked(field, entered.value)) ?? [])
  const values = computed<RawSettings>(() => {
    const used = new Set(asked.value.map(({ id }) => id))
    return Object.fromEntries(Object.entries(entered.value).map(([id, text]) => [id, id === 'operation' || used.has(id) ? text : '']))
  })
  return {
    operationId, operation, entries, asked, values,
    problems: computed(() => checkSettings(action, values.value, { isResolved: false }).problems),
  }
}

/** A text may hold expressions among its words: it is one value in either way of editing. */
export const isFreeText = ({ kind }: FieldDefinition): boolean => kind === 'text'

function entryOf(field: FieldDefinition, value: string): FieldEntry {
  const isExpression = hasExpression(value)
  const inText = isFreeText(field)
  return {
    typed: isExpression && !inText ? '' : value,
    expression: isExpression && !inText ? value : '',
    // A text that must be given is nearly always a value of the workflow: its list stands open.
    isExpression: isExpression || (inText && Boolean(field.isRequired)),
    isTouched: value !== '',
  }
}

function valueOf(field: FieldDefinition, entry: FieldEntry | undefined): string {
  if (!entry)
    return ''
  const text = (entry.isExpression && !isFreeText(field) ? entry.expression : entry.typed).trim()
  return field.id === actsAs.id ? markPerson(text) : text
}

const readable = ({ id }: FieldDefinition, value: string): string => id === actsAs.id ? unmarkPerson(value) : value

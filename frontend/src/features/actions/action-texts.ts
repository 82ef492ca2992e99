import { actions, fieldsOf, type ActionDefinition, type ActionId, type Bilingual, type FieldDefinition } from '@comptoir/shared/actions/definitions'
import type { ActionEffect, ReturnValue } from '@comptoir/shared/actions/action.contract'
import { formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { hasText, t, textLanguage } from '../../platform/i18n/i18n.ts'

export const inLanguage = (text: Bilingual): string => text[textLanguage()]

export const actionName = (actionId: string): string =>
  Object.hasOwn(actions, actionId) ? inLanguage(actions[actionId as ActionId].name) : actionId

export const operationName = (operationId: string): string => {
  const key = `actions.operations.${operationId}.name`
  return hasText(key) ? t(key) : operationId
}

export const operationHint = (operationId: string): string => {
  const key = `actions.operations.${operationId}.hint`
  return hasText(key) ? t(key) : ''
}

export function optionLabel(fieldId: string, option: string): string {
  const key = fieldId === 'period' ? `ui.period.kinds.${option}` : `actions.options.${fieldId}.${option}`
  return hasText(key) ? t(key) : option
}

export const fieldName = (action: ActionDefinition, fieldId: string): string => {
  if (fieldId === 'operation')
    return t('actions.settings.operation')
  const field = fieldsOf(action).find(({ id }) => id === fieldId)
  return field ? inLanguage(field.name) : fieldId
}

/** A setting as it was stored, in words where it is one of our choices. */
export const settingText = (field: FieldDefinition, value: string): string =>
  value === '' ? NO_VALUE : field.options?.includes(value) ? optionLabel(field.id, value) : value

export const returnName = (action: ActionDefinition, returnId: string): string => {
  const found = action.returns.find(({ id }) => id === returnId)
  return found ? inLanguage(found.name) : returnId
}

/** Values out of a list of ours, by the list that names them. */
const namedReturns: Readonly<Record<string, (value: string) => string>> = {
  verdict: value => `actions.values.verdict.${value}`,
  unit: value => `actions.values.unit.${value}`,
  vendorStatus: value => `actions.options.status.${value}`,
  previousStatus: value => `actions.options.status.${value}`,
}

/** What a workflow receives, readable: told in words, beside the letter or the word that a condition compares. */
export function returnText(value: ReturnValue | undefined, returnId = ''): string {
  if (value === null || value === undefined || value === '')
    return t('actions.returns.empty')
  if (typeof value === 'boolean')
    return t(value ? 'actions.returns.yes' : 'actions.returns.no')
  if (typeof value === 'number')
    return formatNumber(value)
  const key = namedReturns[returnId]?.(value)
  return key !== undefined && hasText(key) && t(key) !== value ? t('actions.returns.named', { words: t(key), value }) : value
}

export const effectText = (effect: ActionEffect): string => effect.kind === 'written'
  ? effect.text
  : t('actions.effects.vendorStatus', { vendor: effect.vendorName, from: optionLabel('status', effect.from), to: optionLabel('status', effect.to) })

/** What is wrong with a setting, in a sentence. */
export const problemText = (reason: string): string => {
  const key = `actions.problems.${reason}`
  return hasText(key) ? t(key) : t('ui.form.invalid')
}

import type { Portal } from '../state.ts'
import type { ActivityProperty } from '../state.bizproc.ts'
import type { AppStep, Step, Template, TemplateProperty, Value } from './model.ts'
import { phpMap } from '../rest/php.ts'
import { isYes, registrationOf } from './app-step.ts'
import { changeStep, localized } from './designer.ts'
import { documentFields } from './document-values.ts'
import { findStep, walkSteps } from './model.ts'
import { innerKey, isMap } from './registration-rules.ts'

export const settingsPlacement = 'BIZPROC_ACTIVITY_PROPERTIES_DIALOG'

export interface DialogOptions {
  readonly language: string
  /** Portals of some versions hand over `NAME`, `MULTIPLE`, … instead of `Name`, `Multiple`. */
  readonly hasUpperCaseKeys?: boolean
}

const yesNo = (isTrue: boolean): 'Y' | 'N' => isTrue ? 'Y' : 'N'

/** Placement options carry no booleans: they travel as texts. */
const flagged = (properties: Readonly<Record<string, TemplateProperty>>): unknown =>
  phpMap(Object.fromEntries(Object.entries(properties).map(([id, property]) =>
    [id, Object.fromEntries(Object.entries(property).map(([key, value]) => [key, typeof value === 'boolean' ? yesNo(value) : value]))])))

const localizedOptions = (options: unknown, language: string) =>
  isMap(options) ? Object.fromEntries(Object.entries(options).map(([key, text]) => [key, localized(text, language)])) : null

function dialogProperty(id: string, property: ActivityProperty, { language, hasUpperCaseKeys }: DialogOptions): Record<string, unknown> {
  const plain = {
    Id: id,
    Type: innerKey(property, 'Type') ?? 'string',
    Name: localized(innerKey(property, 'Name'), language),
    Description: localized(innerKey(property, 'Description'), language),
    Multiple: yesNo(isYes(innerKey(property, 'Multiple'))),
    Required: yesNo(isYes(innerKey(property, 'Required'))),
    Options: localizedOptions(innerKey(property, 'Options'), language),
    Settings: innerKey(property, 'Settings') ?? null,
    Default: innerKey(property, 'Default') ?? null,
  }
  if (!hasUpperCaseKeys)
    return plain
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key.toUpperCase(), value]))
}

function currentValue(property: ActivityProperty, value: Value | undefined): string | readonly string[] {
  if (!isYes(innerKey(property, 'Multiple')))
    return Array.isArray(value) ? value[0] ?? '' : value ?? ''
  return value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value
}

export interface ReturnedValue {
  readonly Id: string
  readonly Name: string
  readonly Type: string
}

export interface ReturnActivity {
  readonly Id: string
  readonly Title: string
  readonly Type: string
  readonly Return: readonly ReturnedValue[]
}

const builtInReturns: Partial<Record<Step['type'], readonly ReturnedValue[]>> = {
  createTask: [{ Id: 'TaskId', Name: 'ID', Type: 'int' }],
  approve: [
    { Id: 'Approved', Name: 'Approved', Type: 'bool' },
    { Id: 'Comments', Name: 'Comments', Type: 'text' },
    { Id: 'LastApprover', Name: 'LastApprover', Type: 'user' },
  ],
}

function returnsOf(portal: Portal, step: Step, language: string): readonly ReturnedValue[] {
  if (step.type !== 'app')
    return builtInReturns[step.type] ?? []
  const declared = Object.entries(registrationOf(portal, step)?.registration.returnProperties ?? {})
  return [
    ...declared.map(([id, property]) => ({
      Id: id,
      Name: localized(innerKey(property, 'Name'), language),
      Type: String(innerKey(property, 'Type') ?? 'string'),
    })),
    { Id: 'IsTimeout', Name: 'IsTimeout', Type: 'int' },
  ]
}

/** What the steps of a template return, for pickers: `{=<Id>:<Return.Id>}`. */
export function returnActivities(portal: Portal, template: Template, language: string, exceptStep: string | null = null): ReturnActivity[] {
  return walkSteps(template.steps)
    .filter(({ name }) => name !== exceptStep)
    .map(step => ({ Id: step.name, Title: step.title, Type: step.type === 'app' ? step.code : step.type, Return: returnsOf(portal, step, language) }))
    .filter(({ Return }) => Return.length > 0)
}

/** PLACEMENT_OPTIONS of the app's settings page; null when the step is none of a living app. */
export function settingsOptions(portal: Portal, template: Template, stepName: string, options: DialogOptions): Record<string, unknown> | null {
  const step = findStep(template, stepName)
  const found = step?.type === 'app' ? registrationOf(portal, step) : null
  if (step?.type !== 'app' || !found)
    return null
  const { properties } = found.registration
  const entries = Object.entries(properties)
  return {
    code: step.code,
    activity_name: step.name,
    properties: phpMap(Object.fromEntries(entries.map(([id, property]) => [id, dialogProperty(id, property, options)]))),
    current_values: phpMap(Object.fromEntries(entries.map(([id, property]) => [id, currentValue(property, step.properties[id])]))),
    document_type: template.documentType,
    document_fields: flagged(documentFields(portal, template.documentType)),
    template: {
      parameters: flagged(template.parameters),
      variables: flagged(template.variables),
      constants: flagged(template.constants),
      global_variables: [],
      global_constants: [],
      return_activities: returnActivities(portal, template, options.language, step.name),
    },
  }
}

export interface InsertableValue {
  /** What is put into the field: `{=Document:TITLE}`. */
  readonly expression: string
  readonly label: string
  readonly group: 'document' | 'parameter' | 'variable' | 'constant' | 'step'
}

/** Everything a value of this step may name. */
export function insertableValues(portal: Portal, template: Template, stepName: string | null, language: string): InsertableValue[] {
  const named = (group: InsertableValue['group'], source: string, properties: Readonly<Record<string, TemplateProperty>>) =>
    Object.entries(properties).map(([id, { Name }]): InsertableValue => ({ expression: `{=${source}:${id}}`, label: Name, group }))
  const returned = returnActivities(portal, template, language, stepName).flatMap(({ Id, Title, Return }) =>
    Return.map(({ Id: key, Name }): InsertableValue => ({ expression: `{=${Id}:${key}}`, label: `${Title}: ${Name}`, group: 'step' })))
  return [
    ...named('document', 'Document', documentFields(portal, template.documentType)),
    ...named('parameter', 'Template', template.parameters),
    ...named('variable', 'Variable', template.variables),
    ...named('constant', 'Constant', template.constants),
    ...returned,
  ]
}

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [value])
    .filter(part => part !== undefined && part !== null && part !== '').map(String)

/** Takes over what `setPropertyValue` filled in: known ids only, in exactly the registered spelling. */
export function acceptedValues(properties: Readonly<Record<string, ActivityProperty>>, values: Readonly<Record<string, unknown>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(properties)
    .filter(([id]) => Object.hasOwn(values, id))
    .map(([id, property]) => {
      const list = listOf(values[id])
      return [id, isYes(innerKey(property, 'Multiple')) ? list : list[0] ?? '']
    }))
}

export interface StepSettings {
  readonly title?: string
  readonly timeoutSeconds?: number
  readonly isWaiting?: boolean
}

/** Save in the settings dialog. What was not touched keeps its value. */
export function saveStep(portal: Portal, template: Template, step: AppStep, values: Readonly<Record<string, unknown>>, settings: StepSettings = {}): Template {
  const properties = registrationOf(portal, step)?.registration.properties ?? {}
  return changeStep(portal, template, {
    ...step,
    ...settings,
    properties: { ...step.properties, ...acceptedValues(properties, values) },
  })
}

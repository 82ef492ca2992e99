import type { AppRegistration, Portal } from '../state.ts'
import type { AutoExecute, DocumentType, Step, StepPlace, StepType, Template, TriggerBinding } from './model.ts'
import { registrationOf } from './app-step.ts'
import { acceptsRobots, isSameType } from './documents.ts'
import { insertStep, removeStep, replaceStep, walkSteps } from './model.ts'
import { innerKey, isMap, isOffered } from './registration-rules.ts'

/** The text in the viewer's language, else English, else whatever there is. */
export function localized(text: unknown, language: string): string {
  if (!isMap(text))
    return typeof text === 'string' ? text : ''
  const found = text[language] ?? text.en ?? Object.values(text)[0]
  return typeof found === 'string' ? found : ''
}

export interface TemplateDraft {
  readonly name: string
  readonly documentType: DocumentType
  readonly userId: number
  readonly description?: string
  readonly kind?: Template['kind']
  readonly stageId?: string | null
  readonly autoExecute?: AutoExecute
  readonly isLogging?: boolean
  readonly parameters?: Template['parameters']
  readonly variables?: Template['variables']
  readonly constants?: Template['constants']
  readonly steps?: readonly Step[]
  readonly ownerAppId?: string | null
}

const nowIso = (portal: Portal): string => new Date(portal.clock.now()).toISOString()

export function createTemplate(portal: Portal, draft: TemplateDraft): Template {
  const template: Template = {
    description: '',
    kind: 'designer',
    stageId: null,
    autoExecute: 0,
    isLogging: true,
    parameters: {},
    variables: {},
    constants: {},
    steps: [],
    ownerAppId: null,
    ...draft,
    id: portal.nextId('workflowTemplate'),
    modified: nowIso(portal),
  }
  portal.bizproc.templates.set(template.id, template)
  return template
}

/** Puts an edited template in the place of the one with its id. */
export function saveTemplate(portal: Portal, template: Template, userId = template.userId): Template {
  const saved = { ...template, userId, modified: nowIso(portal) }
  portal.bizproc.templates.set(saved.id, saved)
  return saved
}

export function deleteTemplate(portal: Portal, templateId: number): void {
  portal.bizproc.templates.delete(templateId)
  removeBindings(portal, ({ templateId: bound }) => bound === templateId)
}

export const templatesOf = (portal: Portal, documentType: DocumentType, kind: Template['kind'] = 'designer'): Template[] =>
  [...portal.bizproc.templates.values()]
    .filter(template => template.kind === kind && isSameType(template.documentType, documentType))

/** The automation of one stage; made on first use. */
export function stageTemplate(portal: Portal, documentType: DocumentType, stageId: string, userId: number): Template {
  return templatesOf(portal, documentType, 'robots').find(template => template.stageId === stageId)
    ?? createTemplate(portal, { name: stageId, documentType, userId, kind: 'robots', stageId })
}

export interface PaletteItem {
  readonly appId: string
  readonly code: string
  readonly kind: AppRegistration['kind']
  readonly name: string
  readonly description: string
  /** Whether its settings are a page of the app. */
  readonly hasSettingsPage: boolean
}

/** What apps offer for this document type: rules on stages are robots only, the designer takes both. */
export function palette(portal: Portal, documentType: DocumentType, where: Template['kind'], language: string): PaletteItem[] {
  return [...portal.bizproc.registrations.values()]
    .filter(registration => portal.apps.get(registration.clientId)?.isInstalled && isOffered(registration, documentType))
    .filter(({ kind }) => where === 'designer' || (kind === 'robot' && acceptsRobots(documentType)))
    .map(({ clientId, code, kind, name, description, usePlacement }) => ({
      appId: clientId,
      code,
      kind,
      name: localized(name, language),
      description: localized(description, language),
      hasSettingsPage: usePlacement,
    }))
}

/** `A51601_82584_96831_81132`: no two steps of a portal share it. */
export function newStepName(portal: Portal): string {
  const number = portal.nextId('workflowStep')
  const part = (factor: number) => 10_000 + (number * factor) % 89_989
  return `A${part(1)}_${part(7919)}_${part(31_337)}_${part(65_537)}`
}

/** Values a fresh app step starts with: the defaults its app declared. */
export function defaultValues(properties: Readonly<Record<string, Record<string, unknown>>>): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(properties).flatMap(([id, property]) => {
    const value = innerKey(property, 'Default')
    if (value === undefined || value === null || value === '')
      return []
    return [[id, Array.isArray(value) ? value.map(String) : String(value)]]
  }))
}

export interface AppChoice {
  readonly appId: string
  readonly code: string
}

export function newAppStep(portal: Portal, choice: AppChoice, language: string): Step {
  const registration = registrationOf(portal, choice)?.registration
  return {
    type: 'app',
    name: newStepName(portal),
    title: localized(registration?.name ?? choice.code, language),
    ...choice,
    properties: defaultValues(registration?.properties ?? {}),
    timeoutSeconds: 0,
    isWaiting: true,
  }
}

type BlankFields = { readonly [Kind in Exclude<StepType, 'app'>]: Omit<Extract<Step, { type: Kind }>, 'name' | 'title'> }

const blankSteps: BlankFields = {
  condition: { type: 'condition', conditions: [], then: [], else: [] },
  setStage: { type: 'setStage', stageId: '' },
  setFields: { type: 'setFields', fields: {} },
  setVariable: { type: 'setVariable', variables: {} },
  notify: { type: 'notify', to: '{=Document:ASSIGNED_BY_ID}', text: '' },
  createTask: { type: 'createTask', taskTitle: '', description: '', responsible: '{=Document:ASSIGNED_BY_ID}', deadlineInDays: null },
  approve: { type: 'approve', question: '', description: '', approvers: '{=Document:ASSIGNED_BY_ID}', then: [], else: [] },
  delay: { type: 'delay', seconds: 3600 },
}

export const newBuiltInStep = (portal: Portal, type: Exclude<StepType, 'app'>, title: string): Step =>
  ({ ...blankSteps[type], name: newStepName(portal), title }) as Step

export const addStep = (portal: Portal, template: Template, step: Step, place: StepPlace): Template =>
  saveTemplate(portal, insertStep(template, step, place))

export const changeStep = (portal: Portal, template: Template, step: Step): Template =>
  saveTemplate(portal, replaceStep(template, step))

export const dropStep = (portal: Portal, template: Template, name: string): Template =>
  saveTemplate(portal, removeStep(template, name))

/** Steps whose app is gone or has not registered them again: shown, but they cannot run. */
export const deadSteps = (portal: Portal, template: Template): string[] =>
  walkSteps(template.steps).filter(step => step.type === 'app' && !registrationOf(portal, step)).map(({ name }) => name)

export function bindTrigger(portal: Portal, binding: Omit<TriggerBinding, 'id'>): TriggerBinding {
  const bound = { ...binding, id: portal.nextId('triggerBinding') }
  portal.bizproc.triggerBindings.push(bound)
  return bound
}

export const unbindTrigger = (portal: Portal, bindingId: number): void =>
  removeBindings(portal, ({ id }) => id === bindingId)

function removeBindings({ bizproc: { triggerBindings } }: Portal, isGone: (binding: TriggerBinding) => boolean): void {
  const kept = triggerBindings.filter(binding => !isGone(binding))
  triggerBindings.splice(0, triggerBindings.length, ...kept)
}

/** The workflow template: what the designer edits, what the engine runs and what the state keeps. */

export type DocumentType = readonly [module: string, entity: string, type: string]
export type DocumentId = readonly [module: string, entity: string, id: string]

/** A value as typed in the designer: plain text, text with expressions, or several of them. */
export type Value = string | readonly string[]

/** 0 by hand, 1 on creation, 2 on change, 3 both. */
export type AutoExecute = 0 | 1 | 2 | 3

export const operators = ['=', '!=', '>', '>=', '<', '<=', 'contains', '!contains', 'empty', '!empty'] as const
export type Operator = typeof operators[number]

export interface Comparison {
  /** Any expression, mostly `{=Document:OPPORTUNITY}` or `{=A123_1_2_3:score}`. */
  readonly left: string
  readonly operator: Operator
  readonly right: string
  /** How this line joins the lines before it; the first line's joiner says nothing. */
  readonly joiner?: 'AND' | 'OR'
}

interface StepBase {
  /** Unique in the template; names the step's outputs: `{=A123_1_2_3:score}`. */
  readonly name: string
  readonly title: string
}

export interface AppStep extends StepBase {
  readonly type: 'app'
  /** Client id of the app that registered the action. */
  readonly appId: string
  readonly code: string
  readonly properties: Readonly<Record<string, Value>>
  /** 0 waits without a limit. */
  readonly timeoutSeconds: number
  /** Only counts where the registration leaves the choice to the designer. */
  readonly isWaiting: boolean
}

export interface ConditionStep extends StepBase {
  readonly type: 'condition'
  readonly conditions: readonly Comparison[]
  readonly then: readonly Step[]
  readonly else: readonly Step[]
}

export interface SetStageStep extends StepBase {
  readonly type: 'setStage'
  readonly stageId: string
}

export interface SetFieldsStep extends StepBase {
  readonly type: 'setFields'
  /** Document field code (`TITLE`, `UF_CRM_…`) to value. */
  readonly fields: Readonly<Record<string, Value>>
}

export interface NotifyStep extends StepBase {
  readonly type: 'notify'
  readonly to: Value
  readonly text: string
}

export interface TaskStep extends StepBase {
  readonly type: 'createTask'
  readonly taskTitle: string
  readonly description: string
  readonly responsible: Value
  /** Days from now; null without a deadline. */
  readonly deadlineInDays: number | null
}

/** A question to people inside the process; answers with Yes or No and takes the branch. */
export interface ApproveStep extends StepBase {
  readonly type: 'approve'
  readonly question: string
  readonly description: string
  readonly approvers: Value
  readonly then: readonly Step[]
  readonly else: readonly Step[]
}

export interface DelayStep extends StepBase {
  readonly type: 'delay'
  readonly seconds: number
}

export interface SetVariableStep extends StepBase {
  readonly type: 'setVariable'
  readonly variables: Readonly<Record<string, Value>>
}

export type Step =
  | AppStep | ConditionStep | SetStageStep | SetFieldsStep | NotifyStep
  | TaskStep | ApproveStep | DelayStep | SetVariableStep
export type StepType = Step['type']

/** A parameter, variable or constant of a template, in the platform's own spelling. */
export interface TemplateProperty {
  readonly Name: string
  readonly Type: string
  readonly Description?: string
  readonly Multiple?: boolean
  readonly Required?: boolean
  readonly Options?: Readonly<Record<string, string>> | null
  readonly Default?: Value
}

export interface Template {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly documentType: DocumentType
  /** `robots` is the automation of one stage; `designer` is a workflow of its own. */
  readonly kind: 'designer' | 'robots'
  /** The stage whose entry runs a `robots` template; null for a `designer` one. */
  readonly stageId: string | null
  readonly autoExecute: AutoExecute
  readonly isLogging: boolean
  readonly parameters: Readonly<Record<string, TemplateProperty>>
  readonly variables: Readonly<Record<string, TemplateProperty>>
  readonly constants: Readonly<Record<string, TemplateProperty>>
  readonly steps: readonly Step[]
  readonly modified: string
  readonly userId: number
  /** Client id of the app that added it through REST. */
  readonly ownerAppId: string | null
}

/** An automation trigger placed on a stage, or bound to a template. */
export interface TriggerBinding {
  readonly id: number
  readonly appId: string
  readonly code: string
  readonly documentType: DocumentType
  /** Moves the record there … */
  readonly stageId: string | null
  /** … or starts this template. */
  readonly templateId: number | null
  readonly isBackwardAllowed: boolean
}

export function walkSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap(step => 'then' in step ? [step, ...walkSteps(step.then), ...walkSteps(step.else)] : [step])
}

export const findInSteps = (steps: readonly Step[], name: string): Step | null =>
  walkSteps(steps).find(step => step.name === name) ?? null

export const findStep = (template: Template, name: string): Step | null => findInSteps(template.steps, name)

/** Position of a step: inside the branch of a condition, or at the top when `branch` is null. */
export interface StepPlace {
  readonly branch: { readonly of: string, readonly side: 'then' | 'else' } | null
  readonly index: number
}

type Edit = (siblings: readonly Step[]) => readonly Step[]

/** Applies an edit to one list of siblings and leaves every other list as it is. */
function editSiblings(steps: readonly Step[], branch: StepPlace['branch'], edit: Edit): readonly Step[] {
  if (!branch)
    return edit(steps)
  return steps.map((step) => {
    if (!('then' in step))
      return step
    if (step.name === branch.of)
      return { ...step, [branch.side]: edit(step[branch.side]) }
    return { ...step, then: editSiblings(step.then, branch, edit), else: editSiblings(step.else, branch, edit) }
  })
}

export const insertStep = (template: Template, step: Step, place: StepPlace): Template => ({
  ...template,
  steps: editSiblings(template.steps, place.branch, siblings => siblings.toSpliced(place.index, 0, step)),
})

const without = (steps: readonly Step[], name: string): readonly Step[] =>
  steps.filter(step => step.name !== name).map(step =>
    'then' in step ? { ...step, then: without(step.then, name), else: without(step.else, name) } : step)

export const removeStep = (template: Template, name: string): Template =>
  ({ ...template, steps: without(template.steps, name) })

const replaced = (steps: readonly Step[], next: Step): readonly Step[] =>
  steps.map((step) => {
    if (step.name === next.name)
      return next
    return 'then' in step ? { ...step, then: replaced(step.then, next), else: replaced(step.else, next) } : step
  })

export const replaceStep = (template: Template, step: Step): Template =>
  ({ ...template, steps: replaced(template.steps, step) })

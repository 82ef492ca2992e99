import type { AppRegistration, Portal } from '../state.ts'
import type { PhpArray, PhpValue } from './php-serialized.ts'
import { isMap } from './registration-rules.ts'

/** Turns the exported form of a portal's designer into the JSON form that TEMPLATE_DATA is read from. */

type Source = Readonly<Record<string, unknown>>

const arrayOf = (value: PhpValue | undefined): PhpArray => typeof value === 'object' && value !== null ? value : {}
const textOf = (value: PhpValue | undefined): string =>
  value === null || value === undefined || typeof value === 'object' ? '' : value === true ? 'Y' : value === false ? 'N' : String(value)

/** `user_3`, `author`, an expression: one of them or several. */
const valueOf = (value: PhpValue | undefined): string | string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).map(textOf) : textOf(value)

const valuesOf = (value: PhpValue | undefined): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(arrayOf(value)).map(([key, inner]) => [key, valueOf(inner)]))

const people = (value: PhpValue | undefined): string[] =>
  [valueOf(value)].flat().map(person => person.toLowerCase() === 'author' ? '{=Document:CREATED_BY_ID}' : person)

const secondsOf: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }

const duration = (properties: PhpArray): number =>
  (Number(textOf(properties.TimeoutDuration)) || 0) * (secondsOf[textOf(properties.TimeoutDurationType)] ?? 1)

const operatorOf: Record<string, string> = { contain: 'contains', '!contain': '!contains', '': '=' }

function comparison(left: string, operator: PhpValue | undefined, right: PhpValue | undefined, joiner: PhpValue | undefined): Source {
  const sign = textOf(operator)
  return { left, operator: operatorOf[sign] ?? sign, right: [valueOf(right)].flat().join(', '), joiner: textOf(joiner) === '1' ? 'OR' : 'AND' }
}

function comparisonsOf(properties: PhpArray): Source[] {
  const mixed = Object.values(arrayOf(properties.mixedcondition)).map(arrayOf)
    .map(({ object, field, operator, value, joiner }) => comparison(`{=${textOf(object)}:${textOf(field)}}`, operator, value, joiner))
  const lines = (list: PhpValue | undefined, source: string) => Object.values(arrayOf(list)).map(arrayOf)
    .map(line => comparison(`{=${source}:${textOf(line[0])}}`, line[1], line[2], line[3]))
  return [...mixed, ...lines(properties.fieldcondition, 'Document'), ...lines(properties.propertyvariablecondition, 'Variable')]
}

interface Activity {
  readonly portal: Portal
  readonly type: string
  readonly name: string
  readonly title: string
  readonly properties: PhpArray
  readonly children: readonly PhpValue[]
}

/** Branches are tried in order: each further one hangs in the `else` of the one before. */
function chain(activity: Activity, branches: readonly PhpArray[], position = 0): Source[] {
  const [branch, ...others] = branches
  if (!branch)
    return []
  const properties = arrayOf(branch.Properties)
  return [{
    type: 'condition',
    name: position === 0 ? activity.name : `${activity.name}_${position}`,
    title: textOf(properties.Title) || activity.title,
    conditions: comparisonsOf(properties),
    then: stepsOf(activity.portal, Object.values(arrayOf(branch.Children))),
    else: chain(activity, others, position + 1),
  }]
}

const sideOf = ({ portal, children }: Activity, at: number): Source[] =>
  stepsOf(portal, Object.values(arrayOf(arrayOf(children[at]).Children)))

const reserved = new Set(['Title', 'UseSubscription', 'TimeoutDuration', 'TimeoutDurationType', 'AuthUserId', 'SetStatusMessage', 'StatusMessage', 'EditorComment'])

function appStep(activity: Activity, { clientId, code }: AppRegistration): Source {
  const own = Object.entries(activity.properties).filter(([id]) => !reserved.has(id))
  return {
    type: 'app',
    appId: clientId,
    code,
    properties: valuesOf(Object.fromEntries(own)),
    timeoutSeconds: duration(activity.properties),
    isWaiting: textOf(activity.properties.UseSubscription) !== 'N',
  }
}

const converters: Record<string, (activity: Activity) => Source> = {
  SetFieldActivity: ({ properties }) => ({ type: 'setFields', fields: valuesOf(properties.FieldValue) }),
  CrmChangeStatusActivity: ({ properties }) => ({ type: 'setStage', stageId: textOf(properties.TargetStatus) }),
  SetVariableActivity: ({ properties }) => ({ type: 'setVariable', variables: valuesOf(properties.VariableValue) }),
  IMNotifyActivity: ({ properties }) => ({ type: 'notify', to: people(properties.MessageUserTo), text: textOf(properties.MessageSite) }),
  SocNetMessageActivity: ({ properties }) => ({ type: 'notify', to: people(properties.MessageUserTo), text: textOf(properties.MessageText) }),
  DelayActivity: ({ properties }) => ({ type: 'delay', seconds: duration(properties) }),
  Task2Activity: ({ properties }) => {
    const fields = arrayOf(properties.Fields)
    return { type: 'createTask', taskTitle: textOf(fields.TITLE), description: textOf(fields.DESCRIPTION), responsible: people(fields.RESPONSIBLE_ID) }
  },
  ApproveActivity: activity => ({
    type: 'approve',
    question: textOf(activity.properties.Name),
    description: textOf(activity.properties.Description),
    approvers: people(activity.properties.Users),
    then: sideOf(activity, 0),
    else: sideOf(activity, 1),
  }),
}

function stepsFrom(activity: Activity): Source[] {
  const { type, name, title, portal, children } = activity
  if (type === 'IfElseActivity')
    return chain(activity, children.map(arrayOf))
  if (type === 'SequenceActivity' || type === 'SequentialWorkflowActivity')
    return stepsOf(portal, children)
  const registration = portal.bizproc.registrations.get(type.replace(/^rest_/, ''))
  const step = registration ? appStep(activity, registration) : converters[type]?.(activity)
  return [step ? { ...step, name, title } : { type, name, title }]
}

function stepsOf(portal: Portal, list: readonly PhpValue[]): Source[] {
  return list.map(arrayOf).filter(({ Activated }) => Activated !== 'N').flatMap((source) => {
    const properties = arrayOf(source.Properties)
    return stepsFrom({
      portal,
      type: textOf(source.Type),
      name: textOf(source.Name),
      title: textOf(properties.Title),
      properties,
      children: Object.values(arrayOf(source.Children)),
    })
  })
}

/** Null when the value is no exported template. An activity that this portal does not know keeps its type and is refused later. */
export function fromExport(portal: Portal, value: PhpValue): Source | null {
  const root = arrayOf(value)
  if (!isMap(root.TEMPLATE))
    return null
  return {
    steps: stepsOf(portal, Object.values(arrayOf(root.TEMPLATE))),
    parameters: arrayOf(root.PARAMETERS),
    variables: arrayOf(root.VARIABLES),
    constants: arrayOf(root.CONSTANTS),
  }
}

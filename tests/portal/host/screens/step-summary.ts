import type { AppStep, Step, Template, Value } from '../../bizproc/model.ts'
import type { ScreenContext } from '../screen.ts'
import { registrationOf } from '../../bizproc/app-step.ts'
import { localized } from '../../bizproc/designer.ts'
import { innerKey } from '../../bizproc/registration-rules.ts'
import { insertableValues } from '../../bizproc/settings-dialog.ts'

const longest = 120

/** One line that says what a step will do, with what an expression stands for in its place. */
export function stepSummaries(context: ScreenContext, template: Template): (step: Step) => string {
  const { t, portal, viewer } = context
  const labels = new Map(insertableValues(portal, template, null, viewer.language).map(({ expression, label }) => [expression, label]))
  const readable = (text: string): string => short(text.replace(/\{=[^{}]+\}/g, expression => `[${labels.get(expression) ?? expression.slice(2, -1)}]`))
  return (step) => {
    switch (step.type) {
      case 'condition': return readable(step.conditions.map(({ left, operator, right }) => `${left} ${operator} ${right}`.trim()).join(' · '))
      case 'setStage': return portal.crm.statuses.find(({ statusId }) => statusId === step.stageId)?.name ?? step.stageId
      case 'setFields': return readable(pairs(step.fields))
      case 'setVariable': return readable(pairs(step.variables))
      case 'notify': return readable(step.text)
      case 'createTask': return readable(step.taskTitle)
      case 'approve': return readable(step.question)
      case 'delay': return `${step.seconds} s · ${t('bp.delay')}`
      case 'app': return readable(pairs(inWords(context, step)))
    }
  }
}

/** The properties of an app's step under the names, and with the options, that the app declared. */
function inWords({ portal, viewer }: ScreenContext, step: AppStep): Record<string, Value> {
  const declared = registrationOf(portal, step)?.registration.properties ?? {}
  return Object.fromEntries(Object.entries(step.properties).map(([id, value]) => {
    const property = declared[id]
    const options = (property && innerKey(property, 'Options')) as Record<string, unknown> | undefined
    const word = (one: string) => localized(options?.[one] ?? one, viewer.language)
    return [property ? localized(innerKey(property, 'Name'), viewer.language) || id : id, typeof value === 'string' ? word(value) : value.map(word)]
  }))
}

const pairs = (values: Readonly<Record<string, Value>>): string =>
  Object.entries(values).filter(([, value]) => value.length > 0).map(([name, value]) => `${name} : ${[value].flat().join(', ')}`).join(' · ')

const short = (text: string): string => text.length > longest ? `${text.slice(0, longest)}…` : text

import type { Step, Value } from '../../bizproc/model.ts'
import type { ScreenContext } from '../screen.ts'

const longest = 90

/** One line that says what a step will do. */
export function stepSummary({ t, portal }: ScreenContext, step: Step): string {
  switch (step.type) {
    case 'condition': return step.conditions.map(({ left, operator, right }) => `${left} ${operator} ${right}`.trim()).join(' · ')
    case 'setStage': return portal.crm.statuses.find(({ statusId }) => statusId === step.stageId)?.name ?? step.stageId
    case 'setFields': return pairs(step.fields)
    case 'setVariable': return pairs(step.variables)
    case 'notify': return short(step.text)
    case 'createTask': return short(step.taskTitle)
    case 'approve': return short(step.question)
    case 'delay': return `${step.seconds} s · ${t('bp.delay')}`
    case 'app': return pairs(step.properties)
  }
}

const pairs = (values: Readonly<Record<string, Value>>): string =>
  short(Object.entries(values).filter(([, value]) => value.length > 0).map(([name, value]) => `${name} = ${[value].flat().join(', ')}`).join(' · '))

const short = (text: string): string => text.length > longest ? `${text.slice(0, longest)}…` : text

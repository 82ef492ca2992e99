import type { AppStep, Operator, Step } from '../bizproc/model.ts'
import { operators } from '../bizproc/model.ts'
import { field } from './form.ts'

type BuiltInStep = Exclude<Step, AppStep>

/** The step with what the settings form holds. */
export function editedStep(step: BuiltInStep, title: string, body: unknown): BuiltInStep {
  const text = (name: string) => field(body, name)
  switch (step.type) {
    case 'condition': return { ...step, title, conditions: [{ left: text('left'), operator: operatorOf(text('operator')), right: text('right') }] }
    case 'setStage': return { ...step, title, stageId: text('stageId') }
    case 'setFields': return { ...step, title, fields: { [text('field')]: text('value') } }
    case 'setVariable': return { ...step, title, variables: text('variable') ? { [text('variable')]: text('value') } : {} }
    case 'notify': return { ...step, title, to: text('to'), text: text('text') }
    case 'createTask': return {
      ...step,
      title,
      taskTitle: text('taskTitle'),
      description: text('description'),
      responsible: text('responsible'),
      deadlineInDays: text('deadlineInDays') === '' ? null : Number(text('deadlineInDays')),
    }
    case 'approve': return { ...step, title, question: text('question'), description: text('description'), approvers: text('approvers') }
    case 'delay': return { ...step, title, seconds: Math.max(0, Number(text('seconds')) || 0) }
  }
}

const operatorOf = (text: string): Operator => operators.find(operator => operator === text) ?? '='

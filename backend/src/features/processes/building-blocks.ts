import { businessAnalytics } from '@comptoir/shared/actions/business-analytics'
import type { ActionDefinition } from '@comptoir/shared/actions/definition'
import { vendorManagement } from '@comptoir/shared/actions/definitions'
import { appActivity, type Activity } from './bpt-file.ts'

/** Steps that our templates are made of. Names as the designer gives them, but the same each time. */

export interface Builder {
  /** Runs « Gestion des fournisseurs » on the process's own record and waits for its result. */
  ask: (title: string, operation: string, settings?: Readonly<Record<string, string>>) => Activity
  /** Runs « Analyse commerciale » and waits for its result. */
  analyse: (title: string, operation: string, settings: Readonly<Record<string, string>>) => Activity
  /** Expression of a result of a step. */
  result: (step: Activity, id: string) => string
  choose: (title: string, left: readonly [step: Activity, id: string], operator: string, value: string, yes: Branch, no: Branch) => Activity
  tell: (title: string, text: string) => Activity
  task: (title: string, taskTitle: string, description: string) => Activity
}

interface Branch { readonly title: string, readonly steps: readonly Activity[] }

const author = ['author']
/** The portal waits this long for our answer. */
const daysToWait = '7'

export function createBuilder(clientId: string): Builder {
  let count = 0
  const name = (): string => `A${10_000 + ++count}_20260_10800_${30_000 + count}`
  const ourStep = ({ activityCode }: ActionDefinition, title: string, settings: Readonly<Record<string, string>>): Activity => ({
    type: appActivity(clientId, activityCode), name: name(), title,
    properties: {
      ...settings,
      UseSubscription: 'Y', TimeoutDuration: daysToWait, TimeoutDurationType: 'd', SetStatusMessage: 'N', StatusMessage: '', AuthUserId: '',
    },
  })
  return {
    ask: (title, operation, settings = {}) => ourStep(vendorManagement, title, { operation, vendorSource: 'document', ...settings }),
    analyse: (title, operation, settings) => ourStep(businessAnalytics, title, { operation, ...settings }),
    result: (step, id) => `{=${step.name}:${id}}`,
    choose(title, [step, field], operator, value, yes, no) {
      const branch = ({ title: branchTitle, steps }: Branch, properties: Activity['properties']): Activity =>
        ({ type: 'IfElseBranchActivity', name: name(), title: branchTitle, children: steps, properties })
      const condition = { object: step.name, field, operator, value, joiner: '0' }
      return { type: 'IfElseActivity', name: name(), title, children: [branch(yes, { mixedcondition: [condition] }), branch(no, { truecondition: '1' })] }
    },
    tell: (title, text) => ({
      type: 'SocNetMessageActivity', name: name(), title,
      properties: { MessageText: text, MessageFormat: '', MessageUserFrom: author, MessageUserTo: author },
    }),
    task: (title, taskTitle, description) => ({
      type: 'Task2Activity', name: name(), title,
      properties: {
        Fields: { TITLE: taskTitle, DESCRIPTION: description, CREATED_BY: author, RESPONSIBLE_ID: author, PRIORITY: '1' },
        HoldToClose: '0', AUTO_LINK_TO_CRM_ENTITY: '1',
      },
    }),
  }
}

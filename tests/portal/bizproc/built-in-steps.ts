import type { Portal } from '../state.ts'
import type { WorkflowInstance, WorkflowWait } from '../state.bizproc.ts'
import type { Scope } from './expressions.ts'
import type { ApproveStep, ConditionStep, DelayStep, NotifyStep, SetFieldsStep, SetVariableStep, Step, TaskStep } from './model.ts'
import { conditionHolds } from './conditions.ts'
import { writeDocument } from './document-values.ts'
import { parseDocumentId } from './documents.ts'
import { resolve, resolveToList, resolveToText } from './expressions.ts'
import { portalDateTime } from './portal-time.ts'
import { logText, writeLog } from './workflow-log.ts'

/** What a step leaves behind: steps to run first, or a wait. */
export interface Outcome {
  readonly next?: readonly Step[]
  readonly wait?: WorkflowWait | null
}

export interface StepContext {
  readonly portal: Portal
  readonly instance: WorkflowInstance
  readonly scope: Scope
}

const dayMs = 86_400_000

/** People named in a field: `user_3`, or a bare `3`. */
const peopleOf = (value: string | readonly string[], scope: Scope): number[] =>
  [...new Set(resolveToList(value, scope).flatMap(text => text.split(/\s*,\s*/))
    .map(text => Number(text.replace(/^user_/, '')))
    .filter(id => id > 0))]

const shortCodes: Record<number, string> = { 1: 'L', 2: 'D', 3: 'C', 4: 'CO', 7: 'Q', 31: 'SI' }

/** `CO_9`, `D_7`, `T80_6`: how a task names the record it belongs to. */
function crmLink({ documentId }: WorkflowInstance): string[] {
  const reference = parseDocumentId(documentId)
  if (!reference)
    return []
  const { entityTypeId, itemId } = reference
  return [`${shortCodes[entityTypeId] ?? `T${entityTypeId.toString(16)}`}_${itemId}`]
}

export function branch(step: ConditionStep, { portal, instance, scope }: StepContext): Outcome {
  const holds = conditionHolds(step.conditions, scope)
  writeLog(portal, instance, {
    event: 'logged',
    stepName: step.name,
    message: logText(portal, 'condition', { title: step.title, holds }),
    details: { holds },
  })
  return { next: holds ? step.then : step.else }
}

export function setFields(step: SetFieldsStep, { portal, instance, scope }: StepContext): Outcome {
  const writes = Object.entries(step.fields).map(([code, value]) => ({ code, value: resolve(value, scope) }))
  writeDocument(portal, instance.documentId, writes, instance.startedBy)
  return {}
}

export function setVariables({ variables }: SetVariableStep, { instance, scope }: StepContext): Outcome {
  for (const [name, value] of Object.entries(variables))
    instance.variables[name] = resolve(value, scope)
  return {}
}

export function notify(step: NotifyStep, { portal, instance, scope }: StepContext): Outcome {
  const message = resolveToText(step.text, scope)
  for (const userId of peopleOf(step.to, scope)) {
    const id = portal.nextId('notification')
    portal.notifications.push({
      id,
      userId,
      fromUserId: instance.startedBy,
      clientId: null,
      message,
      messageOut: '',
      tag: '',
      subTag: '',
      attach: null,
      at: portal.clock.now(),
      isRead: false,
    })
    portal.journal.write('notification', { id, userId, message, workflowId: instance.id })
  }
  return {}
}

export function createTask(step: TaskStep, { portal, instance, scope }: StepContext): Outcome {
  const now = portal.clock.now()
  for (const responsibleId of peopleOf(step.responsible, scope).slice(0, 1)) {
    const id = portal.nextId('task')
    const title = resolveToText(step.taskTitle, scope)
    portal.tasks.set(id, {
      id,
      title,
      description: resolveToText(step.description, scope),
      responsibleId,
      createdBy: instance.startedBy,
      deadline: step.deadlineInDays === null ? null : new Date(now + step.deadlineInDays * dayMs).toISOString(),
      crmLinks: crmLink(instance),
      auditorIds: [],
      mutedBy: [],
      pinnedBy: [],
      favouriteOf: [],
      groupId: 0,
      status: '2',
      createdAt: now,
    })
    instance.results[step.name] = { TaskId: id }
    portal.journal.write('task', { id, title, responsibleId, workflowId: instance.id })
  }
  return {}
}

export function ask(step: ApproveStep, { portal, instance, scope }: StepContext): Outcome {
  const people = peopleOf(step.approvers, scope)
  for (const userId of people) {
    const id = portal.nextId('workflowTask')
    portal.bizproc.tasks.set(id, {
      id,
      workflowId: instance.id,
      stepName: step.name,
      name: resolveToText(step.question, scope),
      description: resolveToText(step.description, scope),
      userId,
      status: 0,
      modifiedAt: portal.clock.now(),
    })
  }
  writeLog(portal, instance, {
    event: 'logged',
    stepName: step.name,
    message: logText(portal, 'asked', { count: people.length }),
    details: { userIds: people },
  })
  return { wait: { kind: 'approve', stepName: step.name, until: null, eventToken: null } }
}

export function pause(step: DelayStep, { portal, instance }: StepContext): Outcome {
  const until = portal.clock.now() + step.seconds * 1000
  writeLog(portal, instance, {
    event: 'logged',
    stepName: step.name,
    message: logText(portal, 'waits', { until: portalDateTime(until) }),
  })
  return { wait: { kind: 'delay', stepName: step.name, until, eventToken: null } }
}

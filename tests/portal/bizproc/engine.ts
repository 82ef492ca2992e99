import type { Portal } from '../state.ts'
import type { WorkflowInstance, WorkflowWait } from '../state.bizproc.ts'
import type { Outcome, StepContext } from './built-in-steps.ts'
import type { DocumentId, Step, Template, TemplateProperty } from './model.ts'
import { callApp } from './app-step.ts'
import { ask, branch, createTask, notify, pause, setFields, setVariables } from './built-in-steps.ts'
import { newWorkflowId } from './event-token.ts'
import { scopeOf } from './scope.ts'
import { logText, writeLog } from './workflow-log.ts'

/** Alarms of open waits, so that an answered step leaves none behind. */
const alarms = new WeakMap<WorkflowWait, () => void>()

/** How deep workflows may start each other before the portal calls it a loop. */
const deepestNesting = 20
const nesting = new WeakMap<Portal, number>()

const keptFinished = 2000

const defaultsOf = (properties: Readonly<Record<string, TemplateProperty>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([id, { Default }]) => [id, Default ?? '']))

export interface StartOptions {
  readonly userId: number
  readonly parameters?: Readonly<Record<string, unknown>>
}

export function startWorkflow(portal: Portal, template: Template, documentId: DocumentId, { userId, parameters = {} }: StartOptions): WorkflowInstance {
  const now = portal.clock.now()
  const known = Object.entries(parameters).filter(([id]) => id in template.parameters)
  const instance: WorkflowInstance = {
    id: newWorkflowId(portal),
    templateId: template.id,
    documentId,
    documentType: template.documentType,
    startedAt: now,
    startedBy: userId,
    modifiedAt: now,
    finishedAt: null,
    status: 'running',
    statusText: '',
    isLogging: template.isLogging,
    steps: template.steps,
    remaining: template.steps,
    wait: null,
    parameters: { ...defaultsOf(template.parameters), ...Object.fromEntries(known) },
    variables: defaultsOf(template.variables),
    constants: defaultsOf(template.constants),
    results: {},
  }
  portal.bizproc.instances.set(instance.id, instance)
  forgetOldest(portal)
  writeLog(portal, instance, { event: 'started', message: logText(portal, 'started', { name: template.name }), details: { templateId: template.id } })
  run(portal, instance)
  return instance
}

function forgetOldest({ bizproc: { instances } }: Portal): void {
  if (instances.size <= keptFinished)
    return
  const oldest = [...instances.values()].find(({ status }) => status !== 'running')
  if (oldest)
    instances.delete(oldest.id)
}

const isRunning = ({ status, wait }: WorkflowInstance): boolean => status === 'running' && wait === null

function run(portal: Portal, instance: WorkflowInstance): void {
  const depth = (nesting.get(portal) ?? 0) + 1
  nesting.set(portal, depth)
  try {
    if (depth > deepestNesting)
      throw new Error(logText(portal, 'tooDeep'))
    while (isRunning(instance) && instance.remaining.length > 0)
      runNext(portal, instance)
    if (isRunning(instance))
      finish(portal, instance, 'completed', { event: 'finished', message: logText(portal, 'finished') })
  }
  catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    finish(portal, instance, 'failed', { event: 'failed', message: logText(portal, 'failed', { reason }), reason })
  }
  finally {
    nesting.set(portal, depth - 1)
  }
}

function runNext(portal: Portal, instance: WorkflowInstance): void {
  const [step, ...rest] = instance.remaining
  if (!step)
    return
  instance.remaining = rest
  instance.modifiedAt = portal.clock.now()
  writeLog(portal, instance, {
    event: 'stepStarted',
    stepName: step.name,
    message: logText(portal, 'step', { title: step.title }),
    details: { type: step.type },
  })
  const { next, wait } = perform(step, { portal, instance, scope: scopeOf(portal, instance) })
  if (next)
    instance.remaining = [...next, ...rest]
  if (wait && instance.status === 'running')
    hold(portal, instance, wait)
}

function perform(step: Step, context: StepContext): Outcome {
  switch (step.type) {
    case 'app': return { wait: callApp(context.portal, context.instance, step, context.scope) }
    case 'condition': return branch(step, context)
    case 'setStage': return setFields({ ...step, type: 'setFields', fields: { STAGE_ID: step.stageId } }, context)
    case 'setFields': return setFields(step, context)
    case 'setVariable': return setVariables(step, context)
    case 'notify': return notify(step, context)
    case 'createTask': return createTask(step, context)
    case 'approve': return ask(step, context)
    case 'delay': return pause(step, context)
  }
}

function hold(portal: Portal, instance: WorkflowInstance, wait: WorkflowWait): void {
  instance.wait = wait
  if (wait.until === null)
    return
  alarms.set(wait, portal.clock.schedule(wait.until, () => {
    if (instance.wait === wait && instance.status === 'running')
      onDue(portal, instance, wait)
  }))
}

function onDue(portal: Portal, instance: WorkflowInstance, { kind, stepName }: WorkflowWait): void {
  if (kind === 'app') {
    instance.results[stepName] = { IsTimeout: 1 }
    writeLog(portal, instance, { event: 'timedOut', stepName, message: logText(portal, 'timedOut') })
  }
  release(portal, instance)
}

/** Lets go of the wait and runs on. */
export function release(portal: Portal, instance: WorkflowInstance): void {
  drop(instance)
  instance.modifiedAt = portal.clock.now()
  run(portal, instance)
}

function drop(instance: WorkflowInstance): void {
  if (instance.wait)
    alarms.get(instance.wait)?.()
  instance.wait = null
}

interface Ending {
  readonly event: 'finished' | 'failed' | 'terminated'
  readonly message: string
  readonly reason?: string
}

function finish(portal: Portal, instance: WorkflowInstance, status: WorkflowInstance['status'], { event, message, reason = '' }: Ending): void {
  drop(instance)
  instance.status = status
  instance.statusText = reason
  instance.finishedAt = portal.clock.now()
  instance.modifiedAt = instance.finishedAt
  for (const task of portal.bizproc.tasks.values()) {
    if (task.workflowId === instance.id && task.status === 0)
      portal.bizproc.tasks.delete(task.id)
  }
  writeLog(portal, instance, { event, message, details: reason ? { reason } : {} })
}

export function terminateWorkflow(portal: Portal, instance: WorkflowInstance, reason: string): void {
  if (instance.status === 'running')
    finish(portal, instance, 'terminated', { event: 'terminated', message: logText(portal, 'terminated', { reason }), reason })
}

/** Stops it and forgets everything about it. */
export function killWorkflow(portal: Portal, instance: WorkflowInstance): void {
  terminateWorkflow(portal, instance, '')
  portal.bizproc.instances.delete(instance.id)
  const kept = portal.bizproc.log.filter(({ workflowId }) => workflowId !== instance.id)
  portal.bizproc.log.splice(0, portal.bizproc.log.length, ...kept)
  for (const task of portal.bizproc.tasks.values()) {
    if (task.workflowId === instance.id)
      portal.bizproc.tasks.delete(task.id)
  }
}

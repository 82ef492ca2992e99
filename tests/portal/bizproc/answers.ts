import type { Portal } from '../state.ts'
import type { WorkflowInstance } from '../state.bizproc.ts'
import { declaredResults, registrationOf } from './app-step.ts'
import { release } from './engine.ts'
import { workflowIdOf } from './event-token.ts'
import { findInSteps } from './model.ts'
import { logText, writeLog } from './workflow-log.ts'

/** The workflow that waits for exactly this token; null for used, expired, foreign or invented ones. */
export function waitingFor(portal: Portal, eventToken: unknown): WorkflowInstance | null {
  if (typeof eventToken !== 'string')
    return null
  const instance = portal.bizproc.instances.get(workflowIdOf(eventToken))
  return instance?.status === 'running' && instance.wait?.eventToken === eventToken ? instance : null
}

export interface StepAnswer {
  readonly values: Readonly<Record<string, unknown>>
  readonly logMessage: string
}

/** `bizproc.event.send`: ends the wait once. False when nobody waits for the token. */
export function answerStep(portal: Portal, eventToken: unknown, { values, logMessage }: StepAnswer): boolean {
  const instance = waitingFor(portal, eventToken)
  if (!instance?.wait)
    return false
  const { stepName } = instance.wait
  const step = findInSteps(instance.steps, stepName)
  const found = step?.type === 'app' ? registrationOf(portal, step) : null
  const results = found ? declaredResults(found.registration, values) : {}
  instance.results[stepName] = { IsTimeout: 0, ...results }
  writeLog(portal, instance, { event: 'answered', stepName, message: logText(portal, 'answered'), details: { results } })
  if (logMessage !== '')
    noteMessage(portal, instance, stepName, logMessage)
  release(portal, instance)
  return true
}

/** The app's own words; kept only where the template logs. */
export function noteMessage(portal: Portal, instance: WorkflowInstance, stepName: string, message: string): void {
  if (instance.isLogging)
    writeLog(portal, instance, { event: 'logged', stepName, message })
}

/** One answer decides; the questions to the others are withdrawn. */
export function decide(portal: Portal, taskId: number, { isApproved, comment }: { isApproved: boolean, comment: string }): boolean {
  const task = portal.bizproc.tasks.get(taskId)
  const instance = task && portal.bizproc.instances.get(task.workflowId)
  const step = instance && findInSteps(instance.steps, task.stepName)
  if (!task || instance?.wait?.stepName !== task.stepName || step?.type !== 'approve')
    return false
  for (const other of portal.bizproc.tasks.values()) {
    if (other.workflowId === instance.id && other.stepName === task.stepName && other !== task)
      portal.bizproc.tasks.delete(other.id)
  }
  task.status = isApproved ? 1 : 2
  task.modifiedAt = portal.clock.now()
  instance.results[step.name] = { Approved: isApproved ? 'Y' : 'N', Comments: comment, LastApprover: `user_${task.userId}` }
  writeLog(portal, instance, { event: 'logged', stepName: step.name, message: logText(portal, 'decided', { isApproved }), details: { comment, userId: task.userId } })
  instance.remaining = [...(isApproved ? step.then : step.else), ...instance.remaining]
  release(portal, instance)
  return true
}

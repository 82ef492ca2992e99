import type { RestCall, RestRegistry } from '../rest/registry.ts'
import { RestError } from '../rest/registry.ts'
import { answerStep, noteMessage, waitingFor } from './answers.ts'
import { isMap } from './registration-rules.ts'

const denied = () => new RestError(403, 'ACCESS_DENIED', 'Access denied!')

function sendEvent({ portal, params }: RestCall): true {
  const values = isMap(params.RETURN_VALUES) ? params.RETURN_VALUES : {}
  const logMessage = typeof params.LOG_MESSAGE === 'string' ? params.LOG_MESSAGE : ''
  if (!answerStep(portal, params.EVENT_TOKEN, { values, logMessage }))
    throw denied()
  return true
}

function log({ portal, params }: RestCall): true {
  const instance = waitingFor(portal, params.EVENT_TOKEN)
  if (!instance?.wait)
    throw denied()
  const message = params.LOG_MESSAGE
  if (typeof message !== 'string' || message === '')
    throw new RestError(400, 'ERROR_EMPTY_LOG_MESSAGE', 'Empty log message!')
  noteMessage(portal, instance, instance.wait.stepName, message)
  return true
}

export function registerAnswerMethods(rest: RestRegistry): void {
  rest.method('bizproc.event.send', { scope: 'bizproc' }, sendEvent)
  rest.method('bizproc.activity.log', { scope: 'bizproc' }, log)
}

import type { App, AppRegistration, Portal } from '../state.ts'
import type { WorkflowInstance, WorkflowWait } from '../state.bizproc.ts'
import type { Scope } from './expressions.ts'
import type { AppStep } from './model.ts'
import { anonymousAuth, userAuth } from '../apps/auth-payload.ts'
import { newEventToken } from './event-token.ts'
import { resolve } from './expressions.ts'
import { innerKey, registrationId } from './registration-rules.ts'
import { logText, writeLog } from './workflow-log.ts'

export const isYes = (value: unknown): boolean => value === true || value === 'Y' || value === 'true' || value === 1

/** The registration behind a step; null once its app is gone or has not registered the code again. */
export function registrationOf(portal: Portal, { appId, code }: Pick<AppStep, 'appId' | 'code'>): { app: App, registration: AppRegistration } | null {
  const app = portal.apps.get(appId)
  const registration = portal.bizproc.registrations.get(registrationId(appId, code))
  return app?.isInstalled && registration ? { app, registration } : null
}

/** Whether the flow stops for the answer; an empty USE_SUBSCRIPTION leaves that to the designer. */
const waitsForAnswer = ({ useSubscription }: AppRegistration, step: AppStep): boolean =>
  useSubscription === '' ? step.isWaiting : useSubscription === 'Y'

/** One value as its type travels: people as `user_3`, yes and no as `Y` and `N`. */
function typed(type: unknown, text: string): string {
  if (type === 'user')
    return text.replace(/^(\d+)$/, 'user_$1')
  return type === 'bool' && text !== '' ? (isYes(text) || text === '1' ? 'Y' : 'N') : text
}

function propertyValues({ properties }: AppRegistration, step: AppStep, scope: Scope): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(properties).map(([id, property]) => {
    const value = resolve(step.properties[id], scope)
    const type = innerKey(property, 'Type')
    const list = (Array.isArray(value) ? value : [value]).filter(part => part !== '').map(part => typed(type, part))
    // A form cannot carry an empty list: the field arrives empty instead.
    return [id, isYes(innerKey(property, 'Multiple')) && list.length > 0 ? list : list.join(', ')]
  }))
}

function authOf(portal: Portal, app: App, { authUserId }: AppRegistration): Record<string, string> {
  return portal.users.get(authUserId)?.isActive
    ? userAuth(portal, app, authUserId, { withRefreshToken: true, withUser: true })
    : anonymousAuth(portal, app)
}

/** Sends the step to its app and says what the workflow now stands at; null = it goes on at once. */
export function callApp(portal: Portal, instance: WorkflowInstance, step: AppStep, scope: Scope): WorkflowWait | null {
  const found = registrationOf(portal, step)
  if (!found)
    throw new Error(logText(portal, 'unavailable', { code: step.code }))
  const { app, registration } = found
  const isWaiting = waitsForAnswer(registration, step)
  const eventToken = newEventToken(portal, instance.id, step.name)
  const now = portal.clock.now()
  const properties = propertyValues(registration, step, scope)
  writeLog(portal, instance, {
    event: 'called',
    stepName: step.name,
    message: logText(portal, 'called', { code: step.code }),
    details: { code: step.code, properties },
  })
  portal.queue.post({
    kind: 'robot',
    name: step.code,
    clientId: app.clientId,
    url: registration.handler,
    body: {
      workflow_id: instance.id,
      code: step.code,
      document_id: instance.documentId,
      document_type: instance.documentType,
      event_token: eventToken,
      properties,
      use_subscription: isWaiting ? 'Y' : 'N',
      timeout_duration: String(step.timeoutSeconds),
      ts: String(Math.floor(now / 1000)),
      auth: {
        ...authOf(portal, app, registration),
        WORKFLOW_ID: instance.id,
        ACTIVITY_NAME: step.name,
        CODE: step.code,
      },
    },
    onAnswered: status => noteDelivery(portal, instance, step, status),
  })
  if (!isWaiting)
    return null
  const until = step.timeoutSeconds > 0 ? now + step.timeoutSeconds * 1000 : null
  return { kind: 'app', stepName: step.name, until, eventToken }
}

/** Nothing is sent twice: after a refusal the step just waits until its limit. */
function noteDelivery(portal: Portal, instance: WorkflowInstance, step: AppStep, status: number | null): void {
  if (status !== null && status < 300)
    return
  writeLog(portal, instance, {
    event: 'failed',
    stepName: step.name,
    message: logText(portal, 'undelivered', { status }),
    details: { status },
  })
}

/** Only what the app declared as RETURN_PROPERTIES is taken over, whatever the case of the keys. */
export function declaredResults({ returnProperties }: AppRegistration, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const byLowerName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]))
  return Object.fromEntries(Object.keys(returnProperties)
    .filter(name => byLowerName.has(name.toLowerCase()))
    .map(name => [name, byLowerName.get(name.toLowerCase())]))
}

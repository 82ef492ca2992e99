import type { RestCall, RestRegistry } from '../rest/registry.ts'
import { hasStages } from '../crm/stages.ts'
import { RestError } from '../rest/registry.ts'
import { fireTrigger } from './automation.ts'
import { documentIdOf } from './documents.ts'
import { callingApp } from './rest-registrations.ts'

const options = {
  scope: 'crm',
  admin: true,
  appContext: true,
  adminError: { status: 400, code: 'ACCESS_DENIED', description: 'Access denied! Admin permissions required' },
  contextError: { status: 400, code: 'ACCESS_DENIED', description: 'Access denied! Application context required' },
}

const refused = (description: string) => new RestError(400, '', description)

function codeOf({ params }: RestCall): string {
  const code = params.CODE
  if (typeof code !== 'string' || code === '')
    throw refused('Empty trigger code!')
  if (!/^[a-z0-9._-]+$/.test(code))
    throw refused('Wrong trigger code!')
  return code
}

function find(call: RestCall, code: string) {
  const { clientId } = callingApp(call)
  return call.portal.bizproc.triggers.find(trigger => trigger.clientId === clientId && trigger.code === code)
}

function add(call: RestCall): true {
  const code = codeOf(call)
  const name = call.params.NAME
  if (typeof name !== 'string' || name === '')
    throw refused('Empty trigger name!')
  const known = find(call, code)
  if (known)
    known.name = name
  else
    call.portal.bizproc.triggers.push({ clientId: callingApp(call).clientId, code, name })
  return true
}

function remove(call: RestCall): true {
  const trigger = find(call, codeOf(call))
  if (!trigger)
    throw refused('Trigger not found')
  const { triggers } = call.portal.bizproc
  triggers.splice(triggers.indexOf(trigger), 1)
  return true
}

function list(call: RestCall): unknown {
  const { clientId } = callingApp(call)
  return call.portal.bizproc.triggers
    .filter(trigger => trigger.clientId === clientId)
    .map(({ name, code }) => ({ NAME: name, CODE: code }))
}

function execute(call: RestCall): true {
  const { portal, params, caller } = call
  const code = codeOf(call)
  if (!find(call, code))
    throw refused(`Trigger with code ${code} is not registered.`)
  const entityTypeId = Number(params.OWNER_TYPE_ID ?? 0)
  if (!portal.crm.items(entityTypeId) || !hasStages(entityTypeId))
    throw refused('Incorrect parameter OWNER_TYPE_ID.')
  const ownerId = Number(params.OWNER_ID ?? 0)
  if (!Number.isInteger(ownerId) || ownerId <= 0)
    throw refused('Incorrect parameter OWNER_ID.')
  fireTrigger(portal, documentIdOf(entityTypeId, ownerId), {
    clientId: callingApp(call).clientId,
    code,
    userId: caller.user.id,
  })
  return true
}

export function registerTriggerMethods(rest: RestRegistry): void {
  rest.method('crm.automation.trigger.add', options, add)
  rest.method('crm.automation.trigger.delete', options, remove)
  rest.method('crm.automation.trigger.list', options, list)
  rest.method('crm.automation.trigger.execute', options, execute)
}

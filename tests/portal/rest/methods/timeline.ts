import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import { parseTime, toPortalTime } from '../../core/zoned-time.ts'
import { mayEdit, maySee } from '../../crm/access.ts'
import { addTimelineEntry } from '../../work/timeline.ts'
import { mapParam, missing, numberParam, param, textParam, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'

const names: Record<string, number> = { lead: 1, deal: 2, contact: 3, company: 4, quote: 7, smart_invoice: 31 }

/** `company`, `deal`, `dynamic_177`. */
export function entityTypeOf(name: string): number {
  const dynamic = /^dynamic_(\d+)$/.exec(name.toLowerCase())
  return dynamic ? Number(dynamic[1]) : names[name.toLowerCase()] ?? 0
}

function owner({ portal, caller }: RestCall, entityTypeId: number, entityId: number, notFound: () => RestError): void {
  if (!portal.crm.items(entityTypeId)?.has(entityId))
    throw notFound()
  if (!maySee(portal, caller.user, entityTypeId, entityId))
    throw new RestError(400, 'ACCESS_DENIED', 'Access denied')
}

function comment(call: RestCall): number {
  const { portal, caller, params } = call
  const fields = upperKeys(mapParam(params, 'fields'))
  const text = String(fields.COMMENT ?? '').trim()
  const entityTypeId = entityTypeOf(String(fields.ENTITY_TYPE ?? ''))
  const entityId = Number(fields.ENTITY_ID ?? 0)
  if (text === '')
    throw new RestError(400, '', 'Empty comment message')
  if (!entityTypeId || !entityId)
    throw new RestError(400, '', 'Entity type or entity id is not defined')
  owner(call, entityTypeId, entityId, () => new RestError(400, '', 'Access denied.'))
  return addTimelineEntry(portal, { kind: 'comment', entityTypeId, entityId, text, authorId: caller.user.id, clientId: caller.app?.clientId ?? null }).id
}

function logMessage(call: RestCall): unknown {
  const { portal, caller, params } = call
  const fields = mapParam(params, 'fields')
  for (const name of ['entityTypeId', 'entityId', 'title', 'text', 'iconCode']) {
    if (fields[name] === undefined || fields[name] === '')
      throw missing(name)
  }
  const entityTypeId = Number(fields.entityTypeId)
  const entityId = Number(fields.entityId)
  owner(call, entityTypeId, entityId, () => new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found'))
  const { id, at, title, text, iconCode, authorId } = addTimelineEntry(portal, {
    kind: 'logmessage',
    entityTypeId,
    entityId,
    title: String(fields.title),
    text: String(fields.text),
    iconCode: String(fields.iconCode),
    authorId: caller.user.id,
    clientId: caller.app?.clientId ?? null,
  })
  return { logMessage: { id, created: toPortalTime(at), authorId, title, text, iconCode } }
}

const logPage = 10

function logMessages(call: RestCall): unknown {
  const { portal, params } = call
  const entityTypeId = numberParam(params, 'entityTypeId')
  const entityId = numberParam(params, 'entityId')
  owner(call, entityTypeId, entityId, () => new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found'))
  const [direction] = Object.values(mapParam(params, 'order'))
  const own = portal.timeline.filter(entry => entry.kind === 'logmessage' && entry.entityTypeId === entityTypeId && entry.entityId === entityId)
  const sorted = own.toSorted((a, b) => String(direction).toLowerCase() === 'asc' ? a.id - b.id : b.id - a.id)
  const start = numberParam(params, 'start')
  return { logMessages: sorted.slice(start, start + logPage).map(({ id, at, title, text, iconCode, authorId }) => ({ id, created: toPortalTime(at), authorId, title, text, iconCode })) }
}

function todo(call: RestCall): unknown {
  const { portal, caller, params } = call
  for (const name of ['ownerTypeId', 'ownerId', 'deadline']) {
    if (param(params, name) === undefined)
      throw missing(name)
  }
  const entityTypeId = numberParam(params, 'ownerTypeId')
  const entityId = numberParam(params, 'ownerId')
  owner(call, entityTypeId, entityId, () => new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found'))
  if (!mayEdit(portal, caller.user, entityTypeId, entityId))
    throw new RestError(400, 'ACCESS_DENIED', 'Access denied')
  const deadline = parseTime(textParam(params, 'deadline'))
  if (deadline === null)
    throw new RestError(400, 'WRONG_DATETIME_FORMAT', 'Wrong datetime format')
  const { id } = addTimelineEntry(portal, {
    kind: 'todo',
    entityTypeId,
    entityId,
    title: textParam(params, 'title'),
    text: textParam(params, 'description'),
    deadline: toPortalTime(deadline),
    responsibleId: numberParam(params, 'responsibleId') || caller.user.id,
    authorId: caller.user.id,
    clientId: caller.app?.clientId ?? null,
  })
  return { id }
}

export function timelineMethods({ rest }: PortalModule): void {
  rest.method('crm.timeline.comment.add', { scope: 'crm' }, comment)
  rest.method('crm.timeline.logmessage.add', { scope: 'crm', intranetOnly: true }, logMessage)
  rest.method('crm.timeline.logmessage.list', { scope: 'crm' }, logMessages)
  rest.method('crm.activity.todo.add', { scope: 'crm', intranetOnly: true }, todo)
}

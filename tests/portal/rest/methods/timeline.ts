import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { TimelineEntry } from '../../state.ts'
import { parseTime, toPortalTime } from '../../core/zoned-time.ts'
import { mayEdit } from '../../crm/access.ts'
import { addTimelineEntry } from '../../work/timeline.ts'
import { mapParam, missing, numberParam, param, textParam } from '../params.ts'
import { RestError } from '../registry.ts'
import { ownerOf } from './timeline-owner.ts'

function logMessage(call: RestCall): unknown {
  const { portal, caller, params } = call
  const fields = mapParam(params, 'fields')
  for (const name of ['entityTypeId', 'entityId', 'title', 'text', 'iconCode']) {
    if (fields[name] === undefined || fields[name] === '')
      throw missing(name)
  }
  const entityTypeId = Number(fields.entityTypeId)
  const entityId = Number(fields.entityId)
  ownerOf(call, entityTypeId, entityId)
  const entry = addTimelineEntry(portal, {
    kind: 'logmessage',
    entityTypeId,
    entityId,
    title: String(fields.title),
    text: String(fields.text),
    iconCode: String(fields.iconCode),
    authorId: caller.user.id,
    clientId: caller.app?.clientId ?? null,
  })
  return { logMessage: shown(entry) }
}

const shown = ({ id, at, title, text, iconCode, authorId }: TimelineEntry) => ({ id, created: toPortalTime(at), authorId, title, text, iconCode })

function existing({ portal, params }: RestCall): TimelineEntry {
  if (param(params, 'id') === undefined)
    throw missing('id')
  const id = numberParam(params, 'id')
  const entry = portal.timeline.find(known => known.id === id && known.kind === 'logmessage')
  if (!entry)
    throw new RestError(400, 'NOT_FOUND', `Timeline logmessage not found for id ${id}`)
  return entry
}

function remove(call: RestCall): true {
  const { portal, caller } = call
  const entry = existing(call)
  if (entry.clientId !== (caller.app?.clientId ?? null))
    throw new RestError(400, 'REMOVING_DISABLED', 'The log message was created by another application')
  portal.timeline.splice(portal.timeline.indexOf(entry), 1)
  return true
}

const logPage = 10

function logMessages(call: RestCall): unknown {
  const { portal, params } = call
  for (const name of ['entityTypeId', 'entityId']) {
    if (param(params, name) === undefined)
      throw missing(name)
  }
  const entityTypeId = numberParam(params, 'entityTypeId')
  const entityId = numberParam(params, 'entityId')
  ownerOf(call, entityTypeId, entityId)
  const [direction] = Object.values(mapParam(params, 'order'))
  const own = portal.timeline.filter(entry => entry.kind === 'logmessage' && entry.entityTypeId === entityTypeId && entry.entityId === entityId)
  const sorted = own.toSorted((a, b) => String(direction).toLowerCase() === 'asc' ? a.id - b.id : b.id - a.id)
  const start = numberParam(params, 'start')
  return { result: sorted.slice(start, start + logPage).map(shown), total: sorted.length, ...(start + logPage < sorted.length ? { next: start + logPage } : {}) }
}

function todo(call: RestCall): unknown {
  const { portal, caller, params } = call
  for (const name of ['ownerTypeId', 'ownerId', 'deadline']) {
    if (param(params, name) === undefined)
      throw missing(name)
  }
  const entityTypeId = numberParam(params, 'ownerTypeId')
  const entityId = numberParam(params, 'ownerId')
  ownerOf(call, entityTypeId, entityId)
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
  rest.method('crm.timeline.logmessage.add', { scope: 'crm', intranetOnly: true }, logMessage)
  rest.method('crm.timeline.logmessage.get', { scope: 'crm' }, call => ({ logMessage: shown(existing(call)) }))
  rest.method('crm.timeline.logmessage.delete', { scope: 'crm' }, remove)
  rest.method('crm.timeline.logmessage.list', { scope: 'crm' }, logMessages)
  rest.method('crm.activity.todo.add', { scope: 'crm', intranetOnly: true }, todo)
}

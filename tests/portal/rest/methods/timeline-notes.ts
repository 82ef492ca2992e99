import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { TimelineEntry } from '../../state.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { missing, numberParam, param, textParam } from '../params.ts'
import { RestError } from '../registry.ts'
import { ownerOf } from './timeline-owner.ts'

const mostPinned = 3

/** An entry of the record's timeline: a line of its history or a to-do, by the name of the parameter that holds its id. */
function entryOf(call: RestCall, idName: 'id' | 'itemId'): TimelineEntry {
  const { portal, params } = call
  for (const name of ['ownerTypeId', 'ownerId', idName]) {
    if (param(params, name) === undefined)
      throw missing(name)
  }
  const ownerId = numberParam(params, 'ownerId')
  const ownerTypeId = numberParam(params, 'ownerTypeId')
  ownerOf(call, ownerTypeId, ownerId)
  const entry = portal.timeline.find(known => known.id === numberParam(params, idName) && known.entityTypeId === ownerTypeId && known.entityId === ownerId)
  if (!entry)
    throw new RestError(400, 'NOT_FOUND', 'Element not found')
  return entry
}

function saveNote(call: RestCall): true {
  const { portal, caller, params } = call
  const text = textParam(params, 'text')
  if (text === '')
    throw missing('text')
  const entry = entryOf(call, 'itemId')
  const time = toPortalTime(portal.clock.now())
  entry.note = { createdById: caller.user.id, createdTime: time, ...entry.note, text, updatedById: caller.user.id, updatedTime: time }
  return true
}

function pin(call: RestCall): null {
  const entry = entryOf(call, 'id')
  const pinned = call.portal.timeline.filter(known => known.isPinned && known.entityTypeId === entry.entityTypeId && known.entityId === entry.entityId)
  if (!entry.isPinned && pinned.length >= mostPinned)
    throw new RestError(400, '0', 'Only three events can be added to favorites')
  entry.isPinned = true
  return null
}

export function timelineNoteMethods({ rest }: PortalModule): void {
  const options = { scope: 'crm' }
  rest.method('crm.timeline.note.save', options, saveNote)
  rest.method('crm.timeline.note.get', options, (call) => {
    const { note } = entryOf(call, 'itemId')
    if (!note)
      throw new RestError(400, 'NOT_FOUND', 'Element not found')
    const { text, createdById, createdTime, updatedById, updatedTime } = note
    return { text, createdById, createdTime, updatedById, updatedTime }
  })
  rest.method('crm.timeline.note.delete', options, (call) => {
    const entry = entryOf(call, 'itemId')
    if (!entry.note)
      throw new RestError(400, 'NOT_FOUND', 'Element not found')
    delete entry.note
    return true
  })
  rest.method('crm.timeline.item.pin', options, pin)
  rest.method('crm.timeline.item.unpin', options, (call) => {
    entryOf(call, 'id').isPinned = false
    return null
  })
}

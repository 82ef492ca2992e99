import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { TimelineEntry } from '../../state.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { maySee } from '../../crm/access.ts'
import { emitEvent } from '../../events/emit.ts'
import { addTimelineEntry } from '../../work/timeline.ts'
import { listParam, mapParam, missing, numberParam, pageOf, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { described } from './described.ts'
import { pick } from './plain-list.ts'
import { entityTypeName, entityTypeOf, ownerOf } from './timeline-owner.ts'

const fields = described({
  ID: ['integer', 'ID', 'r'],
  CREATED: ['datetime', 'Ajouté le', 'r'],
  ENTITY_ID: ['integer', 'Élément commenté', '!i'],
  ENTITY_TYPE: ['string', 'Type de l’élément', '!i'],
  AUTHOR_ID: ['integer', 'Auteur', 'i'],
  COMMENT: ['string', 'Commentaire'],
  FILES: ['attached_diskfile', 'Fichiers', '*'],
})

const empty = () => new RestError(400, 'INVALID_ARG_VALUE', 'Empty comment message')

function add(call: RestCall): number {
  const { portal, caller, params } = call
  if (param(params, 'fields') === undefined)
    throw missing('fields')
  const given = upperKeys(mapParam(params, 'fields'))
  const text = String(given.COMMENT ?? '').trim()
  const entityTypeId = entityTypeOf(String(given.ENTITY_TYPE ?? ''))
  const entityId = Number(given.ENTITY_ID ?? 0)
  if (text === '')
    throw empty()
  ownerOf(call, entityTypeId, entityId)
  const { id } = addTimelineEntry(portal, { kind: 'comment', entityTypeId, entityId, text, files: filesOf(given.FILES), authorId: caller.user.id, clientId: caller.app?.clientId ?? null })
  announce(call, 'ADD', id)
  return id
}

/** Names and sizes of `[[name, base64], …]`: what is in the files is not kept. */
function filesOf(given: unknown): { name: string, size: number }[] {
  const pairs = given !== null && typeof given === 'object' ? Object.values(given) as unknown[] : []
  return pairs.flatMap(pair => Array.isArray(pair) ? [{ name: String(pair[0]), size: Buffer.byteLength(String(pair[1]), 'base64') }] : [])
}

function announce({ portal, caller }: RestCall, change: 'ADD' | 'UPDATE' | 'DELETE', id: number): void {
  emitEvent(portal, `ONCRMTIMELINECOMMENT${change}`, { FIELDS: { ID: String(id) } }, { userId: caller.user.id })
}

function existing({ portal, caller, params }: RestCall, notFound: RestError): TimelineEntry {
  const id = numberParam(params, 'id')
  const entry = portal.timeline.find(known => known.id === id && known.kind === 'comment')
  if (!entry || !maySee(portal, caller.user, entry.entityTypeId, entry.entityId))
    throw notFound
  return entry
}

const gone = () => new RestError(400, 'NOT_FOUND', 'Not found.')

function shown({ portal }: RestCall, { id, entityTypeId, entityId, at, text, authorId, files = [] }: TimelineEntry): Record<string, unknown> {
  return {
    ID: String(id),
    ENTITY_ID: String(entityId),
    ENTITY_TYPE: entityTypeName(entityTypeId),
    CREATED: toPortalTime(at),
    COMMENT: text,
    AUTHOR_ID: String(authorId),
    ...(files.length === 0 ? {} : { FILES: Object.fromEntries(files.map((file, index) => [index + 1, { id: index + 1, date: toPortalTime(at), type: 'file', ...file, authorId, authorName: portal.users.get(authorId)?.name ?? '' }])) }),
  }
}

function list(call: RestCall): unknown {
  const { portal, caller, params } = call
  const wanted = upperKeys(mapParam(params, 'filter'))
  const entityTypeId = entityTypeOf(String(wanted.ENTITY_TYPE ?? ''))
  const entityId = Number(wanted.ENTITY_ID ?? 0)
  if (!portal.crm.items(entityTypeId)?.has(entityId) || !maySee(portal, caller.user, entityTypeId, entityId))
    throw new RestError(400, '', 'Access denied.')
  const [direction] = Object.values(mapParam(params, 'order'))
  const found = portal.timeline.filter(entry => entry.kind === 'comment' && entry.entityTypeId === entityTypeId && entry.entityId === entityId)
    .sort((a, b) => String(direction).toLowerCase() === 'desc' ? b.id - a.id : a.id - b.id)
  const { page, next } = pageOf(found, param(params, 'start'))
  const select = listParam(params, 'select').map(name => String(name).toUpperCase())
  return { result: page.map(entry => pick(shown(call, entry), select)), total: found.length, ...next }
}

function update(call: RestCall): number {
  const given = upperKeys(mapParam(call.params, 'fields'))
  const entry = existing(call, gone())
  const text = String(given.COMMENT ?? entry.text).trim()
  if (text === '')
    throw empty()
  Object.assign(entry, { text, ...(given.FILES === undefined ? {} : { files: filesOf(given.FILES) }) })
  announce(call, 'UPDATE', entry.id)
  return entry.id
}

function remove(call: RestCall): null {
  const { timeline } = call.portal
  const entry = existing(call, gone())
  timeline.splice(timeline.indexOf(entry), 1)
  announce(call, 'DELETE', entry.id)
  return null
}

export function commentMethods({ rest }: PortalModule): void {
  const options = { scope: 'crm' }
  rest.method('crm.timeline.comment.add', options, add)
  rest.method('crm.timeline.comment.get', options, call => shown(call, existing(call, new RestError(400, '', 'Not found.'))))
  rest.method('crm.timeline.comment.list', options, list)
  rest.method('crm.timeline.comment.update', options, update)
  rest.method('crm.timeline.comment.delete', options, remove)
  rest.method('crm.timeline.comment.fields', options, () => fields)
}

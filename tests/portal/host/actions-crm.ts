import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Item } from '../crm/store.ts'
import type { Portal } from '../state.ts'
import { expireTokens } from '../apps/tokens.ts'
import { mayAdd, mayEdit } from '../crm/access.ts'
import { fillDetails } from '../crm/details.ts'
import { findStage } from '../crm/stages.ts'
import { restFaultKinds, frameFaultKinds } from '../core/faults.ts'
import { done, field, isMap } from './form.ts'
import { contextOf } from './pages.ts'
import { recordPath } from './records.ts'
import { recordForm } from './screens/record-form.ts'
import { isViewerLanguage } from './text/index.ts'
import { rememberCookie, viewerOf } from './viewer.ts'

interface RecordParams {
  type: string
  id: string
}

/** What people do on the CRM's screens. */
export function registerCrmActions(app: FastifyInstance, portal: Portal): void {
  registerRecordForms(app, portal)
  registerDetails(app, portal)
  app.post<{ Params: RecordParams }>('/host/crm/:type/:id/stage', async (request, reply) => {
    const { user, entityTypeId, item } = editable(portal, request)
    const stageId = field(request.body, 'stageId')
    if (!item || !findStage(portal.crm, entityTypeId, Number(item.categoryId ?? 0), stageId))
      return reply.code(403).send({ error: 'denied' })
    if (item.stageId !== stageId)
      portal.crm.update(entityTypeId, item.id, { stageId }, { userId: user.id })
    return done(request, reply)
  })

  app.post<{ Params: RecordParams }>('/host/crm/:type/:id/comment', async (request, reply) => {
    const { user, entityTypeId, item } = editable(portal, request)
    const text = field(request.body, 'text')
    if (!item || !text)
      return reply.code(403).send({ error: 'denied' })
    portal.timeline.push({
      id: portal.nextId('timeline'),
      kind: 'comment',
      entityTypeId,
      entityId: item.id,
      authorId: user.id,
      clientId: null,
      title: '',
      text,
      iconCode: 'comment',
      deadline: null,
      responsibleId: null,
      at: portal.clock.now(),
    })
    return done(request, reply)
  })
}

function registerDetails(app: FastifyInstance, portal: Portal): void {
  app.post<{ Params: RecordParams, Body: { kind?: unknown, fields?: unknown } }>('/host/crm/:type/:id/details', async (request, reply) => {
    const { entityTypeId, item } = editable(portal, request)
    const { kind, fields } = request.body
    if (!item || (kind !== 'company' && kind !== 'bank'))
      return reply.code(403).send({ error: 'denied' })
    const given = Object.entries(isMap(fields) ? fields : {}).filter(([name]) => name === 'NAME' || name.startsWith('RQ_'))
    fillDetails(portal, { entityTypeId, id: item.id }, kind, Object.fromEntries(given.map(([name, value]) => [name, String(value)])))
    return done(request, reply)
  })
}

/** What the form sent, without the address to go back to. */
function recordFields(body: unknown): Record<string, unknown> {
  const entries = isMap(body) ? Object.entries(body) : []
  return Object.fromEntries(entries.filter(([name, value]) => name !== 'back' && typeof value === 'string'))
}

function registerRecordForms(app: FastifyInstance, portal: Portal): void {
  app.get<{ Params: RecordParams }>('/host/crm/:type/:id/form', async (request, reply) => {
    const { user, entityTypeId, item } = editable(portal, request)
    const isNew = request.params.id === 'new'
    if (isNew ? !mayAdd(user, entityTypeId, {}) : !item)
      return reply.code(403).send({ error: 'denied' })
    return reply.type('text/html; charset=utf-8').send(recordForm(contextOf(portal, request), entityTypeId, item).markup)
  })

  app.post<{ Params: RecordParams }>('/host/crm/:type/:id', async (request, reply) => {
    const { user, entityTypeId, item } = editable(portal, request)
    const fields = recordFields(request.body)
    if (item) {
      portal.crm.update(entityTypeId, item.id, fields, { userId: user.id })
      return done(request, reply)
    }
    if (request.params.id !== 'new' || !portal.crm.items(entityTypeId) || !mayAdd(user, entityTypeId, fields))
      return reply.code(403).send({ error: 'denied' })
    const { id } = portal.crm.add(entityTypeId, fields, { userId: user.id })
    return reply.code(201).send({ path: recordPath(entityTypeId, id) })
  })
}

function editable(portal: Portal, request: FastifyRequest<{ Params: RecordParams }>) {
  const { user } = viewerOf(portal, request.headers)
  const entityTypeId = Number(request.params.type)
  const id = Number(request.params.id)
  const item: Item | null = mayEdit(portal, user, entityTypeId, id) ? portal.crm.items(entityTypeId)?.get(id) ?? null : null
  return { user, entityTypeId, item }
}

/** The viewer's switch, notifications, tasks and faults. */
export function registerViewerActions(app: FastifyInstance, portal: Portal): void {
  app.post('/host/viewer', async (request, reply) => {
    const user = field(request.body, 'user')
    const language = field(request.body, 'language')
    const theme = field(request.body, 'theme')
    const cookies = [
      ...(portal.users.has(Number(user)) ? [rememberCookie('user', user)] : []),
      ...(isViewerLanguage(language) ? [rememberCookie('language', language)] : []),
      ...(theme === 'light' || theme === 'dark' ? [rememberCookie('theme', theme)] : []),
    ]
    void reply.header('set-cookie', cookies)
    return done(request, reply)
  })

  app.post('/host/notifications/read', async (request, reply) => {
    const { user } = viewerOf(portal, request.headers)
    for (const notification of portal.notifications) {
      if (notification.userId === user.id)
        notification.isRead = true
    }
    return done(request, reply)
  })

  app.post<{ Params: { id: string } }>('/host/tasks/:id/complete', async (request, reply) => {
    const task = portal.tasks.get(Number(request.params.id))
    if (task)
      task.status = '5'
    return done(request, reply)
  })
}

export function registerFaultActions(app: FastifyInstance, portal: Portal): void {
  app.post('/host/faults/frame', async (request, reply) => {
    for (const kind of frameFaultKinds)
      portal.faults.frame[kind] = field(request.body, kind) !== ''
    return done(request, reply, '/devops/faults/')
  })

  app.post('/host/faults/rest', async (request, reply) => {
    const kind = restFaultKinds.find(name => name === field(request.body, 'kind'))
    const method = field(request.body, 'method')
    if (kind)
      portal.faults.add({ kind, methods: method ? [method] : null, count: Number(field(request.body, 'count')) || null })
    return done(request, reply, '/devops/faults/')
  })

  app.post('/host/tokens/expire', async (request, reply) => {
    expireTokens(portal)
    return done(request, reply, '/devops/faults/')
  })

  app.post('/host/clock', async (request, reply) => {
    const hours = Number(field(request.body, 'hours'))
    if (hours > 0)
      portal.clock.jump(hours * 3_600_000)
    else
      portal.clock.reset()
    return done(request, reply, '/devops/faults/')
  })

  app.post('/host/faults/clear', async (request, reply) => {
    portal.faults.clear()
    return done(request, reply, '/devops/faults/')
  })
}

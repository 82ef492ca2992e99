import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StepPlace, StepType, Template } from '../bizproc/model.ts'
import type { Portal } from '../state.ts'
import type { Viewer } from './viewer.ts'
import { decide } from '../bizproc/answers.ts'
import { addStep, bindTrigger, changeStep, createTemplate, deleteTemplate, dropStep, newAppStep, newBuiltInStep, saveTemplate, stageTemplate, unbindTrigger } from '../bizproc/designer.ts'
import { documentIdOf, documentTypeOf, entityTypeIdOf } from '../bizproc/documents.ts'
import { startWorkflow, terminateWorkflow } from '../bizproc/engine.ts'
import { findStep } from '../bizproc/model.ts'
import { saveStep } from '../bizproc/settings-dialog.ts'
import { done, field, isMap } from './form.ts'
import { contextOf } from './pages.ts'
import { parameterForm } from './screens/parameter-form.ts'
import { findRecord } from './records.ts'
import { stepDialog } from './screens/step-dialog.ts'
import { editedStep } from './step-form.ts'
import { translator } from './text/index.ts'
import { viewerOf } from './viewer.ts'

interface Ids {
  id: string
  step: string
}

interface Found {
  template: Template
  viewer: Viewer
}

type Choice = { type: Exclude<StepType, 'app'> } | { appId: string, code: string }

type Handler = (found: Found, request: FastifyRequest<{ Params: Ids }>, reply: FastifyReply) => unknown

export function registerBizprocActions(app: FastifyInstance, portal: Portal): void {
  app.post('/host/bizproc/templates', async (request, reply) => {
    const { user } = viewerOf(portal, request.headers)
    const template = createTemplate(portal, {
      name: field(request.body, 'name') || '—',
      documentType: documentTypeOf(Number(field(request.body, 'entityTypeId')) || 2),
      userId: user.id,
    })
    return reply.redirect(`/bizproc/templates/${template.id}/`, 303)
  })

  app.post('/host/bizproc/automation', async (request, reply) => {
    const { user } = viewerOf(portal, request.headers)
    const documentType = documentTypeOf(Number(field(request.body, 'entityTypeId')) || 2)
    const template = stageTemplate(portal, documentType, field(request.body, 'stageId'), user.id)
    return reply.redirect(`/bizproc/templates/${template.id}/`, 303)
  })

  registerTemplateActions(app, portal)
  registerRunActions(app, portal)
  registerTriggerActions(app, portal)
}

function registerTriggerActions(app: FastifyInstance, portal: Portal): void {
  app.post('/host/bizproc/triggers', async (request, reply) => {
    const [appId = '', code = ''] = field(request.body, 'trigger').split('@')
    const stageId = field(request.body, 'stageId')
    const documentType = documentTypeOf(Number(field(request.body, 'entityTypeId')) || 2)
    if (portal.bizproc.triggers.some(trigger => trigger.clientId === appId && trigger.code === code))
      bindTrigger(portal, { appId, code, documentType, stageId, templateId: null, isBackwardAllowed: false })
    return done(request, reply)
  })

  app.post<{ Params: { id: string } }>('/host/bizproc/triggers/:id/delete', async (request, reply) => {
    unbindTrigger(portal, Number(request.params.id))
    return done(request, reply)
  })
}

function registerTemplateActions(app: FastifyInstance, portal: Portal): void {
  const on = (method: 'GET' | 'POST', path: string, handler: Handler) =>
    app.route<{ Params: Ids }>({
      method,
      url: `/host/bizproc/templates/:id${path}`,
      handler: async (request, reply) => {
        const template = portal.bizproc.templates.get(Number(request.params.id))
        const viewer = viewerOf(portal, request.headers)
        return template ? handler({ template, viewer }, request, reply) : reply.code(404).send({ error: 'gone' })
      },
    })

  on('POST', '', ({ template, viewer }, request, reply) => {
    const autoExecute = Number(field(request.body, 'autoExecute')) & 3
    saveTemplate(portal, { ...template, name: field(request.body, 'name') || template.name, autoExecute: autoExecute as Template['autoExecute'] }, viewer.user.id)
    return done(request, reply)
  })
  on('POST', '/delete', ({ template }, request, reply) => {
    deleteTemplate(portal, template.id)
    return done(request, reply, '/bizproc/')
  })
  on('GET', '/parameters', ({ template }, request, reply) =>
    reply.type('text/html; charset=utf-8').send(parameterForm(contextOf(portal, request), template).markup))
  on('POST', '/run', ({ template, viewer }, request, reply) => start(portal, { template, viewer }, request, reply))
  registerStepActions(portal, on)
}

function start(portal: Portal, { template, viewer }: Found, request: FastifyRequest, reply: FastifyReply): unknown {
  const entityTypeId = entityTypeIdOf(template.documentType) ?? 0
  const item = findRecord(portal, viewer.user, entityTypeId, Number(field(request.body, 'recordId')))
  if (item === null || item === 'denied')
    return reply.code(403).send({ error: 'denied' })
  const run = startWorkflow(portal, template, documentIdOf(entityTypeId, item.id), { userId: viewer.user.id, parameters: propertiesOf(request.body) })
  return { path: `/bizproc/runs/${run.id}/` }
}

function registerStepActions(portal: Portal, on: (method: 'GET' | 'POST', path: string, handler: Handler) => void): void {
  on('POST', '/steps', ({ template, viewer }, request) => {
    const { choice, place } = request.body as { choice: Choice, place: StepPlace }
    const step = 'appId' in choice
      ? newAppStep(portal, choice, viewer.language)
      : newBuiltInStep(portal, choice.type, translator(viewer.language)(`bp.${choice.type}`))
    addStep(portal, template, step, place)
    return { name: step.name }
  })
  on('GET', '/steps/:step', ({ template }, request, reply) => {
    const step = findStep(template, request.params.step)
    if (!step)
      return reply.code(404).send({ error: 'gone' })
    return reply.type('text/html; charset=utf-8').send(stepDialog(contextOf(portal, request), template, step).markup)
  })
  on('POST', '/steps/:step', ({ template }, request, reply) => {
    const step = findStep(template, request.params.step)
    if (!step)
      return reply.code(404).send({ error: 'gone' })
    const title = field(request.body, 'title') || step.title
    if (step.type === 'app')
      saveStep(portal, template, step, propertiesOf(request.body), { title, ...waitingOf(request.body) })
    else
      changeStep(portal, template, editedStep(step, title, request.body))
    return done(request, reply)
  })
  on('POST', '/steps/:step/drop', ({ template }, request, reply) => {
    dropStep(portal, template, request.params.step)
    return done(request, reply)
  })
}

/** The check box is there only where the app leaves the choice. */
function waitingOf(body: unknown): { timeoutSeconds: number, isWaiting?: boolean } {
  const timeoutSeconds = Math.max(0, Number(field(body, 'timeoutSeconds')) || 0)
  return field(body, 'waitingShown') === '1' ? { timeoutSeconds, isWaiting: field(body, 'isWaiting') === '1' } : { timeoutSeconds }
}

function propertiesOf(body: unknown): Record<string, unknown> {
  const properties = isMap(body) ? body.properties : null
  return isMap(properties) ? properties : {}
}

function registerRunActions(app: FastifyInstance, portal: Portal): void {
  app.post<{ Params: { id: string } }>('/host/bizproc/runs/:id/terminate', async (request, reply) => {
    const run = portal.bizproc.instances.get(request.params.id)
    if (run)
      terminateWorkflow(portal, run, '')
    return done(request, reply)
  })

  app.post<{ Params: { id: string } }>('/host/bizproc/tasks/:id', async (request, reply) => {
    const task = portal.bizproc.tasks.get(Number(request.params.id))
    const { user } = viewerOf(portal, request.headers)
    if (task?.userId === user.id)
      decide(portal, task.id, { isApproved: field(request.body, 'answer') === 'yes', comment: '' })
    return done(request, reply)
  })
}

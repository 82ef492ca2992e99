import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StepPlace, StepType, Template } from '../bizproc/model.ts'
import type { Portal } from '../state.ts'
import type { Viewer } from './viewer.ts'
import { decide } from '../bizproc/answers.ts'
import { addStep, changeStep, createTemplate, deleteTemplate, dropStep, newAppStep, newBuiltInStep, saveTemplate, stageTemplate } from '../bizproc/designer.ts'
import { documentIdOf, documentTypeOf, entityTypeIdOf } from '../bizproc/documents.ts'
import { startWorkflow, terminateWorkflow } from '../bizproc/engine.ts'
import { findStep } from '../bizproc/model.ts'
import { saveStep } from '../bizproc/settings-dialog.ts'
import { done, field, isMap } from './form.ts'
import { contextOf } from './pages.ts'
import { findRecord } from './records.ts'
import { stepDialog } from './screens/step-dialog.ts'
import { editedStep } from './step-form.ts'
import { translator } from './text/index.ts'
import { viewerOf } from './viewer.ts'

interface Ids {
  id: string
  step: string
}

type Handler = (found: { template: Template, viewer: Viewer }, request: FastifyRequest<{ Params: Ids }>, reply: FastifyReply) => unknown

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
  on('POST', '/steps', ({ template, viewer }, request) => {
    const { choice, place } = request.body as { choice: { type?: StepType, appId?: string, code?: string }, place: StepPlace }
    const step = choice.appId && choice.code
      ? newAppStep(portal, { appId: choice.appId, code: choice.code }, viewer.language)
      : newBuiltInStep(portal, choice.type as Exclude<StepType, 'app'>, translator(viewer.language)(`bp.${choice.type as Exclude<StepType, 'app'>}`))
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
      saveStep(portal, template, step, propertiesOf(request.body), { title, timeoutSeconds: Number(field(request.body, 'timeoutSeconds')) || 0, isWaiting: field(request.body, 'isWaiting') === '1' || step.isWaiting })
    else
      changeStep(portal, template, editedStep(step, title, request.body))
    return done(request, reply)
  })
  on('POST', '/steps/:step/drop', ({ template }, request, reply) => {
    dropStep(portal, template, request.params.step)
    return done(request, reply)
  })
  on('POST', '/run', ({ template, viewer }, request, reply) => {
    const entityTypeId = entityTypeIdOf(template.documentType) ?? 0
    const item = findRecord(portal, viewer.user, entityTypeId, Number(field(request.body, 'recordId')))
    if (item === null || item === 'denied')
      return reply.code(403).send({ error: 'denied' })
    const run = startWorkflow(portal, template, documentIdOf(entityTypeId, item.id), { userId: viewer.user.id })
    return { path: `/bizproc/runs/${run.id}/` }
  })
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

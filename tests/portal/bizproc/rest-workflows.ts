import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { WorkflowInstance } from '../state.bizproc.ts'
import type { Row } from './list-query.ts'
import type { Template } from './model.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { RestError } from '../rest/registry.ts'
import { findDocument } from './document-values.ts'
import { isKnownDocumentType, isSameType, parseDocumentId, toTriple } from './documents.ts'
import { killWorkflow, startWorkflow, terminateWorkflow } from './engine.ts'
import { listPage } from './list-query.ts'
import { isMap } from './registration-rules.ts'

const adminOnly = {
  scope: 'bizproc',
  admin: true,
  adminError: { status: 403, code: 'ACCESS_DENIED', description: 'Access denied!' },
}

const wrongId = (description: string) => new RestError(400, 'ERROR_WRONG_WORKFLOW_ID', description)
const wrongDocument = (description: string) => new RestError(400, '', description)

function templateOf({ portal, params }: RestCall): Template {
  const id = Number(params.TEMPLATE_ID ?? 0)
  if (!id)
    throw wrongId('Empty TEMPLATE_ID')
  const template = portal.bizproc.templates.get(id)
  if (!template)
    throw wrongId('Template not found')
  return template
}

function start(call: RestCall): string {
  const { portal, params, caller } = call
  const template = templateOf(call)
  const documentId = toTriple(params.DOCUMENT_ID)
  if (!documentId)
    throw wrongDocument('Wrong DOCUMENT_ID!')
  const reference = parseDocumentId(documentId)
  if (!reference || !isKnownDocumentType(reference.documentType))
    throw wrongDocument('Incorrect document type!')
  if (!findDocument(portal, documentId))
    throw wrongDocument('Wrong DOCUMENT_ID!')
  if (!isSameType(reference.documentType, template.documentType))
    throw wrongDocument('Template type and DOCUMENT_ID mismatch!')
  const parameters = isMap(params.PARAMETERS) ? params.PARAMETERS : {}
  return startWorkflow(portal, template, documentId, { userId: caller.user.id, parameters }).id
}

/** The workflow counts as stuck when it was locked long ago; this portal locks none. */
const rowOf = (instance: WorkflowInstance): Row => ({
  ID: instance.id,
  MODIFIED: toPortalTime(instance.modifiedAt),
  OWNED_UNTIL: null,
  MODULE_ID: instance.documentId[0],
  ENTITY: instance.documentId[1],
  DOCUMENT_ID: instance.documentId[2],
  STARTED: toPortalTime(instance.startedAt),
  STARTED_BY: String(instance.startedBy),
  TEMPLATE_ID: String(instance.templateId),
})

function instances({ portal, params }: RestCall): unknown {
  const running = [...portal.bizproc.instances.values()].filter(({ status }) => status === 'running')
  return listPage(running.map(rowOf), params, { select: ['ID', 'MODIFIED', 'OWNED_UNTIL'], order: { MODIFIED: 'desc' } })
}

function named({ portal, params }: RestCall): WorkflowInstance | undefined {
  const id = params.ID
  if (typeof id !== 'string' || id === '')
    throw wrongId('Empty workflow instance ID')
  return portal.bizproc.instances.get(id)
}

function terminate(call: RestCall): true {
  const instance = named(call)
  if (instance)
    terminateWorkflow(call.portal, instance, typeof call.params.STATUS === 'string' ? call.params.STATUS : '')
  return true
}

function kill(call: RestCall): true {
  const instance = named(call)
  if (instance)
    killWorkflow(call.portal, instance)
  return true
}

export function registerWorkflowMethods(rest: RestRegistry): void {
  rest.method('bizproc.workflow.start', adminOnly, start)
  rest.method('bizproc.workflow.instances', adminOnly, instances)
  rest.method('bizproc.workflow.instance.list', adminOnly, instances)
  rest.method('bizproc.workflow.terminate', adminOnly, terminate)
  rest.method('bizproc.workflow.kill', adminOnly, kill)
}

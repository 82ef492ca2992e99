import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { AutoExecute, DocumentType, Step, Template } from './model.ts'
import type { TemplateContent } from './template-data.ts'
import type { Row } from './list-query.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { phpMap } from '../rest/php.ts'
import { RestError } from '../rest/registry.ts'
import { createTemplate, deleteTemplate, saveTemplate } from './designer.ts'
import { isKnownDocumentType, toTriple } from './documents.ts'
import { listPage } from './list-query.ts'
import { isMap } from './registration-rules.ts'
import { callingApp, ownersOnly } from './rest-registrations.ts'
import { readTemplateData } from './template-data.ts'

const invalid = (description: string) => new RestError(400, 'ERROR_TEMPLATE_VALIDATION_FAILURE', description)

function documentTypeOf(value: unknown): DocumentType {
  const triple = toTriple(value)
  if (!triple || !isKnownDocumentType(triple))
    throw invalid('Incorrect field DOCUMENT_TYPE!')
  return triple
}

function nameOf(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw invalid('Empty template name!')
  return value
}

function autoExecuteOf(value: unknown): AutoExecute {
  const number = Number(value)
  if (value === '' || value === null || ![0, 1, 2, 3].includes(number))
    throw invalid('Incorrect field AUTO_EXECUTE!')
  return number as AutoExecute
}

function contentOf(call: RestCall, data: unknown): TemplateContent {
  const content = readTemplateData(call.portal, data, callingApp(call).clientId)
  if (!content)
    throw invalid('Incorrect field TEMPLATE_DATA!')
  return content
}

function add(call: RestCall): number {
  const { portal, params, caller } = call
  const documentType = documentTypeOf(params.DOCUMENT_TYPE)
  const name = nameOf(params.NAME)
  const autoExecute = autoExecuteOf(params.AUTO_EXECUTE ?? 0)
  return createTemplate(portal, {
    ...contentOf(call, params.TEMPLATE_DATA),
    documentType,
    name,
    autoExecute,
    description: typeof params.DESCRIPTION === 'string' ? params.DESCRIPTION : '',
    userId: caller.user.id,
    ownerAppId: callingApp(call).clientId,
  }).id
}

function owned(call: RestCall, verb: 'update' | 'delete'): Template {
  const template = call.portal.bizproc.templates.get(Number(call.params.ID ?? 0))
  if (!template)
    throw new RestError(400, 'ERROR_TEMPLATE_NOT_FOUND', 'Workflow template not found.')
  if (template.ownerAppId !== callingApp(call).clientId)
    throw new RestError(400, 'ERROR_TEMPLATE_NOT_OWNER', `You can ${verb} ONLY templates created by current application`)
  return template
}

function update(call: RestCall): number {
  const { portal, params, caller } = call
  const fields = isMap(params.FIELDS) ? params.FIELDS : {}
  if (Object.keys(fields).length === 0)
    throw invalid('No fields to update.')
  const template = owned(call, 'update')
  return saveTemplate(portal, {
    ...template,
    ...(fields.NAME === undefined ? {} : { name: nameOf(fields.NAME) }),
    ...(fields.AUTO_EXECUTE === undefined ? {} : { autoExecute: autoExecuteOf(fields.AUTO_EXECUTE) }),
    ...(typeof fields.DESCRIPTION === 'string' ? { description: fields.DESCRIPTION } : {}),
    ...(fields.TEMPLATE_DATA === undefined ? {} : contentOf(call, fields.TEMPLATE_DATA)),
  }, caller.user.id).id
}

function remove(call: RestCall): null {
  deleteTemplate(call.portal, owned(call, 'delete').id)
  return null
}

/** The portal nests branches as children of their step. */
function described(step: Step): Record<string, unknown> {
  const { name, title, type, ...rest } = step
  const { then = [], else: otherwise = [], ...properties } = rest as typeof rest & { then?: readonly Step[], else?: readonly Step[] }
  return {
    Type: step.type === 'app' ? step.code : type,
    Name: name,
    Activated: 'Y',
    Properties: { Title: title, ...properties },
    Children: [then, otherwise].filter(side => side.length > 0).map(side => side.map(described)),
  }
}

const map = (properties: Template['parameters']) => phpMap({ ...properties }) as Record<string, unknown> | unknown[]

function rowOf(call: RestCall, template: Template): Row {
  const [moduleId, entity, documentType] = template.documentType
  const owner = template.ownerAppId === null ? undefined : call.portal.apps.get(template.ownerAppId)
  return {
    ID: String(template.id),
    MODULE_ID: moduleId,
    ENTITY: entity,
    DOCUMENT_TYPE: documentType,
    AUTO_EXECUTE: String(template.autoExecute),
    NAME: template.name,
    DESCRIPTION: template.description,
    TEMPLATE: template.steps.map(described),
    PARAMETERS: map(template.parameters),
    VARIABLES: map(template.variables),
    CONSTANTS: map(template.constants),
    MODIFIED: toPortalTime(Date.parse(template.modified)),
    IS_MODIFIED: 'Y',
    USER_ID: String(template.userId),
    SYSTEM_CODE: owner ? `rest_app_${owner.id}` : null,
  }
}

function list(call: RestCall): unknown {
  const rows = [...call.portal.bizproc.templates.values()].map(template => rowOf(call, template))
  return listPage(rows, call.params, { select: ['ID'], order: { ID: 'asc' } })
}

export function registerTemplateMethods(rest: RestRegistry): void {
  rest.method('bizproc.workflow.template.add', ownersOnly, add)
  rest.method('bizproc.workflow.template.update', ownersOnly, update)
  rest.method('bizproc.workflow.template.delete', ownersOnly, remove)
  rest.method('bizproc.workflow.template.list', { ...ownersOnly, appContext: false }, list)
}

import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { Portal } from '../state.ts'
import type { WorkflowTask } from '../state.bizproc.ts'
import type { Row } from './list-query.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { RestError } from '../rest/registry.ts'
import { decide } from './answers.ts'
import { findDocument } from './document-values.ts'
import { listPage, parameter } from './list-query.ts'
import { isMap } from './registration-rules.ts'

const paths: Record<number, string> = { 1: 'lead', 2: 'deal', 3: 'contact', 4: 'company', 7: 'quote' }

function rowOf(portal: Portal, task: WorkflowTask): Row[] {
  const instance = portal.bizproc.instances.get(task.workflowId)
  if (!instance)
    return []
  const [moduleId, entity, documentId] = instance.documentId
  const found = findDocument(portal, instance.documentId)
  const path = found && (paths[found.entityTypeId] ?? `type/${found.entityTypeId}`)
  return [{
    ID: String(task.id),
    WORKFLOW_ID: task.workflowId,
    DOCUMENT_NAME: String(found?.item.title ?? documentId),
    DESCRIPTION: task.description,
    NAME: task.name,
    MODIFIED: toPortalTime(task.modifiedAt),
    WORKFLOW_STARTED: toPortalTime(instance.startedAt),
    WORKFLOW_STARTED_BY: String(instance.startedBy),
    OVERDUE_DATE: null,
    WORKFLOW_TEMPLATE_ID: String(instance.templateId),
    WORKFLOW_TEMPLATE_NAME: portal.bizproc.templates.get(instance.templateId)?.name ?? '',
    WORKFLOW_STATE: instance.statusText,
    STATUS: String(task.status),
    USER_ID: String(task.userId),
    USER_STATUS: String(task.status),
    MODULE_ID: moduleId,
    ENTITY: entity,
    DOCUMENT_ID: documentId,
    ACTIVITY: 'ApproveActivity',
    ACTIVITY_NAME: task.stepName,
    PARAMETERS: { CommentRequired: 'N', ShowComment: 'Y' },
    DOCUMENT_URL: path ? `/crm/${path}/details/${found.itemId}/` : '',
  }]
}

function isHeadOf(portal: Portal, headId: number, userId: number): boolean {
  const departments = portal.users.get(userId)?.departmentIds ?? []
  return departments.some(id => portal.departments.get(id)?.headId === headId)
}

/** A person sees their own tasks and those of their people, an administrator all. */
function list({ portal, params, caller }: RestCall): unknown {
  const { user } = caller
  const filter = parameter(params, 'FILTER')
  const wanted = isMap(filter) ? Object.entries(filter).find(([key]) => /^[=]?user_id$/i.test(key))?.[1] : undefined
  const wantedIds = wanted === undefined ? [] : [wanted].flat().map(Number)
  if (!user.isAdmin && wantedIds.some(id => id !== user.id && !isHeadOf(portal, user.id, id)))
    throw new RestError(400, 'ACCESS_DENIED', 'Access denied!')
  const visible = [...portal.bizproc.tasks.values()]
    .filter(({ userId }) => wantedIds.length > 0 || user.isAdmin || userId === user.id)
  return listPage(visible.flatMap(task => rowOf(portal, task)), params, {
    select: ['ENTITY', 'DOCUMENT_ID', 'ID', 'WORKFLOW_ID', 'DOCUMENT_NAME', 'NAME', 'DOCUMENT_URL'],
    order: { ID: 'desc' },
  })
}

const decisions: Record<string, boolean> = { 1: true, yes: true, 2: false, no: false }

function complete({ portal, params, caller }: RestCall): true {
  const failed = (code: string, description: string) => new RestError(400, code, description)
  const id = Number(params.TASK_ID ?? 0)
  if (!id)
    throw failed('ERROR_TASK_VALIDATION', 'empty TASK_ID')
  const isApproved = decisions[String(params.STATUS ?? '').toLowerCase()]
  if (isApproved === undefined)
    throw failed('ERROR_TASK_VALIDATION', 'incorrect STATUS')
  const task = portal.bizproc.tasks.get(id)
  if (!task || task.userId !== caller.user.id)
    throw failed('ERROR_TASK_NOT_FOUND', 'Task not found')
  const comment = typeof params.COMMENT === 'string' ? params.COMMENT : ''
  if (task.status !== 0 || !decide(portal, id, { isApproved, comment }))
    throw failed('ERROR_TASK_COMPLETED', 'Task already completed')
  return true
}

function delegate({ portal, params, caller }: RestCall): true {
  const failed = (code: string, description: string) => new RestError(400, code, description)
  const ids = [parameter(params, 'TASK_IDS') ?? []].flat().map(Number)
  if (ids.length === 0 || ids.some(id => !(id > 0)))
    throw failed('ERROR_TASK_VALIDATION', 'Invalid TASK_IDS')
  const [from, to] = ['FROM_USER_ID', 'TO_USER_ID'].map((name) => {
    const user = portal.users.get(Number(parameter(params, name)))
    if (!user)
      throw failed('ERROR_INVALID_USER_ID', `Invalid ${name}`)
    return user
  })
  if (to!.isExtranet)
    throw failed('ERROR_DELEGATION_NOT_ALLOWED', 'Task delegation is only available for intranet users')
  const tasks = ids.map(id => portal.bizproc.tasks.get(id))
  if (!tasks.every(task => task?.userId === from!.id && (caller.user.isAdmin || caller.user.id === from!.id)))
    throw failed('ERROR_DELEGATION_NOT_ALLOWED', 'User is not responsible for the task')
  tasks.forEach((task) => { task!.userId = to!.id })
  return true
}

export function registerTaskMethods(rest: RestRegistry): void {
  rest.method('bizproc.task.list', { scope: 'bizproc' }, list)
  rest.method('bizproc.task.complete', { scope: 'bizproc' }, complete)
  rest.method('bizproc.task.delegate', { scope: 'bizproc' }, delegate)
}

import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { Portal, Task } from '../../state.ts'
import { omit } from '../../core/omit.ts'
import { parseTime, toPortalTime } from '../../core/zoned-time.ts'
import { emitEvent } from '../../events/emit.ts'
import { addTask } from '../../work/tasks.ts'
import { pageSize, readStart } from '../list.ts'
import { listParam, mapParam, missing, numberParam, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'

const broken = (description: string) => new RestError(400, 'ERROR_CORE', description)

function shown(portal: Portal, task: Task): Record<string, unknown> {
  const person = (id: number) => {
    const user = portal.users.get(id)
    return { id: String(id), name: user ? `${user.name} ${user.lastName}` : '', link: `/company/personal/user/${id}/`, icon: '', workPosition: user?.position ?? '' }
  }
  return {
    id: String(task.id),
    title: task.title,
    description: task.description,
    deadline: task.deadline,
    createdDate: toPortalTime(task.createdAt),
    createdBy: String(task.createdBy),
    responsibleId: String(task.responsibleId),
    status: task.status,
    priority: '1',
    groupId: String(task.groupId),
    ufCrmTask: task.crmLinks.length > 0 ? task.crmLinks : false,
    auditors: task.auditorIds.map(String),
    group: [],
    creator: person(task.createdBy),
    responsible: person(task.responsibleId),
  }
}

function add({ portal, caller, params }: RestCall): unknown {
  if (param(params, 'fields') === undefined)
    throw missing('fields')
  const fields = upperKeys(mapParam(params, 'fields'))
  const title = String(fields.TITLE ?? '').trim()
  if (title === '')
    throw broken('Task title is not specified')
  const responsibleId = Number(fields.RESPONSIBLE_ID ?? 0)
  if (!portal.users.has(responsibleId))
    throw broken('Responsible is not specified or not found')
  const deadline = parseTime(fields.DEADLINE)
  const task = addTask(portal, {
    title,
    responsibleId,
    createdBy: Number(fields.CREATED_BY ?? caller.user.id),
    description: String(fields.DESCRIPTION ?? ''),
    deadline: deadline === null ? null : toPortalTime(deadline),
    crmLinks: Object.values(fields.UF_CRM_TASK ?? []).map(String),
    auditorIds: Object.values(fields.AUDITORS ?? []).map(Number),
    groupId: Number(fields.GROUP_ID ?? 0),
  })
  emitEvent(portal, 'ONTASKADD', { FIELDS_BEFORE: 'undefined', FIELDS_AFTER: { ID: String(task.id) }, IS_ACCESSIBLE_BEFORE: 'N', IS_ACCESSIBLE_AFTER: 'undefined' }, { userId: caller.user.id })
  return { task: shown(portal, task) }
}

function list({ portal, caller, params }: RestCall): unknown {
  const wanted = Object.entries(upperKeys(mapParam(params, 'filter'))).map(([key, value]) => [key.replace(/^[=@]/, ''), [value].flat().map(String)] as const)
  const holds = (task: Task) => wanted.every(([key, values]) => valuesOf(task, key).some(value => values.includes(value)))
  const mine = (task: Task) => caller.user.isAdmin || task.responsibleId === caller.user.id || task.createdBy === caller.user.id || task.auditorIds.includes(caller.user.id)
  const direction = String(Object.values(mapParam(params, 'order'))[0] ?? 'asc').toLowerCase() === 'desc' ? -1 : 1
  const found = [...portal.tasks.values()].filter(task => mine(task) && holds(task)).sort((a, b) => direction * (a.id - b.id))
  const start = Math.max(0, readStart(param(params, 'start')))
  const select = listParam(params, 'select').map(name => String(name).toUpperCase())
  const tasks = found.slice(start, start + pageSize).map(task => shown(portal, task)).map(task => select.length === 0 || select.includes('*') || select.includes('UF_CRM_TASK') ? task : omit(task, 'ufCrmTask'))
  return { result: { tasks }, total: found.length, ...(start + pageSize < found.length ? { next: start + pageSize } : {}) }
}

function valuesOf(task: Task, key: string): string[] {
  switch (key) {
    case 'ID': return [String(task.id)]
    case 'UF_CRM_TASK': return task.crmLinks
    case 'RESPONSIBLE_ID': return [String(task.responsibleId)]
    case 'CREATED_BY': return [String(task.createdBy)]
    case 'STATUS': case 'REAL_STATUS': return [task.status]
    case 'GROUP_ID': return [String(task.groupId)]
    case 'TITLE': return [task.title]
    default: return []
  }
}

export function taskMethods({ rest }: PortalModule): void {
  const options = { scope: 'task|tasks' }
  rest.method('tasks.task.add', options, add)
  rest.method('tasks.task.list', options, list)
  rest.method('tasks.task.get', options, ({ portal, params }) => {
    const task = portal.tasks.get(numberParam(params, 'taskId'))
    if (!task)
      throw broken('Task not found or access denied')
    return { task: shown(portal, task) }
  })
}

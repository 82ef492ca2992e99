import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { Task } from '../../state.ts'
import { omit } from '../../core/omit.ts'
import { parseTime, toPortalTime } from '../../core/zoned-time.ts'
import { emitEvent } from '../../events/emit.ts'
import { addTask } from '../../work/tasks.ts'
import { pageSize, readStart } from '../list.ts'
import { listParam, mapParam, missing, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { mayReadTask, shownTask, taskOf } from './task-rows.ts'

const broken = (description: string) => new RestError(400, 'ERROR_CORE', description)

function add(call: RestCall): unknown {
  const { portal, caller, params } = call
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
  return { task: shownTask(call, task) }
}

function list(call: RestCall): unknown {
  const { portal, caller, params } = call
  const conditions = Object.entries(upperKeys(mapParam(params, 'filter'))).map(([key, value]) => condition(key, [value].flat().map(String)))
  const holds = (task: Task) => conditions.every(holdsFor => holdsFor(task))
  const direction = String(Object.values(mapParam(params, 'order'))[0] ?? 'asc').toLowerCase() === 'desc' ? -1 : 1
  const found = [...portal.tasks.values()].filter(task => mayReadTask(caller.user, task) && holds(task)).sort((a, b) => direction * (a.id - b.id))
  const start = Math.max(0, readStart(param(params, 'start')))
  const select = listParam(params, 'select').map(name => String(name).toUpperCase())
  const tasks = found.slice(start, start + pageSize).map(task => shownTask(call, task)).map(task => select.length === 0 || select.includes('*') || select.includes('UF_CRM_TASK') ? task : omit(task, 'ufCrmTask'))
  return { result: { tasks }, total: found.length, ...(start + pageSize < found.length ? { next: start + pageSize } : {}) }
}

/** `UF_CRM_TASK`, `>ID`, `!STATUS`, `%TITLE`, `<=DEADLINE`. */
function condition(key: string, wanted: string[]): (task: Task) => boolean {
  const [, operator = '', name = ''] = /^(!?%|[<>]=?|[!=@]*)(.+)$/.exec(key) ?? []
  const comparable = (value: string) => /^-?\d+$/.test(value) ? Number(value) : parseTime(value) ?? Number.NaN
  const bound = comparable(wanted[0] ?? '')
  const passes = (value: string): boolean => {
    switch (operator) {
      case '>': return comparable(value) > bound
      case '>=': return comparable(value) >= bound
      case '<': return comparable(value) < bound
      case '<=': return comparable(value) <= bound
      case '%': case '!%': return value.toLowerCase().includes((wanted[0] ?? '').toLowerCase())
      default: return wanted.includes(value)
    }
  }
  const isNegated = operator.startsWith('!')
  return task => valuesOf(task, name).some(passes) !== isNegated
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
    case 'DEADLINE': return task.deadline === null ? [] : [task.deadline]
    case 'CREATED_DATE': return [toPortalTime(task.createdAt)]
    case 'AUDITOR': return task.auditorIds.map(String)
    default: return []
  }
}

export function taskMethods({ rest }: PortalModule): void {
  const options = { scope: 'task|tasks' }
  rest.method('tasks.task.add', options, add)
  rest.method('tasks.task.list', options, list)
  rest.method('tasks.task.get', options, call => ({ task: shownTask(call, taskOf(call)) }))
  rest.method('tasks.task.getFields', options, () => ({ fields }))
}

const fields = {
  ID: { title: 'ID', type: 'integer', primary: true },
  TITLE: { title: 'Nom', type: 'string', required: true },
  DESCRIPTION: { title: 'Description', type: 'string' },
  PRIORITY: { title: 'Priorité', type: 'enum', values: { 0: 'Basse', 1: 'Moyenne', 2: 'Haute' }, default: 1 },
  STATUS: { title: 'Statut', type: 'enum', values: { 2: 'En attente', 3: 'En cours', 4: 'À valider', 5: 'Terminée', 6: 'Reportée' }, default: 2 },
  GROUP_ID: { title: 'Projet', type: 'integer', default: 0 },
  CREATED_BY: { title: 'Créateur', type: 'integer', required: true },
  CREATED_DATE: { title: 'Date de création', type: 'datetime' },
  RESPONSIBLE_ID: { title: 'Responsable', type: 'integer', required: true },
  AUDITORS: { title: 'Observateurs', type: 'array' },
  DEADLINE: { title: 'Échéance', type: 'datetime', default: null },
  UF_CRM_TASK: { title: 'Éléments du CRM', type: 'crm' },
}

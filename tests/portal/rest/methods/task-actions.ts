import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { Task } from '../../state.ts'
import { parseTime, toPortalTime } from '../../core/zoned-time.ts'
import { emitEvent } from '../../events/emit.ts'
import { listParam, mapParam, missing, numberParam, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { mayReadTask, shownTask, taskOf } from './task-rows.ts'

const forbidden = (description = 'Action on the task is not allowed') => new RestError(400, '1048582', description)
const broken = (description: string) => new RestError(400, 'ERROR_CORE', description)

/** Waiting, running, to be approved, done, deferred. */
type Status = '2' | '3' | '4' | '5' | '6'

/** Which states each word may leave, and where it leads. */
const moves: Record<string, { from: readonly Status[], to: Status }> = {
  start: { from: ['2', '6'], to: '3' },
  pause: { from: ['3'], to: '2' },
  complete: { from: ['2', '3', '6'], to: '5' },
  renew: { from: ['4', '5', '6'], to: '2' },
  defer: { from: ['2', '3'], to: '6' },
  approve: { from: ['4'], to: '5' },
  disapprove: { from: ['4'], to: '2' },
}

const mayEdit = ({ caller: { user } }: RestCall, task: Task) => user.isAdmin || task.createdBy === user.id || task.responsibleId === user.id

function announce({ portal, caller }: RestCall, change: 'UPDATE' | 'DELETE', task: Task): void {
  const id = { ID: String(task.id) }
  emitEvent(portal, `ONTASK${change}`, { FIELDS_BEFORE: id, FIELDS_AFTER: change === 'DELETE' ? 'undefined' : id }, { userId: caller.user.id })
}

function move(call: RestCall, { from, to }: { from: readonly Status[], to: Status }): unknown {
  const task = taskOf(call)
  if (!mayEdit(call, task) || !from.includes(task.status as Status))
    throw forbidden()
  task.status = to
  announce(call, 'UPDATE', task)
  return { task: shownTask(call, task) }
}

function update(call: RestCall): unknown {
  const { portal, params } = call
  const task = taskOf(call)
  if (param(params, 'fields') === undefined)
    throw missing('fields')
  if (!mayEdit(call, task))
    throw forbidden()
  const given = upperKeys(mapParam(params, 'fields'))
  if (given.RESPONSIBLE_ID !== undefined && !portal.users.has(Number(given.RESPONSIBLE_ID)))
    throw broken('The user specified in the "Responsible" field was not found<br>')
  if (given.STATUS !== undefined && !['2', '3', '4', '5', '6'].includes(String(given.STATUS)))
    throw broken('Invalid status<br>')
  const deadline = parseTime(given.DEADLINE)
  Object.assign(task, {
    ...(given.TITLE === undefined ? {} : { title: String(given.TITLE) }),
    ...(given.DESCRIPTION === undefined ? {} : { description: String(given.DESCRIPTION) }),
    ...(given.RESPONSIBLE_ID === undefined ? {} : { responsibleId: Number(given.RESPONSIBLE_ID) }),
    ...(given.DEADLINE === undefined ? {} : { deadline: deadline === null ? null : toPortalTime(deadline) }),
    ...(given.STATUS === undefined ? {} : { status: String(given.STATUS) }),
    ...(given.GROUP_ID === undefined ? {} : { groupId: Number(given.GROUP_ID) }),
    ...(given.UF_CRM_TASK === undefined ? {} : { crmLinks: Object.values(given.UF_CRM_TASK ?? []).map(String) }),
    ...(given.AUDITORS === undefined ? {} : { auditorIds: Object.values(given.AUDITORS ?? []).map(Number) }),
  })
  announce(call, 'UPDATE', task)
  return { task: shownTask(call, task) }
}

function remove(call: RestCall): unknown {
  const task = taskOf(call)
  if (!call.caller.user.isAdmin && task.createdBy !== call.caller.user.id)
    throw forbidden('No access to delete the task')
  call.portal.tasks.delete(task.id)
  announce(call, 'DELETE', task)
  return { task: true }
}

function delegate(call: RestCall): unknown {
  const task = taskOf(call)
  const userId = numberParam(call.params, 'userId')
  if (!call.portal.users.has(userId))
    throw broken('The user specified in the "Responsible" field was not found<br>')
  if (!mayEdit(call, task))
    throw forbidden()
  task.responsibleId = userId
  announce(call, 'UPDATE', task)
  return { task: shownTask(call, task) }
}

function watch(call: RestCall, watches: boolean): unknown {
  const { caller } = call
  const task = taskOf(call)
  const others = task.auditorIds.filter(id => id !== caller.user.id)
  task.auditorIds = watches ? [...others, caller.user.id] : others
  return { task: shownTask(call, task) }
}

/** What each of the named people may do with the task; the caller when nobody is named. */
function access(call: RestCall): unknown {
  const { portal, caller } = call
  const task = taskOf(call)
  const people = listParam(call.params, 'users').map(Number)
  const allowed = (people.length > 0 ? people : [caller.user.id]).flatMap((id) => {
    const user = portal.users.get(id)
    if (!user)
      return []
    const edits = mayEdit({ ...call, caller: { ...caller, user } }, task)
    const words = Object.entries(moves).map(([word, { from }]) => [word.toUpperCase(), edits && from.includes(task.status as Status)])
    return [[id, { ...Object.fromEntries(words), DELEGATE: edits, EDIT: edits, REMOVE: user.isAdmin || task.createdBy === id, READ: mayReadTask(user, task) }]]
  })
  return { allowedActions: Object.fromEntries(allowed) }
}

export function taskActionMethods({ rest }: PortalModule): void {
  const options = { scope: 'task|tasks' }
  for (const [word, change] of Object.entries(moves))
    rest.method(`tasks.task.${word}`, options, call => move(call, change))
  rest.method('tasks.task.update', options, update)
  rest.method('tasks.task.delete', options, remove)
  rest.method('tasks.task.delegate', options, delegate)
  rest.method('tasks.task.startwatch', options, call => watch(call, true))
  rest.method('tasks.task.stopwatch', options, call => watch(call, false))
  rest.method('tasks.task.getaccess', options, access)
}

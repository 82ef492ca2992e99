import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { Task } from '../../state.ts'
import { numberParam, param } from '../params.ts'
import { RestError } from '../registry.ts'
import { parseTime } from '../../core/zoned-time.ts'
import { shownTask, taskOf } from './task-rows.ts'

type Mark = 'mutedBy' | 'pinnedBy' | 'favouriteOf'

/** What somebody thinks of a task, which nobody else sees. */
function mark(call: RestCall, list: Mark, isOn: boolean): Task {
  const { user } = call.caller
  const task = taskOf(call)
  const others = task[list].filter(id => id !== user.id)
  task[list] = isOn ? [...others, user.id] : others
  return task
}

const roles: Record<string, (task: Task, userId: number) => boolean> = {
  view_role_responsible: (task, id) => task.responsibleId === id,
  view_role_originator: (task, id) => task.createdBy === id && task.responsibleId !== id,
  view_role_auditor: (task, id) => task.auditorIds.includes(id),
  view_role_accomplice: () => false,
}

/** Overdue tasks of a person; of others an administrator alone is told. The stand-in has no comments that are unread. */
function counters({ portal, caller: { user }, params }: RestCall): unknown {
  const given = String(param(params, 'userId') ?? user.id)
  if (!/^\d+$/.test(given))
    throw new RestError(400, '0', `Invalid value {${given}} to match with parameter {userId}. Should be value of type int.`)
  const userId = Number(given)
  if (!portal.users.has(userId) || (userId !== user.id && !user.isAdmin))
    return []
  const groupId = numberParam(params, 'groupId')
  const role = String(param(params, 'type') ?? 'view_all')
  const isOf = (task: Task) => role === 'view_all' ? Object.values(roles).some(has => has(task, userId)) : roles[role]?.(task, userId) ?? false
  const isOverdue = ({ deadline, status }: Task) => status !== '5' && (parseTime(deadline) ?? Infinity) < portal.clock.now()
  const expired = [...portal.tasks.values()].filter(task => (groupId === 0 || task.groupId === groupId) && isOverdue(task) && isOf(task))
  return { expired: { counter: expired.length, code: 6_291_456 }, new_comments: { counter: 0, code: 12_582_912 } }
}

export function taskMarkMethods({ rest }: PortalModule): void {
  const options = { scope: 'task|tasks' }
  for (const [word, list, isOn] of [['mute', 'mutedBy', true], ['unmute', 'mutedBy', false], ['pin', 'pinnedBy', true], ['unpin', 'pinnedBy', false]] as const)
    rest.method(`tasks.task.${word}`, options, call => ({ task: shownTask(call, mark(call, list, isOn)) }))
  for (const [word, isOn] of [['add', true], ['remove', false]] as const) {
    rest.method(`tasks.task.favorite.${word}`, options, (call) => {
      mark(call, 'favouriteOf', isOn)
      return true
    })
  }
  rest.method('tasks.task.counters.get', options, counters)
}

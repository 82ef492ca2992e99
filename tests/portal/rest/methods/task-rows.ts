import type { RestCall } from '../registry.ts'
import type { Task, User } from '../../state.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { numberParam } from '../params.ts'
import { RestError } from '../registry.ts'

export const mayReadTask = ({ id, isAdmin }: User, task: Task): boolean =>
  isAdmin || task.responsibleId === id || task.createdBy === id || task.auditorIds.includes(id)

const yesNo = (is: boolean): 'Y' | 'N' => is ? 'Y' : 'N'

/** The task that the call is about, when its caller may see it. */
export function taskOf({ portal, caller, params }: RestCall): Task {
  const id = numberParam(params, 'taskId') || numberParam(params, 'id')
  const task = portal.tasks.get(id)
  if (!task || !mayReadTask(caller.user, task))
    throw id > 0 ? new RestError(400, 'ERROR_CORE', 'Task not found or access denied') : new RestError(400, '0', 'wrong task id')
  return task
}

/** As its caller sees it. */
export function shownTask({ portal, caller: { user } }: Pick<RestCall, 'portal' | 'caller'>, task: Task): Record<string, unknown> {
  const person = (id: number) => {
    const user = portal.users.get(id)
    return { id: String(id), name: user ? `${user.name} ${user.lastName}` : '', link: `/company/personal/user/${id}/`, icon: '', workPosition: user?.position ?? '' }
  }
  const isDone = task.status === '5'
  return {
    id: String(task.id),
    parentId: null,
    title: task.title,
    description: task.description,
    mark: null,
    priority: '1',
    multitask: 'N',
    notViewed: 'N',
    replicate: 'N',
    stageId: '0',
    createdBy: String(task.createdBy),
    createdDate: toPortalTime(task.createdAt),
    responsibleId: String(task.responsibleId),
    changedBy: String(task.createdBy),
    changedDate: toPortalTime(task.createdAt),
    closedBy: isDone ? String(task.responsibleId) : null,
    closedDate: isDone ? toPortalTime(portal.clock.now()) : null,
    deadline: task.deadline,
    startDatePlan: null,
    endDatePlan: null,
    isMuted: yesNo(task.mutedBy.includes(user.id)),
    isPinned: yesNo(task.pinnedBy.includes(user.id)),
    isPinnedInGroup: 'N',
    favorite: yesNo(task.favouriteOf.includes(user.id)),
    status: task.status,
    groupId: String(task.groupId),
    ufCrmTask: task.crmLinks.length > 0 ? task.crmLinks : false,
    auditors: task.auditorIds.map(String),
    group: [],
    creator: person(task.createdBy),
    responsible: person(task.responsibleId),
  }
}

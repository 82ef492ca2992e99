import type { Portal, Task } from '../state.ts'

type TaskInput = Pick<Task, 'title' | 'responsibleId' | 'createdBy'> & Partial<Task>

export function addTask(portal: Portal, input: TaskInput): Task {
  const task: Task = {
    description: '',
    deadline: null,
    crmLinks: [],
    auditorIds: [],
    mutedBy: [],
    pinnedBy: [],
    favouriteOf: [],
    groupId: 0,
    status: '2',
    ...input,
    id: portal.nextId('task'),
    createdAt: portal.clock.now(),
  }
  portal.tasks.set(task.id, task)
  portal.journal.write('task', { ...task })
  return task
}

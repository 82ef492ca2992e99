import { boardApi, type Board } from '@comptoir/shared/dashboards/board.contract'
import { boardFrom } from '@comptoir/shared/dashboards/templates'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import { reportApi, type Schedule, type ScheduleInput } from '@comptoir/shared/reports/report.contract'
import { peopleIds } from '../portal/data/people.ts'
import { call } from './install.ts'

const weekly = (boardId: string): ScheduleInput => ({
  title: 'Revue du lundi',
  source: { kind: 'board', boardId, period: 'last_30_days' },
  formats: ['pdf', 'xlsx'],
  recurrence: { every: 'week', weekday: 1, day: 1, time: '08:00' },
  timeZone: 'Europe/Paris',
  language: 'fr',
  recipients: [{ kind: 'role', role: 'portal_admin' }, { kind: 'user', id: peopleIds.manager }],
  delivery: [],
})

/** A dashboard that everybody sees, and the same every Monday as a file; the first one is made at once. */
export async function furnishBoards(appUrl: string, session: Session): Promise<void> {
  const saved = await call(appUrl, session, boardApi.list.method, boardApi.list.path) as readonly unknown[]
  if (saved.length > 0)
    return
  const { boardId } = await call(appUrl, session, boardApi.create.method, boardApi.create.path, { title: 'Direction', spec: boardFrom('management', () => crypto.randomUUID()) }) as Board
  await call(appUrl, session, boardApi.share.method, boardApi.share.path.replace(':boardId', boardId), { shares: [{ subjectKind: 'everyone', subjectId: 0, role: 'viewer' }] })
  const { scheduleId } = await call(appUrl, session, reportApi.create.method, reportApi.create.path, weekly(boardId)) as Schedule
  await call(appUrl, session, reportApi.runNow.method, reportApi.runNow.path.replace(':scheduleId', scheduleId))
}

import type { PortalModule } from '../module.ts'
import type { Portal, User } from '../state.ts'
import { omit } from '../core/omit.ts'
import { loadData } from '../data/index.ts'
import { resetPortal } from '../portal.ts'
import { shownApp } from './apps.ts'
import { needUser } from './error.ts'

const itemNames: Record<number, string> = { 1: 'leads', 2: 'deals', 3: 'contacts', 4: 'companies', 7: 'quotes', 31: 'invoices' }

function summary(portal: Portal): Record<string, unknown> {
  const { memberId, origin, settings, clock, users, departments, apps, crm, bizproc, placements, eventBindings } = portal
  const counts = Object.fromEntries([
    ...Object.entries(itemNames).map(([type, name]) => [name, crm.items(Number(type))!.size] as const),
    ...crm.types.map(({ entityTypeId, title }) => [title, crm.items(entityTypeId)!.size] as const),
  ])
  return {
    memberId,
    origin,
    settings,
    now: new Date(clock.now()).toISOString(),
    users: [...users.values()],
    departments: [...departments.values()],
    apps: [...apps.values()].map(shownApp),
    placements,
    eventBindings,
    registrations: [...bizproc.registrations.values()],
    templates: bizproc.templates.size,
    instances: bizproc.instances.size,
    counts,
    notifications: portal.notifications.length,
    tasks: portal.tasks.size,
    faults: { rest: portal.faults.rest, frame: portal.faults.frame },
    limits: portal.limiter.settings,
  }
}

export function stateRoutes({ app, portal }: PortalModule): void {
  app.get('/control/state', () => summary(portal))

  app.post<{ Body: { data: string } }>('/control/data', ({ body }) => {
    loadData(portal, body.data)
    return summary(portal)
  })

  app.post<{ Body: { data?: string } | null }>('/control/reset', ({ body }) => {
    resetPortal(portal)
    loadData(portal, body?.data ?? 'none')
    return summary(portal)
  })

  app.patch<{ Params: { id: string }, Body: Partial<User> }>('/control/users/:id', ({ params, body }) => {
    const user = needUser(portal, params.id)
    return Object.assign(user, omit(body, 'id', 'crm'), { crm: { ...user.crm, ...body.crm } })
  })
}

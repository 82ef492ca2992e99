import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Portal } from '../state.ts'
import type { Page, Screen, ScreenContext } from './screen.ts'
import { formatFor } from './format.ts'
import { html } from './html.ts'
import { documentOf } from './layout.ts'
import { NoSuchPage } from './screen.ts'
import { analytics } from './screens/analytics.ts'
import { appCredentials, newAppForm } from './screens/app-form.ts'
import { biHub, biOnly, biSource } from './screens/bi.ts'
import { biRows } from './screens/bi-rows.ts'
import { appPage, widgetPage } from './screens/app-page.ts'
import { installedApps, integrations } from './screens/apps.ts'
import { companyList, contactList, typeList } from './screens/companies.ts'
import { dealList } from './screens/deals.ts'
import { designer } from './screens/designer.ts'
import { home } from './screens/home.ts'
import { dealKanban } from './screens/kanban.ts'
import { recordCard } from './screens/record.ts'
import { workflowRun } from './screens/run.ts'
import { profile } from './screens/profile.ts'
import { taskCard, taskList } from './screens/tasks.ts'
import { stageAutomation } from './screens/stage-automation.ts'
import { templateList } from './screens/templates.ts'
import { faultsPanel, liveConsole } from './screens/tools.ts'
import { translator } from './text/index.ts'
import { viewerOf } from './viewer.ts'
import { appPath } from './widgets.ts'

/** Addresses as on a real portal. */
const screens: Readonly<Record<string, Screen>> = {
  '/': home,
  '/crm/deal/list/': dealList,
  '/crm/deal/kanban/': dealKanban,
  '/crm/deal/details/:id/': recordCard(2),
  '/crm/deal/automation/:category/': stageAutomation(2),
  '/crm/company/list/': companyList,
  '/crm/company/details/:id/': recordCard(4),
  '/crm/contact/list/': contactList,
  '/crm/contact/details/:id/': recordCard(3),
  '/crm/type/:type/list/': typeList,
  '/crm/type/:type/details/:id/': context => recordCard(Number(context.params.type))(context),
  '/crm/type/:type/automation/:category/': context => stageAutomation(Number(context.params.type))(context),
  '/crm/analytics/': analytics,
  '/crm/analytics/:report/': analytics,
  '/bizproc/': templateList,
  '/bizproc/templates/:id/': designer,
  '/bizproc/runs/:id/': workflowRun,
  '/bi/source/': biOnly(biHub),
  '/bi/source/:id/': biOnly(biSource),
  '/bi/dataset/:id/': biOnly(biRows),
  '/company/personal/user/:id/': profile,
  '/company/personal/user/:id/tasks/': taskList,
  '/company/personal/user/:id/tasks/task/view/:task/': taskCard,
  '/marketplace/installed/': installedApps,
  '/marketplace/view/:code/': appPage,
  '/marketplace/placement/:id/': widgetPage,
  '/devops/': adminOnly(integrations),
  '/devops/local-app/add/': adminOnly(newAppForm),
  '/devops/local-app/:code/': adminOnly(appCredentials),
  '/devops/console/': liveConsole,
  '/devops/faults/': faultsPanel,
}

const shortcuts: Readonly<Record<string, string>> = {
  '/crm/': '/crm/deal/list/',
  '/crm/deal/': '/crm/deal/list/',
  '/crm/company/': '/crm/company/list/',
  '/marketplace/': '/marketplace/installed/',
}

export function registerPages(app: FastifyInstance, portal: Portal): void {
  for (const [path, screen] of Object.entries(screens)) {
    const handler = (request: FastifyRequest, reply: FastifyReply) => show(portal, screen, request, reply)
    for (const url of new Set([path, path.replace(/(.)\/$/, '$1')]))
      app.get(url, handler)
  }
  for (const [path, target] of Object.entries(shortcuts))
    app.get(path, (_request, reply) => reply.redirect(target))
  app.get<{ Params: { id: string } }>('/marketplace/app/:id/', (request, reply) => {
    const known = [...portal.apps.values()].find(({ id }) => String(id) === request.params.id)
    return known ? reply.redirect(appPath(known)) : reply.callNotFound()
  })
  app.setNotFoundHandler((request, reply) => show(portal, () => { throw new NoSuchPage() }, request, reply))
}

async function show(portal: Portal, screen: Screen, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const context = contextOf(portal, request)
  const page = await drawn(screen, context)
  return reply
    .code(page.status ?? 200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(documentOf(page, context))
}

async function drawn(screen: Screen, context: ScreenContext): Promise<Page> {
  try {
    return await screen(context)
  }
  catch (error) {
    if (!(error instanceof NoSuchPage))
      throw error
    const { t } = context
    const isDenied = error.reason === 'denied'
    const title = t(isDenied ? 'shell.denied' : 'shell.notFound')
    const body = html`<div class="card empty"><h1>${title}</h1><p>${t(isDenied ? 'shell.deniedText' : 'shell.notFoundText')}</p></div>`
    return { title, section: 'home', status: isDenied ? 403 : 404, body }
  }
}

export function contextOf(portal: Portal, request: FastifyRequest): ScreenContext {
  const viewer = viewerOf(portal, request.headers)
  const { pathname, search, searchParams } = new URL(request.url, 'http://portal.invalid')
  const query = Object.fromEntries(searchParams)
  return {
    portal,
    viewer,
    t: translator(viewer.language),
    format: formatFor(portal, viewer.language),
    path: pathname,
    uri: pathname + search,
    query,
    params: (request.params ?? {}) as Record<string, string>,
    isInSlider: query.IFRAME === 'Y',
  }
}

function adminOnly(screen: Screen): Screen {
  return (context) => {
    if (!context.viewer.user.isAdmin)
      throw new NoSuchPage('denied')
    return screen(context)
  }
}

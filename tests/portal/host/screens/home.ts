import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { findRecords, recordPath, recordTitle, stageOf, userName } from '../records.ts'
import { appPath, appTitle, menuApps } from '../widgets.ts'
import { person } from './deals.ts'
import { grid } from './list-view.ts'

const recentDeals = 6

export function home(context: ScreenContext): Page {
  const { portal, viewer, t, format } = context
  const deals = findRecords(portal, viewer.user, { entityTypeId: 2, matches: read => read('stageSemanticId') === 'P', page: 1, pageSize: recentDeals })
  const tasks = [...portal.tasks.values()].filter(({ responsibleId, status }) => responsibleId === viewer.user.id && status !== '5')
  const running = [...portal.bizproc.instances.values()].filter(({ status }) => status === 'running')
  const body = html`${pageHead(t('shell.welcome', { name: viewer.user.name }))}
    <p style="margin-bottom:16px">${t('shell.welcomeText')}</p>
    <div class="tiles">
      ${tile('/crm/deal/list/', deals.total, t('shell.openDeals'))}
      ${tile('/crm/company/list/', portal.crm.items(4)?.size ?? 0, t('shell.companies'))}
      ${tile(`/company/personal/user/${viewer.user.id}/tasks/`, tasks.length, t('shell.openTasks'))}
      ${tile('/bizproc/', running.length, t('shell.runningWorkflows'))}
    </div>
    <div class="columns">
      <section><h2 class="visually-hidden">${t('shell.recentDeals')}</h2>${grid([
        { title: t('shell.recentDeals'), isMain: true, cell: item => html`<a href="${recordPath(2, item.id)}" data-slider>${recordTitle(2, item)}</a><small>${stageOf(portal, 2, item)?.name}</small>` },
        { title: t('crm.amount'), isNumber: true, cell: item => format.money(item.opportunity, item.currencyId) },
        { title: t('crm.responsible'), cell: item => person(userName(portal, item.assignedById)) },
      ], deals.items, t('crm.noRecords'))}</section>
      ${placesToLook(context)}
    </div>`
  return { title: t('shell.home'), section: 'home', body }
}

function tile(href: string, count: number, text: string): Markup {
  return html`<a class="card tile" href="${href}"><strong>${count}</strong><span>${text}</span></a>`
}

function placesToLook({ portal, viewer, t }: ScreenContext): Markup {
  const apps = menuApps(portal, viewer).map(app => [appPath(app), appTitle(app, viewer.language)] as const)
  const places = [
    ...apps,
    ['/crm/analytics/', t('crm.analytics')] as const,
    ['/bizproc/', t('bp.title')] as const,
    ['/devops/console/', t('tools.consoleTitle')] as const,
    ['/devops/faults/', t('tools.faultsTitle')] as const,
    ...(viewer.user.isAdmin ? [['/devops/local-app/add/', t('apps.add')] as const] : []),
  ]
  return html`<section class="card"><h2>${t('shell.whatToTry')}</h2>
    <ul class="links">${places.map(([href, text]) => html`<li><a href="${href}">${text}</a></li>`)}</ul></section>`
}

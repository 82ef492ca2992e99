import type { IconName } from './icons.ts'
import type { Markup } from './html.ts'
import type { Page, ScreenContext, Section } from './screen.ts'
import type { TextKey } from './text/index.ts'
import { html } from './html.ts'
import { mayUseBi } from '../biconnector/access.ts'
import { icon } from './icons.ts'
import { initials } from './viewer.ts'
import { appPath, appTitle, menuApps, widgetPath, widgetsAt } from './widgets.ts'

interface Entry {
  section: Section
  href: string
  icon: IconName
  text: TextKey
}

export function leftMenu(page: Page, context: ScreenContext): Markup {
  const { t, viewer } = context
  const main: Entry[] = [
    { section: 'home', href: '/', icon: 'home', text: 'shell.home' },
    { section: 'tasks', href: `/company/personal/user/${viewer.user.id}/tasks/`, icon: 'tasks', text: 'shell.tasks' },
    { section: 'crm', href: '/crm/deal/list/', icon: 'crm', text: 'shell.crm' },
    { section: 'automation', href: '/bizproc/', icon: 'automation', text: 'shell.automation' },
    ...mayUseBi(viewer.user) ? [{ section: 'bi', href: '/bi/source/', icon: 'chart', text: 'bi.title' }] as const : [],
  ]
  const applications: Entry[] = [
    { section: 'developer', href: '/devops/', icon: 'code', text: 'shell.developer' },
    { section: 'apps', href: '/marketplace/installed/', icon: 'apps', text: 'shell.installedApps' },
  ]
  const tools: Entry[] = [
    { section: 'console', href: '/devops/console/', icon: 'console', text: 'shell.console' },
    { section: 'faults', href: '/devops/faults/', icon: 'fault', text: 'shell.faults' },
  ]
  const link = (entry: Entry) => menuLink(entry.href, t(entry.text), icon(entry.icon), page.section === entry.section)
  return html`<nav class="left-menu" aria-label="${t('shell.menu')}">
    <ul>${main.map(link)}</ul>
    <div class="menu-group">
      <p class="menu-title">${icon('apps')}<span>${t('shell.applications')}</span></p>
      <ul>${applications.filter(({ section }) => viewer.user.isAdmin || section === 'apps').map(link)}${appEntries(page, context)}</ul>
    </div>
    <div class="menu-group">
      <p class="menu-title">${icon('fault')}<span>${t('shell.settings')}</span></p>
      <ul>${tools.map(link)}</ul>
    </div>
  </nav>`
}

/** Apps with a page of their own, then their LEFT_MENU widgets. */
function appEntries(page: Page, { portal, viewer }: ScreenContext): Markup[] {
  const entries = [
    ...menuApps(portal, viewer).map(app => ({ href: appPath(app), title: appTitle(app, viewer.language) })),
    ...widgetsAt(portal, viewer, 'LEFT_MENU').map(widget => ({ href: widgetPath(widget), title: widget.title })),
  ]
  return entries.map(({ href, title }) =>
    menuLink(href, title, html`<span class="letters" aria-hidden="true">${initials(title)}</span>`, page.menuEntry === href))
}

function menuLink(href: string, title: string, mark: Markup, isCurrent: boolean): Markup {
  return html`<li><a href="${href}"${isCurrent ? html` aria-current="page"` : ''} title="${title}">${mark}<span>${title}</span></a></li>`
}

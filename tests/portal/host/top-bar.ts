import type { Content, Markup } from './html.ts'
import type { Page, ScreenContext } from './screen.ts'
import type { TextKey, ViewerLanguage } from './text/index.ts'
import { html } from './html.ts'
import { icon } from './icons.ts'
import { languages } from './text/index.ts'
import { fullName } from './viewer.ts'

const crmMenu: readonly [href: string, text: TextKey][] = [
  ['/crm/deal/list/', 'crm.deals'],
  ['/crm/company/list/', 'crm.companies'],
  ['/crm/contact/list/', 'crm.contacts'],
  ['/crm/type/31/list/', 'crm.invoices'],
  ['/crm/analytics/', 'crm.analyticsMenu'],
]

const languageNames: Record<ViewerLanguage, string> = { fr: 'Français', en: 'English', ar: 'العربية' }

export function topBar(page: Page, context: ScreenContext): Markup {
  const { portal, t, path } = context
  const place = (address: string) => address.split('/').slice(0, address.startsWith('/crm/type/') ? 4 : 3).join('/')
  const isCurrent = (href: string) => place(href) === place(path)
  const entries = [
    ...crmMenu.map(([href, text]) => [href, t(text)] as const),
    ...portal.crm.types.map(({ entityTypeId, title }) => [`/crm/type/${entityTypeId}/list/`, title] as const),
  ]
  return html`<header class="top-bar">
    <nav class="top-menu" aria-label="${t('shell.sections')}">
      ${entries.map(([href, text]) => html`<a href="${href}"${page.section === 'crm' && isCurrent(href) ? html` aria-current="page"` : ''}>${text}</a>`)}
    </nav>
    ${bell(context)}
    ${viewerSwitch(context)}
  </header>`
}

function bell({ portal, viewer, t }: ScreenContext): Markup {
  const unread = portal.notifications.filter(({ userId, isRead }) => userId === viewer.user.id && !isRead).length
  const label = unread > 0 ? `${t('shell.notifications')}, ${unread} ${t('shell.unread')}` : t('shell.notifications')
  return html`<button class="round" type="button" data-bell aria-haspopup="dialog" aria-expanded="false" aria-label="${label}">
    ${icon('bell')}<span class="badge" data-bell-count${unread === 0 ? html` hidden` : ''}>${unread}</span>
  </button>`
}

function viewerSwitch({ portal, viewer, t, uri }: ScreenContext): Markup {
  const users = [...portal.users.values()].filter(({ isActive }) => isActive)
  const option = (value: string | number, text: Content, isChosen: boolean) =>
    html`<option value="${value}"${isChosen ? html` selected` : ''}>${text}</option>`
  return html`<form class="viewer" method="post" action="/host/viewer" data-viewer>
    <input type="hidden" name="back" value="${uri}">
    <select name="user" aria-label="${t('shell.viewer')}">${users.map(user =>
      option(user.id, fullName(user) + (user.isAdmin ? ' ★' : ''), user.id === viewer.user.id))}</select>
    <select name="language" aria-label="${t('shell.language')}">${languages.map(language =>
      option(language, languageNames[language], language === viewer.language))}</select>
    <button class="round" type="submit" name="theme" value="${viewer.theme === 'dark' ? 'light' : 'dark'}" aria-label="${t('shell.theme')}: ${t(viewer.theme === 'dark' ? 'shell.light' : 'shell.dark')}">${icon('sun')}</button>
    <noscript><button class="button small">${t('shell.apply')}</button></noscript>
  </form>`
}

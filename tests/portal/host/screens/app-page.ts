import type { App } from '../../state.ts'
import type { Content, Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { mayOpenApp } from '../../apps/lifecycle.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { NoSuchPage } from '../screen.ts'
import { appPath, appTitle, widgetPath, widgetsAt } from '../widgets.ts'

/** An app's main page; while it is not finished, the installer for administrators and a sentence for the others. */
export function appPage(context: ScreenContext): Page {
  const { portal, viewer, t, params } = context
  const app = portal.apps.get(params.code ?? '')
  if (!app || app.isScriptOnly)
    throw new NoSuchPage()
  const title = appTitle(app, viewer.language)
  const page = (content: Content): Page => ({
    title,
    section: 'app',
    menuEntry: appPath(app),
    body: html`${context.isInSlider ? '' : html`<div data-app-title>${pageHead(title)}</div>`}${content}`,
  })
  if (!mayOpenApp(app, viewer.user.id))
    return page(html`<p class="card">${t('apps.noAccess')}</p>`)
  if (app.isInstalled)
    return page(appFrame(context, app, title))
  return viewer.user.isAdmin
    ? page(html`<div class="card" data-installer="${app.clientId}" data-title="${title}"><p>${t('apps.notInstalled')}</p>
        <p style="margin-top:12px"><button class="button success" type="button" data-open-installer>${t('apps.install')}</button></p></div>`)
    : page(html`<p class="card">${t('apps.notFinished')}</p>`)
}

function appFrame({ query, portal, viewer }: ScreenContext, app: App, title: string): Markup {
  const linked = linkParameters(query)
  const deepLink = widgetsAt(portal, viewer, 'REST_APP_URI').find(({ app: { clientId } }) => clientId === app.clientId)
  const target = deepLink && Object.keys(linked).length > 0
    ? html`data-placement-id="${deepLink.placement.id}"`
    : html`data-client-id="${app.clientId}"`
  return html`<div class="app-frame-box" data-frame data-eager ${target} data-title="${title}" data-options="${JSON.stringify(linked)}"></div>`
}

/** `?params[id]=7` of a deep link. */
function linkParameters(query: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([key, value]) => {
    const [, name] = /^params\[(\w+)\]$/.exec(key) ?? []
    return name ? [[name, value]] : []
  }))
}

/** A LEFT_MENU widget opens as a page of its own. */
export function widgetPage(context: ScreenContext): Page {
  const { portal, viewer, params } = context
  const code = portal.placements.find(({ id }) => String(id) === params.id)?.code ?? ''
  const widget = widgetsAt(portal, viewer, code).find(({ placement }) => String(placement.id) === params.id)
  if (!widget)
    throw new NoSuchPage()
  return {
    title: widget.title,
    section: 'app',
    menuEntry: widgetPath(widget),
    body: html`<div data-app-title>${pageHead(widget.title)}</div>
      <div class="app-frame-box" data-frame data-eager data-placement-id="${widget.placement.id}" data-title="${widget.title}" data-options="{}"></div>`,
  }
}

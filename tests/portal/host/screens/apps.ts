import type { App } from '../../state.ts'
import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { appPath, appTitle, menuApps } from '../widgets.ts'
import { grid } from './list-view.ts'

export function installedApps(context: ScreenContext): Page {
  const { portal, viewer, t } = context
  const apps = viewer.user.isAdmin ? [...portal.apps.values()] : menuApps(portal, viewer)
  const add = viewer.user.isAdmin && html`<a class="button success" href="/devops/local-app/add/">${t('apps.add')}</a>`
  const body = html`${pageHead(t('apps.title'), add)}
    ${apps.length === 0 ? html`<p class="card empty">${t('apps.none')}</p>` : html`<div class="stack">${apps.map(app => appCard(context, app))}</div>`}`
  return { title: t('apps.title'), section: 'apps', body }
}

function appCard(context: ScreenContext, app: App): Markup {
  const { portal, viewer, t } = context
  const title = appTitle(app, viewer.language)
  const widgets = portal.placements.filter(({ clientId }) => clientId === app.clientId).length
  const events = portal.eventBindings.filter(({ clientId }) => clientId === app.clientId).length
  const actions = [...portal.bizproc.registrations.values()].filter(({ clientId }) => clientId === app.clientId).length
  return html`<article class="card">
    <div class="row">
      <h2 class="grow" style="font-size:17px"><a href="${appPath(app)}">${title}</a></h2>
      ${app.isInstalled ? html`<span class="chip good">${t('apps.installed')}</span>` : html`<span class="chip bad">${t('apps.notInstalled')}</span>`}
    </div>
    <p class="soft small-text">${t('apps.version')} ${app.version} · ${t('apps.widgets')} : ${widgets} · ${t('apps.events')} : ${events} · ${t('apps.actions')} : ${actions} · ${t('apps.scope')} : ${app.scopes.join(', ')}</p>
    <p class="small-text mono" dir="ltr">${app.clientId}</p>
    ${viewer.user.isAdmin && adminTools(context, app, title)}
  </article>`
}

function adminTools({ t }: ScreenContext, app: App, title: string): Markup {
  const act = (action: string, text: string, kind = '', confirm = '') =>
    html`<form method="post" action="/host/apps/${app.clientId}/${action}"${confirm ? html` data-confirm="${confirm}"` : ''}><button class="button small ${kind}">${text}</button></form>`
  return html`<div class="row" style="margin-top:12px">
    ${app.isInstalled
      ? html`${act('reinstall', t('apps.reinstall'))}${act('update', t('apps.update'))}
        <form class="row" method="post" action="/host/apps/${app.clientId}/uninstall" data-confirm="${t('apps.uninstallConfirm', { name: title })}">
          <label class="check"><input type="checkbox" name="clean" value="1"> ${t('apps.clean')}</label>
          <button class="button small danger">${t('apps.uninstall')}</button></form>`
      : html`<a class="button small success" href="${appPath(app)}">${t('apps.install')}</a>`}
    ${act('delete', t('apps.delete'), 'danger', t('apps.deleteConfirm', { name: title }))}
  </div>`
}

/** Developer resources: the list of local applications with their keys. */
export function integrations(context: ScreenContext): Page {
  const { portal, t } = context
  const body = html`${pageHead(t('apps.integrations'), html`<a class="button success" href="/devops/local-app/add/">${t('apps.add')}</a>`)}
    ${grid<App>([
      { title: 'ID', cell: ({ id }) => id },
      { title: t('apps.name'), isMain: true, cell: app => html`<a href="/devops/local-app/${app.clientId}/">${app.title}</a>` },
      { title: t('apps.scope'), cell: ({ scopes }) => scopes.join(', ') },
      { title: t('apps.events'), isNumber: true, cell: app => portal.eventBindings.filter(({ clientId }) => clientId === app.clientId).length },
      { title: t('apps.widgets'), isNumber: true, cell: app => portal.placements.filter(({ clientId }) => clientId === app.clientId).length },
    ], [...portal.apps.values()], t('apps.none'))}`
  return { title: t('apps.integrations'), section: 'developer', body }
}

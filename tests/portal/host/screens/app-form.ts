import type { App } from '../../state.ts'
import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { userName } from '../records.ts'
import { NoSuchPage } from '../screen.ts'
import { appPath } from '../widgets.ts'

export const offeredScopes = ['crm', 'bizproc', 'placement', 'user', 'user_brief', 'user_basic', 'im', 'task', 'tasks', 'department', 'catalog', 'disk', 'lists', 'biconnector', 'userfieldconfig', 'entity', 'log'] as const
const usualScopes = new Set(['crm', 'bizproc', 'placement', 'user_brief', 'im', 'task'])

export function newAppForm(context: ScreenContext): Page {
  const { t, query } = context
  const body = html`${pageHead(t('apps.local'))}
    <form class="work card stack" method="post" action="/host/apps">
      <p class="soft">${t('apps.formHint')}</p>
      ${query.error && html`<p class="message bad" role="alert">${t('apps.invalid')}</p>`}
      ${fields(context)}
      <div class="row"><button class="button success">${t('shell.save')}</button><a class="button" href="/devops/">${t('shell.cancel')}</a></div>
    </form>`
  return { title: t('apps.local'), section: 'developer', body }
}

function fields({ portal, t }: ScreenContext): Markup {
  const input = (name: string, label: string, attributes: Markup) => html`<label class="field"><span>${label}</span><input name="${name}" ${attributes}></label>`
  return html`
    <div class="card soft-card stack">
      ${input('title', `${t('apps.name')} *`, html`required`)}
      ${input('handlerUrl', `${t('apps.handler')} *`, html`type="url" dir="ltr" required placeholder="http://127.0.0.1:4301/"`)}
      ${input('installerUrl', t('apps.installer'), html`type="url" dir="ltr" placeholder="http://127.0.0.1:4301/install"`)}
      <label class="check"><input type="checkbox" name="scriptOnly" value="1"> ${t('apps.scriptOnly')}</label>
      ${input('menuFr', `${t('apps.menuTitle')} Français (fr)`, html`lang="fr"`)}
      ${input('menuEn', `${t('apps.menuTitle')} English (en)`, html`lang="en"`)}
    </div>
    <fieldset class="card soft-card"><legend class="label">${t('apps.scopes')}</legend><div class="row">${offeredScopes.map(scope =>
      html`<label class="check"><input type="checkbox" name="scopes" value="${scope}"${usualScopes.has(scope) ? html` checked` : ''}> <span dir="ltr">${scope}</span></label>`)}</div></fieldset>
    <fieldset class="card soft-card"><legend class="label">${t('apps.users')}</legend><div class="row">${[...portal.users.values()].map(({ id }) =>
      html`<label class="check"><input type="checkbox" name="users" value="${id}"> ${userName(portal, id)}</label>`)}</div></fieldset>`
}

/** After Save: the pair of keys, and the request to install. */
export function appCredentials(context: ScreenContext): Page {
  const { portal, t, params } = context
  const app = portal.apps.get(params.code ?? '')
  if (!app)
    throw new NoSuchPage()
  const install = !app.isScriptOnly && html`<a class="button success" href="${appPath(app)}">${t(app.isInstalled ? 'shell.open' : 'apps.install')}</a>`
  const body = html`${pageHead(app.title)}
    <div class="work card stack">
      <p class="message good">${t('apps.credentials')}</p>
      ${key(t('apps.clientId'), app.clientId, 'client-id')}
      ${key(t('apps.secret'), app.clientSecret, 'client-secret')}
      <dl class="facts"><div><dt>${t('apps.handler')}</dt><dd class="mono" dir="ltr">${app.handlerUrl}</dd></div>
        <div><dt>${t('apps.installer')}</dt><dd class="mono" dir="ltr">${app.installerUrl ?? '—'}</dd></div>
        <div><dt>${t('apps.state')}</dt><dd>${stateOf(context, app)}</dd></div></dl>
      <div class="row">${install}<a class="button" href="/devops/">${t('shell.close')}</a></div>
    </div>`
  return { title: app.title, section: 'developer', body }
}

const key = (label: string, value: string, name: string): Markup =>
  html`<label class="field"><span>${label}</span><input class="mono" dir="ltr" readonly name="${name}" value="${value}"></label>`

const stateOf = ({ t }: ScreenContext, { isInstalled }: App) => t(isInstalled ? 'apps.installed' : 'apps.notInstalled')

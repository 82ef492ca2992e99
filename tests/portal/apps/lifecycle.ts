import type { App, AppForm, EventBinding, Portal } from '../state.ts'
import { randomBytes } from 'node:crypto'
import { anonymousAuth, userAuth } from './auth-payload.ts'
import { randomToken, revokeTokens } from './tokens.ts'

/** An administrator saved the form of a local app. It stays "not installed" until its installer finishes. */
export function registerApp(portal: Portal, form: AppForm, adminId = 1): App {
  const clientId = `local.${randomBytes(7).toString('hex')}.${String(portal.clock.now()).slice(-8)}`
  const app: App = {
    id: portal.nextId('app') + 4,
    clientId,
    clientSecret: randomToken(25),
    title: form.title,
    handlerUrl: form.handlerUrl,
    installerUrl: form.installerUrl,
    scopes: [...form.scopes],
    menuTitles: form.menuTitles ?? {},
    allowedUserIds: form.allowedUserIds ?? null,
    isScriptOnly: form.isScriptOnly ?? false,
    status: 'L',
    version: 1,
    isInstalled: form.installerUrl === null,
    applicationToken: randomToken(16),
    installedBy: adminId,
    firstRunsDone: new Set(),
    options: {},
    userOptions: new Map(),
  }
  portal.apps.set(clientId, app)
  portal.journal.write('lifecycle', { event: 'registered', clientId, title: app.title })
  if (app.isScriptOnly)
    installScript(portal, app)
  return app
}

/** An app without screens gets its tokens at once, at the installation path. */
function installScript(portal: Portal, app: App): void {
  app.isInstalled = true
  if (app.installerUrl)
    postLifecycle(portal, app, 'ONAPPINSTALL', app.installerUrl, 0, installData(portal, app), fullAuth(portal, app))
}

/** The installer page said `installFinish`. */
export function finishInstall(portal: Portal, app: App): void {
  if (app.isInstalled)
    return
  app.isInstalled = true
  portal.journal.write('lifecycle', { event: 'installed', clientId: app.clientId })
  for (const binding of bindingsOf(portal, app, 'ONAPPINSTALL'))
    postLifecycle(portal, app, 'ONAPPINSTALL', binding.handler, binding.id, installData(portal, app), fullAuth(portal, app))
}

/** A new version: new application token, everything registered is dropped, the installer runs again. */
export function updateApp(portal: Portal, app: App, changes: Partial<AppForm> = {}): void {
  const listeners = bindingsOf(portal, app, 'ONAPPUPDATE')
  const previous = app.version
  Object.assign(app, {
    title: changes.title ?? app.title,
    handlerUrl: changes.handlerUrl ?? app.handlerUrl,
    installerUrl: changes.installerUrl === undefined ? app.installerUrl : changes.installerUrl,
    scopes: changes.scopes ?? app.scopes,
    version: previous + 1,
    applicationToken: randomToken(16),
  })
  app.isInstalled = app.installerUrl === null
  dropRegistrations(portal, app)
  portal.journal.write('lifecycle', { event: 'updated', clientId: app.clientId, version: app.version })
  const data = { VERSION: String(app.version), PREVIOUS_VERSION: String(previous), LANGUAGE_ID: portal.settings.defaultLanguage }
  for (const { handler, id } of listeners)
    postLifecycle(portal, app, 'ONAPPUPDATE', handler, id, data, fullAuth(portal, app))
}

/** The app is taken off the portal; `isClean` = the administrator also wants its data gone. */
export function uninstallApp(portal: Portal, app: App, { isClean }: { isClean: boolean }): void {
  const listeners = bindingsOf(portal, app, 'ONAPPUNINSTALL')
  revokeTokens(portal, app.clientId)
  dropRegistrations(portal, app)
  app.isInstalled = false
  app.firstRunsDone.clear()
  if (isClean) {
    app.options = {}
    app.userOptions.clear()
  }
  portal.journal.write('lifecycle', { event: 'uninstalled', clientId: app.clientId, isClean })
  const data = { LANGUAGE_ID: portal.settings.defaultLanguage, CLEAN: isClean ? '1' : '0' }
  for (const { handler, id } of listeners)
    postLifecycle(portal, app, 'ONAPPUNINSTALL', handler, id, data, anonymousAuth(portal, app))
}

/** Removes a local app for good: adding it again gives a new client id. */
export function deleteApp(portal: Portal, app: App): void {
  if (app.isInstalled)
    uninstallApp(portal, app, { isClean: true })
  revokeTokens(portal, app.clientId)
  dropRegistrations(portal, app)
  portal.apps.delete(app.clientId)
  portal.journal.write('lifecycle', { event: 'deleted', clientId: app.clientId })
}

export function mayOpenApp(app: App, userId: number): boolean {
  return app.allowedUserIds === null || app.allowedUserIds.includes(userId)
}

function bindingsOf(portal: Portal, app: App, event: string): EventBinding[] {
  return portal.eventBindings.filter(binding => binding.clientId === app.clientId && binding.event === event && !binding.isOffline)
}

/** Robots and activities go too: steps that use them stop working until the app registers the code again. */
function dropRegistrations(portal: Portal, app: App): void {
  portal.placements = portal.placements.filter(({ clientId }) => clientId !== app.clientId)
  portal.eventBindings = portal.eventBindings.filter(({ clientId }) => clientId !== app.clientId)
  for (const [key, { clientId }] of portal.bizproc.registrations) {
    if (clientId === app.clientId)
      portal.bizproc.registrations.delete(key)
  }
}

function installData(portal: Portal, app: App): Record<string, string> {
  return { VERSION: String(app.version), ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: portal.settings.defaultLanguage }
}

const fullAuth = (portal: Portal, app: App) => userAuth(portal, app, app.installedBy, { withRefreshToken: true, withUser: true })

function postLifecycle(
  portal: Portal,
  { clientId }: App,
  event: string,
  url: string,
  bindingId: number,
  data: Record<string, string>,
  auth: Record<string, string>,
): void {
  const ts = String(Math.floor(portal.clock.now() / 1000))
  portal.queue.post({ kind: 'lifecycle', name: event, clientId, url, body: { event, event_handler_id: String(bindingId), data, ts, auth } })
}

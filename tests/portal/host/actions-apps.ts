import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App, AppForm, Portal } from '../state.ts'
import { deleteApp, registerApp, uninstallApp, updateApp } from '../apps/lifecycle.ts'
import { done, field, fieldList } from './form.ts'
import { viewerOf } from './viewer.ts'
import { appPath } from './widgets.ts'

interface AppParams {
  clientId: string
}

type AppAction = (app: App, request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** Developer resources and the list of installed apps: administrators only. */
export function registerAppActions(app: FastifyInstance, portal: Portal): void {
  app.post('/host/apps', async (request, reply) => {
    const { user } = viewerOf(portal, request.headers)
    const form = appForm(request.body)
    if (!user.isAdmin)
      return reply.code(403).send({ error: 'denied' })
    if (!form)
      return reply.redirect('/devops/local-app/add/?error=1', 303)
    const { clientId } = registerApp(portal, form, user.id)
    return reply.redirect(`/devops/local-app/${clientId}/`, 303)
  })

  const action = (name: string, run: AppAction) =>
    app.post<{ Params: AppParams }>(`/host/apps/:clientId/${name}`, async (request, reply) => {
      const known = portal.apps.get(request.params.clientId)
      const { user } = viewerOf(portal, request.headers)
      return known && user.isAdmin ? run(known, request, reply) : reply.code(403).send({ error: 'denied' })
    })

  action('reinstall', (known, _request, reply) => {
    known.isInstalled = known.installerUrl === null
    portal.journal.write('lifecycle', { event: 'reinstall', clientId: known.clientId })
    return reply.redirect(appPath(known), 303)
  })
  action('update', (known, _request, reply) => {
    updateApp(portal, known)
    return reply.redirect(appPath(known), 303)
  })
  action('uninstall', (known, request, reply) => {
    uninstallApp(portal, known, { isClean: field(request.body, 'clean') === '1' })
    return done(request, reply, '/marketplace/installed/')
  })
  action('delete', (known, request, reply) => {
    deleteApp(portal, known)
    return done(request, reply, '/marketplace/installed/')
  })
}

function appForm(body: unknown): AppForm | null {
  const handlerUrl = field(body, 'handlerUrl')
  const installerUrl = field(body, 'installerUrl')
  const title = field(body, 'title')
  const users = fieldList(body, 'users').map(Number)
  if (!title || !isWebAddress(handlerUrl) || (installerUrl !== '' && !isWebAddress(installerUrl)))
    return null
  const menuTitles = Object.fromEntries([['fr', field(body, 'menuFr')], ['en', field(body, 'menuEn')]].filter(([, text]) => text !== ''))
  return {
    title,
    handlerUrl,
    installerUrl: installerUrl || null,
    scopes: fieldList(body, 'scopes'),
    menuTitles,
    allowedUserIds: users.length > 0 ? users : null,
    isScriptOnly: field(body, 'scriptOnly') === '1',
  }
}

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

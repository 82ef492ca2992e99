import type { FrameRequest } from '../apps/frame-request.ts'
import type { PortalModule } from '../module.ts'
import type { App, AppForm, Portal } from '../state.ts'
import { frameRequest } from '../apps/frame-request.ts'
import { deleteApp, finishInstall, registerApp, uninstallApp, updateApp } from '../apps/lifecycle.ts'
import { issueToken, randomToken } from '../apps/tokens.ts'
import { ControlError, needApp, needUser } from './error.ts'

interface AppParams { clientId: string }

interface OpenBody {
  userId?: number
  placement?: string
  options?: Record<string, unknown>
  handler?: string
  uri?: string
  language?: string
  /** Also sends the form, as the browser would, and tells the status. */
  send?: boolean
}

export function shownApp(app: App): Record<string, unknown> {
  return { ...app, firstRunsDone: [...app.firstRunsDone], userOptions: Object.fromEntries(app.userOptions) }
}

async function sendFrame({ method, url, body }: FrameRequest): Promise<number> {
  const { status } = method === 'GET'
    ? await fetch(url, { redirect: 'manual' })
    : await fetch(url, { method, body: new URLSearchParams(body), redirect: 'manual' })
  return status
}

async function open(portal: Portal, app: App, { userId = 1, placement = 'DEFAULT', options = {}, handler, uri, language, send = false }: OpenBody): Promise<unknown> {
  const bound = portal.placements.find(({ clientId, code }) => clientId === app.clientId && code === placement)
  const target = handler ?? (placement === 'DEFAULT' ? undefined : bound?.handler)
  if (placement !== 'DEFAULT' && target === undefined)
    throw new ControlError(`nothing is bound to ${placement}`)
  const request = frameRequest(portal, app, needUser(portal, userId), placement, options, { handler: target, uri, language })
  return send ? { ...request, status: await sendFrame(request) } : request
}

export function appRoutes({ app: server, portal }: PortalModule): void {
  server.get('/control/apps', () => [...portal.apps.values()].map(shownApp))

  server.post<{ Body: Partial<AppForm> }>('/control/apps', ({ body }, reply) => {
    const { title, handlerUrl, scopes } = body ?? {}
    if (!title || !handlerUrl || !Array.isArray(scopes))
      throw new ControlError('title, handlerUrl and scopes are needed')
    void reply.code(201)
    return shownApp(registerApp(portal, { installerUrl: null, ...body, title, handlerUrl, scopes }))
  })

  server.get<{ Params: AppParams }>('/control/apps/:clientId', ({ params }) => shownApp(needApp(portal, params.clientId)))

  server.post<{ Params: AppParams, Body: OpenBody | null }>('/control/apps/:clientId/open', ({ params, body }) => open(portal, needApp(portal, params.clientId), body ?? {}))

  server.post<{ Params: AppParams }>('/control/apps/:clientId/finish-install', ({ params }) => {
    const app = needApp(portal, params.clientId)
    finishInstall(portal, app)
    return shownApp(app)
  })

  server.post<{ Params: AppParams, Body: Partial<AppForm> | null }>('/control/apps/:clientId/update', ({ params, body }) => {
    const app = needApp(portal, params.clientId)
    updateApp(portal, app, body ?? {})
    return shownApp(app)
  })

  server.post<{ Params: AppParams, Body: { clean?: boolean } | null }>('/control/apps/:clientId/uninstall', ({ params, body }) => {
    const app = needApp(portal, params.clientId)
    uninstallApp(portal, app, { isClean: body?.clean ?? false })
    return shownApp(app)
  })

  server.post<{ Params: AppParams, Body: { allowedUserIds: number[] | null } }>('/control/apps/:clientId/access', ({ params, body }) => {
    const app = needApp(portal, params.clientId)
    app.allowedUserIds = body.allowedUserIds
    return shownApp(app)
  })

  server.delete<{ Params: AppParams }>('/control/apps/:clientId', ({ params }) => {
    deleteApp(portal, needApp(portal, params.clientId))
    return { isDeleted: true }
  })

  server.post<{ Params: AppParams, Body: { userId?: number } | null }>('/control/apps/:clientId/tokens', ({ params, body }) =>
    issueToken(portal, needApp(portal, params.clientId), needUser(portal, body?.userId ?? 1).id))

  server.post<{ Body: { userId?: number, scopes?: string[] } | null }>('/control/webhooks', ({ body }) => {
    const { id: userId } = needUser(portal, body?.userId ?? 1)
    const code = randomToken(8)
    const scopes = body?.scopes ?? ['crm', 'bizproc', 'placement', 'im', 'task', 'user', 'department', 'catalog']
    portal.webhooks.set(`${userId}/${code}`, { userId, code, scopes })
    return { userId, code, scopes, url: `${portal.origin}/rest/${userId}/${code}/` }
  })
}

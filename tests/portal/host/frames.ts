import type { AccessToken, App, Portal } from '../state.ts'
import type { Viewer } from './viewer.ts'
import { frameRequest, stringified } from '../apps/frame-request.ts'
import { mayOpenApp } from '../apps/lifecycle.ts'
import { issueToken } from '../apps/tokens.ts'

/** One rendering of an app's page; its sid answers for it until the frame is gone. */
export interface FrameSession {
  sid: string
  clientId: string
  viewer: Viewer
  placement: string
  options: Record<string, unknown>
  isInstaller: boolean
  /** Plain page without token and context. */
  isBare: boolean
  token: AccessToken | null
}

/** What the browser needs to put the page into an iframe. */
export interface OpenedFrame {
  sid: string
  clientId: string
  windowName: string
  method: 'POST' | 'GET'
  url: string
  fields: Record<string, string>
  appOrigin: string
  placement: string
  isInstaller: boolean
}

export interface FrameTarget {
  clientId: string
  placement: string
  /** Absent = the app's main page or its installer. */
  handler?: string | undefined
  options: Record<string, unknown>
  uri: string
}

export type FrameSessions = Map<string, FrameSession>

const keptSessions = 500

export function openFrame(portal: Portal, sessions: FrameSessions, viewer: Viewer, target: FrameTarget): OpenedFrame | null {
  const app = portal.apps.get(target.clientId)
  if (!app || !mayOpenApp(app, viewer.user.id) || !isReachable(app, viewer, target))
    return null
  const options = { ...target.options, ...('URI' in target.options ? {} : { URI: target.uri }) }
  const request = frameRequest(portal, app, viewer.user, target.placement, withTheme(options, viewer), {
    language: viewer.language,
    ...(target.handler === undefined ? {} : { handler: target.handler }),
  })
  sessions.set(request.sid, {
    sid: request.sid,
    clientId: app.clientId,
    viewer,
    placement: target.placement,
    options,
    isInstaller: request.isInstaller,
    isBare: target.placement === 'BI_ANALYTICS_MENU',
    token: portal.tokens.get(request.body.AUTH_ID ?? '') ?? null,
  })
  forgetOldest(sessions)
  portal.journal.write('frame', { direction: 'open', sid: request.sid, clientId: app.clientId, placement: target.placement, method: request.method, url: request.url })
  return {
    sid: request.sid,
    clientId: app.clientId,
    windowName: request.windowName,
    method: request.method,
    url: request.url,
    fields: request.body,
    appOrigin: new URL(request.url).origin,
    placement: target.placement,
    isInstaller: request.isInstaller,
  }
}

/** Until the installer has finished, only administrators get anywhere, and only to the installer. */
function isReachable(app: App, { user }: Viewer, { handler }: FrameTarget): boolean {
  return app.isInstalled || (user.isAdmin && handler === undefined)
}

/** The object that the app's first message asks for. */
export function initData(portal: Portal, app: App, session: FrameSession): Record<string, unknown> {
  const { user, language } = session.viewer
  const token = usableToken(portal, app, session)
  const run = `${user.id}:${app.version}`
  const isFirstRun = !app.firstRunsDone.has(run)
  app.firstRunsDone.add(run)
  return {
    LANG: language,
    DOMAIN: new URL(portal.origin).host,
    PROTOCOL: portal.origin.startsWith('https:') ? 1 : 0,
    PATH: '/rest',
    AUTH_ID: token.accessToken,
    REFRESH_ID: token.refreshToken,
    AUTH_EXPIRES: String(Math.max(0, Math.round((token.expiresAt - portal.clock.now()) / 1000))),
    MEMBER_ID: portal.memberId,
    FIRST_RUN: isFirstRun,
    IS_ADMIN: user.isAdmin,
    INSTALL: session.isInstaller,
    USER_OPTIONS: phpMap(app.userOptions.get(user.id) ?? {}),
    APP_OPTIONS: phpMap(app.options),
    PLACEMENT: session.placement.toUpperCase(),
    PLACEMENT_OPTIONS: phpMap(stringified(session.options) as Record<string, unknown>),
  }
}

export function refreshedAuth(portal: Portal, app: App, session: FrameSession): Record<string, string> {
  session.token = issueToken(portal, app, session.viewer.user.id)
  return {
    AUTH_ID: session.token.accessToken,
    REFRESH_ID: session.token.refreshToken,
    AUTH_EXPIRES: String(portal.settings.tokenLifetimeSeconds),
  }
}

function usableToken(portal: Portal, app: App, session: FrameSession): AccessToken {
  const isUsable = session.token !== null && !session.token.isRevoked && session.token.expiresAt > portal.clock.now()
  session.token = isUsable ? session.token! : issueToken(portal, app, session.viewer.user.id)
  return session.token
}

/** PHP writes an empty map as a list. */
export function phpMap(map: Record<string, unknown>): Record<string, unknown> | [] {
  return Object.keys(map).length === 0 ? [] : map
}

function forgetOldest(sessions: FrameSessions): void {
  const [oldest] = sessions.keys()
  if (sessions.size > keptSessions && oldest !== undefined)
    sessions.delete(oldest)
}

/**
 * A portal does not tell apps its theme. The stand-in does, in one option more, while it is dark:
 * otherwise an app's dark pages could not be seen beside a dark portal.
 */
const withTheme = (options: Record<string, unknown>, { theme }: Viewer): Record<string, unknown> =>
  theme === 'dark' ? { ...options, theme } : options

import type { App, Portal, User } from '../state.ts'
import { portalHost, serverEndpoint } from './auth-payload.ts'
import { issueToken, randomToken } from './tokens.ts'

export interface FrameRequest {
  method: 'POST' | 'GET'
  /** Handler with DOMAIN, PROTOCOL, LANG and APP_SID. */
  url: string
  /** Fields of the hidden form; empty for GET. */
  body: Record<string, string>
  /** Name that the iframe must have before its document loads. */
  windowName: string
  sid: string
  isInstaller: boolean
}

export interface FrameRequestOptions {
  /** Handler of the placement; absent = the app's main page, or its installer. */
  handler?: string
  language?: string
  /** Path and query of the portal page around the frame. */
  uri?: string
}

/** Placements that get neither token nor context. */
const barePlacements = new Set(['BI_ANALYTICS_MENU'])

/** What the portal sends when it opens an app's page in an iframe. */
export function frameRequest(
  portal: Portal,
  app: App,
  user: User,
  placementCode: string,
  placementOptions: Record<string, unknown>,
  { handler, language = user.language, uri }: FrameRequestOptions = {},
): FrameRequest {
  const isInstaller = !app.isInstalled && app.installerUrl !== null && handler === undefined
  const target = handler ?? (isInstaller ? app.installerUrl! : app.handlerUrl)
  const sid = randomToken(16)
  const host = portalHost(portal)
  const protocol = portal.origin.startsWith('https:') ? '1' : '0'
  const windowName = `${host}|${protocol}|${sid}`
  if (barePlacements.has(placementCode))
    return { method: 'GET', url: target, body: {}, windowName, sid, isInstaller }

  const query = new URLSearchParams({ DOMAIN: host, PROTOCOL: protocol, LANG: language, APP_SID: sid })
  const url = `${target}${target.includes('?') ? '&' : '?'}${query}`
  if (new URL(target).pathname.endsWith('.html'))
    return { method: 'GET', url, body: {}, windowName, sid, isInstaller }

  const body = {
    ...authFields(portal, app, user),
    PLACEMENT: placementCode,
    ...optionField(placementOptions, uri),
  }
  return { method: 'POST', url, body, windowName, sid, isInstaller }
}

function authFields(portal: Portal, app: App, user: User): Record<string, string> {
  const token = issueToken(portal, app, user.id)
  const newer = {
    SERVER_ENDPOINT: serverEndpoint(portal),
    APPLICATION_TOKEN: app.applicationToken,
    APPLICATION_SCOPE: app.scopes.join(','),
  }
  return {
    AUTH_ID: token.accessToken,
    AUTH_EXPIRES: String(portal.settings.tokenLifetimeSeconds),
    REFRESH_ID: token.refreshToken,
    ...(portal.settings.isLegacy ? {} : newer),
    member_id: portal.memberId,
    status: app.status,
  }
}

/** PHP escapes slashes in JSON; an empty map is left out. */
function optionField(options: Record<string, unknown>, uri: string | undefined): Record<string, string> {
  const complete = uri === undefined || 'URI' in options ? options : { ...options, URI: uri }
  if (Object.keys(complete).length === 0)
    return {}
  return { PLACEMENT_OPTIONS: JSON.stringify(stringified(complete)).replaceAll('/', '\\/') }
}

/** Scalars travel as strings, deep structures keep their shape. */
export function stringified(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(stringified)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, stringified(inner)]))
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

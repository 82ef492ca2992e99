import type { Endpoint, ReplyOf } from '@comptoir/shared/http/endpoint'
import { sessionApi, type Boot, type Session } from '@comptoir/shared/portal/portal.contract'
import { frameRequest } from '../portal/apps/frame-request.ts'
import { issueToken } from '../portal/apps/tokens.ts'
import type { RunningPortal } from '../portal/server.ts'
import type { App, Portal } from '../portal/state.ts'

type Fields = Record<string, string>

export interface Sent {
  readonly params?: Record<string, string | number>
  readonly query?: Record<string, string | number | boolean>
  readonly body?: unknown
}

export interface Answered<T> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

export interface OpenOptions {
  readonly options?: Record<string, unknown>
  readonly language?: string
  /** What an attacker would change in the form. */
  readonly alter?: (form: Fields) => Fields
}

export interface OpenedPage {
  readonly status: number
  readonly headers: Headers
  readonly html: string
  readonly boot: Boot | null
  readonly url: string
  readonly form: Fields
}

/** A portal with the app in it, and what people do there. */
export interface PortalStage {
  readonly running: RunningPortal
  readonly portal: Portal
  readonly app: App
  readonly isInstalled: boolean
  /** A session of that person, opened once with a token of theirs. */
  session(userId: number): Promise<Session>
  token(userId: number): string
  /** Calls an endpoint of Comptoir's own API; `session: null` sends none. */
  call<E extends Endpoint>(endpoint: E, sent?: Sent, session?: Session | string | null): Promise<Answered<ReplyOf<E>>>
  /** Opens the app's page in a place of the portal, as the portal does: `DEFAULT`, or the code of a bound placement. */
  open(userId: number, placementCode: string, options?: OpenOptions): Promise<OpenedPage>
}

export function stagePortal(running: RunningPortal, app: App, { url, isInstalled }: { url: string, isInstalled: boolean }): PortalStage {
  const { portal } = running
  const sessions = new Map<number, Promise<Session>>()
  const token = (userId: number) => issueToken(portal, app, userId).accessToken

  async function openSession(userId: number): Promise<Session> {
    const { status, body } = await callEndpoint(url, sessionApi.open, { body: { accessToken: token(userId), memberId: portal.memberId } }, null)
    if (status !== 200)
      throw new Error(`No session for user ${userId}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  const session = (userId: number): Promise<Session> => {
    const known = sessions.get(userId) ?? openSession(userId)
    sessions.set(userId, known)
    return known
  }
  return {
    running, portal, app, isInstalled, token, session,
    call: async (endpoint, sent, given) => callEndpoint(url, endpoint, sent, given === undefined ? await session(1) : given),
    open: (userId, code, options) => openPage(portal, app, userId, code, options),
  }
}

export async function callEndpoint<E extends Endpoint>(url: string, { method, path }: E, { params = {}, query = {}, body }: Sent = {}, session: Session | string | null): Promise<Answered<ReplyOf<E>>> {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const bearer = typeof session === 'string' ? session : session?.token
  const isText = typeof body === 'string'
  const answer = await fetch(`${url}${filled}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    headers: {
      ...bearer !== undefined && { authorization: `Bearer ${bearer}` },
      ...body !== undefined && { 'content-type': isText ? 'text/csv' : 'application/json' },
    },
    ...body !== undefined && { body: isText ? body : JSON.stringify(body) },
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json() as ReplyOf<E> }
}

async function openPage(portal: Portal, app: App, userId: number, code: string, { options = {}, language, alter = form => form }: OpenOptions = {}): Promise<OpenedPage> {
  const user = portal.users.get(userId)
  if (!user)
    throw new RangeError(`no user ${userId}`)
  const handler = portal.placements.find(one => one.clientId === app.clientId && one.code === code)?.handler
  if (code !== 'DEFAULT' && !handler)
    throw new RangeError(`nothing is bound to ${code}`)
  const { url, body } = frameRequest(portal, app, user, code, options, { handler, language, uri: '/crm/deal/details/1/' })
  const form = alter(body)
  const answer = await postForm(url, form)
  const html = await answer.text()
  return { status: answer.status, headers: answer.headers, html, boot: bootIn(html), url, form }
}

export const postForm = (url: string, form: Fields | string): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form) })

export function bootIn(html: string): Boot | null {
  const text = /<script type="application\/json" id="comptoir-boot">(.*?)<\/script>/s.exec(html)?.[1]
  return text ? JSON.parse(text) as Boot : null
}

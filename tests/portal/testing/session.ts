import type { App, AppForm, Portal } from '../state.ts'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { finishInstall, registerApp } from '../apps/lifecycle.ts'
import { issueToken } from '../apps/tokens.ts'
import { parseQuery } from '../rest/form.ts'
import type { StartOptions } from '../server.ts'
import { startPortal } from '../server.ts'

export const everyScope = ['crm', 'bizproc', 'placement', 'im', 'task', 'user', 'department', 'catalog']

/** Whatever came over the wire. */
export type Wire = ReturnType<typeof JSON.parse>

export interface Answer {
  status: number
  result?: Wire
  error?: string
  error_description?: string
  total?: number
  next?: number
  time?: Record<string, number | string>
  [extra: string]: unknown
}

export interface Session {
  url: string
  portal: Portal
  app: App
  /** Calls a method as a user, with a JSON body. */
  call(method: string, params?: Record<string, unknown>, userId?: number): Promise<Answer>
  tokenOf(userId: number): string
  close(): Promise<void>
}

/** A running portal with one installed app. */
export async function openSession(options: StartOptions = {}, form: Partial<AppForm> = {}): Promise<Session> {
  const { url, portal, close } = await startPortal({ limits: { isBucketOn: false }, ...options })
  const app = registerApp(portal, { title: 'Test', handlerUrl: 'http://127.0.0.1:9/app', installerUrl: null, scopes: everyScope, ...form })
  finishInstall(portal, app)
  const tokens = new Map<number, string>()
  const tokenOf = (userId: number) => {
    const token = tokens.get(userId) ?? issueToken(portal, app, userId).accessToken
    tokens.set(userId, token)
    return token
  }
  return {
    url,
    portal,
    app,
    tokenOf,
    close,
    call: (method, params = {}, userId = 1) => post(`${url}/rest/${method}`, { ...params, auth: tokenOf(userId) }),
  }
}

export async function post(url: string, body: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return { ...await response.json() as object, status: response.status }
}

export interface Inbox {
  url: string
  received: { path: string, body: Record<string, Wire> }[]
  /** Status answered from now on. */
  status: number
  close(): Promise<void>
}

/** An app's backend that keeps what it is sent. */
export async function openInbox(): Promise<Inbox> {
  const received: Inbox['received'] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => text += chunk)
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: parseQuery(text) })
      response.writeHead(inbox.status).end('ok')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const inbox: Inbox = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    status: 200,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
  return inbox
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { frameRequest } from '../portal/apps/frame-request.ts'
import { registerApp } from '../portal/apps/lifecycle.ts'
import { issueToken } from '../portal/apps/tokens.ts'
import { closeServer } from './authority.ts'
import { startComptoir, type Comptoir } from './comptoir.ts'
import { fingerprint } from './fingerprint.ts'
import { postForm, type PortalStage } from './portal-stage.ts'

export type Fields = Record<string, string>

export interface Refusal { readonly status: number, readonly code: string | null }

/** An application with two portals in it, and everything an attacker may hold. */
export interface Siege {
  readonly comptoir: Comptoir
  readonly other: PortalStage
  /** It would vouch for anything, if it were asked. */
  readonly attacker: { readonly url: string, readonly host: string, readonly calls: number }
  /** An access token of an administrator of our portal, given to another app. */
  readonly tokenOfOtherApp: string
  post(path: string, form: Fields | string): Promise<Response>
  json(path: string, text: string): Promise<Response>
  /** A form as the portal posts it for this person, with what is to be forged. */
  form(userId: number, forged?: Fields): Fields
  formOfOther(userId: number, forged?: Fields): Fields
  /** Sends it, and compares every table before and after. */
  unchanged<T>(send: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const invented = 'f'.repeat(70)
export const employee = 3
export const forged: Refusal = { status: 403, code: 'auth.forged' }

export async function startSiege(): Promise<Siege> {
  const comptoir = await startComptoir({ data: 'generate:20' })
  const other = await comptoir.addPortal()
  const attacker = await openAttacker(comptoir)
  const thief = registerApp(comptoir.portal, { title: 'Other', handlerUrl: `${attacker.url}/app`, installerUrl: null, scopes: ['crm', 'user_brief'] })
  return {
    comptoir, other, attacker,
    tokenOfOtherApp: issueToken(comptoir.portal, thief, 1).accessToken,
    post: (path, form) => postForm(`${comptoir.url}${path}`, form),
    json: (path, text) => fetch(`${comptoir.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }),
    form: (userId, changes) => formOf(comptoir, userId, changes),
    formOfOther: (userId, changes) => formOf(other, userId, changes),
    async unchanged(send) {
      const before = await fingerprint(comptoir.database)
      const result = await send()
      expect(await fingerprint(comptoir.database)).toEqual(before)
      return result
    },
    async close() {
      await attacker.close()
      await comptoir.close()
    },
  }
}

function formOf({ portal, app }: PortalStage, userId: number, changes: Fields = {}): Fields {
  const user = portal.users.get(userId)
  if (!user)
    throw new RangeError(`no user ${userId}`)
  return { ...frameRequest(portal, app, user, 'DEFAULT', {}).body, ...changes }
}

async function openAttacker({ portal, app }: PortalStage) {
  let calls = 0
  let url = ''
  const server = createServer((_request, response) => {
    calls++
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
      result: { ID: '1', ADMIN: true, NAME: 'Eve', member_id: portal.memberId, client_id: app.clientId, client_endpoint: `${url}/rest/`, user_id: 1 },
    }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${host}`
  return { url, host, get calls() { return calls }, close: () => closeServer(server) }
}

export async function refusalOf(answer: Response): Promise<Refusal> {
  const text = await answer.text()
  return { status: answer.status, code: text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code ?? null : null }
}

export const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** Fields as the host nests them: `auth[member_id]`. */
export const auth = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`auth[${name}]`, value]))

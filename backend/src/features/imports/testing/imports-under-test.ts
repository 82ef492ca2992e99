import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { ErrorCode } from '@comptoir/shared/errors'
import type { Import } from '@comptoir/shared/imports/import.contract'
import type { OptionsPatch } from '@comptoir/shared/imports/import-file.schema'
import type { PortalRecord } from '../../../platform/http/caller.ts'
import { handleProblems } from '../../../platform/http/problems.ts'
import { requireSession } from '../../../platform/http/session-hook.ts'
import { signSession } from '../../../platform/http/session-token.ts'
import type { Jobs } from '../../../platform/jobs/jobs.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/storage/test-database.ts'
import type { ImportWork } from '../import-queue.job.ts'
import { workOnImport } from '../import-steps.job.ts'
import { importRoutes } from '../import.routes.ts'

const sessionKey = randomBytes(32)
export const noon = new Date('2026-03-15T12:00:00Z')

export interface Answer { readonly status: number, readonly body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are looked into freely by tests

export interface ImportsUnderTest {
  readonly db: TestDatabase['db']
  readonly app: FastifyInstance
  readonly portal: PortalRecord
  readonly stranger: PortalRecord
  readonly undeclared: ErrorCode[]
  /** Work that was enqueued and not delivered yet. */
  readonly work: ImportWork[]
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, options?: { body?: unknown, as?: { portal?: PortalRecord, isAdmin?: boolean } | null }): Promise<Answer>
  upload(name: string, content: string | Uint8Array): Promise<Import>
  /** Delivers the waiting work, as the queue would. */
  deliver(signal?: AbortSignal): Promise<void>
  preview(importId: string, options?: OptionsPatch): Promise<Import>
  /** Upload, try, import: the whole way. */
  bring(name: string, content: string | Uint8Array, options?: OptionsPatch): Promise<Import>
  get(importId: string): Promise<Import>
  close(): Promise<void>
}

export async function importsUnderTest(): Promise<ImportsUnderTest> {
  const { db, close } = await freshDatabase()
  const undeclared: ErrorCode[] = []
  const work: ImportWork[] = []
  const [portal, stranger] = [await addPortal(db, 'home'), await addPortal(db, 'stranger')]
  const app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => noon, findPortal: async id => [portal, stranger].find(known => known.id === id) ?? null })
  const jobs = { send: async (_: unknown, data: object) => work.push(data as ImportWork) > 0 } as unknown as Jobs
  importRoutes(app, { db, jobs, now: () => noon })
  const bearer = (of: PortalRecord, isAdmin: boolean): string => `Bearer ${signSession({
    portalId: of.id, viewer: { userId: 7, name: 'Ada Morel', isAdmin, departmentIds: [] }, expiresAt: noon.getTime() + 1000,
  }, sessionKey)}`

  const under: ImportsUnderTest = {
    db, app, portal, stranger, undeclared, work,
    ask: async (method, url, { body, as = {} } = {}) => {
      const headers = as ? { authorization: bearer(as.portal ?? portal, as.isAdmin ?? true) } : {}
      const response = await app.inject({ method, url, headers, ...body !== undefined && { payload: body as object } })
      return { status: response.statusCode, body: response.json() }
    },
    upload: async (name, content) => {
      const response = await app.inject({
        method: 'POST', url: `/api/imports?name=${encodeURIComponent(name)}`, payload: Buffer.from(content),
        headers: { 'authorization': bearer(portal, true), 'content-type': 'application/octet-stream' },
      })
      if (response.statusCode !== 200)
        throw new Error(response.body)
      return response.json<Import>()
    },
    deliver: async (signal = new AbortController().signal) => {
      for (const data of work.splice(0))
        await workOnImport({ db, now: () => noon }, data, { signal, isLastTry: false })
    },
    preview: async (importId, options = {}) => {
      if (Object.keys(options).length > 0)
        await expectOk(under.ask('PATCH', `/api/imports/${importId}/options`, { body: { set: options } }))
      await expectOk(under.ask('POST', `/api/imports/${importId}/preview`))
      await under.deliver()
      return under.get(importId)
    },
    bring: async (name, content, options) => {
      const { importId } = await under.upload(name, content)
      await under.preview(importId, options)
      await expectOk(under.ask('POST', `/api/imports/${importId}/start`))
      await under.deliver()
      return under.get(importId)
    },
    get: async importId => (await expectOk(under.ask('GET', `/api/imports/${importId}`))).body as Import,
    close: async () => {
      await app.close()
      await close()
    },
  }
  return under
}

async function expectOk(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer
  if (given.status !== 200)
    throw new Error(JSON.stringify(given.body))
  return given
}

async function addPortal(db: TestDatabase['db'], name: string): Promise<PortalRecord> {
  const row = await db.insertInto('portals').values({
    member_id: name, domain: `${name}.example`, client_endpoint: `https://${name}.example/rest/`, server_endpoint: 'https://oauth.example/rest/',
    application_token_hash: null, status: 'installed', app_version: null, installer_user_id: 1, installed_at: noon,
  }).returningAll().executeTakeFirstOrThrow()
  return {
    id: row.portal_id, memberId: name, domain: row.domain, clientEndpoint: row.client_endpoint, appVersion: null, installerUserId: 1, status: 'installed', scope: [],
    language: row.language, timeZone: row.time_zone, currency: row.currency, settings: {},
  }
}

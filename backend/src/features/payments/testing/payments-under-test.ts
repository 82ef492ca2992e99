import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import type { ErrorCode } from '@comptoir/shared/errors'
import type { PortalRecord } from '../../../platform/http/caller.ts'
import { handleProblems } from '../../../platform/http/problems.ts'
import { requireSession } from '../../../platform/http/session-hook.ts'
import { signSession } from '../../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/storage/test-database.ts'
import { paymentRoutes } from '../payments.routes.ts'
import { addPortal } from './payment-rows.ts'

export const noon = new Date('2026-04-01T10:00:00Z')

export interface Answer { readonly status: number, readonly body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are looked into freely by tests

export interface PaymentsUnderTest {
  readonly db: TestDatabase['db']
  readonly portalId: number
  readonly undeclared: ErrorCode[]
  /** 1 is an administrator; 7 prepares and 8 approves payments; anybody else has what everybody has. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: unknown, userId?: number): Promise<Answer>
  close(): Promise<void>
}

export async function paymentsUnderTest(): Promise<PaymentsUnderTest> {
  const { db, close } = await freshDatabase()
  const sessionKey = randomBytes(32)
  const undeclared: ErrorCode[] = []
  const portalId = await addPortal(db)
  await db.insertInto('vendor_grants').values(([[7, 'editor'], [8, 'approver']] as const).map(([userId, role]) => ({
    portal_id: portalId, subject_kind: 'user' as const, subject_id: userId, scope_kind: 'all' as const, role, field_groups: ['identity' as const, 'prices' as const, 'bank' as const],
  }))).execute()
  const portal: PortalRecord = {
    id: portalId, memberId: 'home', domain: 'home.test', clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris',
    currency: 'EUR', appVersion: null, installerUserId: 1, settings: {},
  }
  const app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => noon, findPortal: async () => portal })
  paymentRoutes(app, { db, now: () => noon })
  return {
    db, portalId, undeclared,
    ask: async (method, url, body, userId = 7) => {
      const viewer = { userId, name: 'Ada Morel', isAdmin: userId === 1, departmentIds: [] }
      const token = signSession({ portalId, viewer, expiresAt: noon.getTime() + 1000 }, sessionKey)
      const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...body !== undefined && { payload: body as object } })
      return { status: response.statusCode, body: response.json() }
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}

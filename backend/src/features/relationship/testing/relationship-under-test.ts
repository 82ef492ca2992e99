import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Insertable } from 'kysely'
import type { ErrorCode } from '@comptoir/shared/errors'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { PortalRecord } from '../../../platform/http/caller.ts'
import { handleProblems } from '../../../platform/http/problems.ts'
import { requireSession } from '../../../platform/http/session-hook.ts'
import { signSession } from '../../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/storage/test-database.ts'
import type { VendorTables } from '../../../platform/storage/tables/vendors.ts'
import { beginDay } from '../new-day.job.ts'
import { relationshipRoutes } from '../relationship.routes.ts'

const sessionKey = randomBytes(32)

interface As { readonly portal?: PortalRecord, readonly userId?: number, readonly isAdmin?: boolean }
export interface Answer { readonly status: number, readonly body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are looked into freely by tests

export interface RelationshipUnderTest {
  readonly db: TestDatabase['db']
  readonly app: FastifyInstance
  readonly portal: PortalRecord
  readonly stranger: PortalRecord
  readonly undeclared: ErrorCode[]
  ask: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, options?: { body?: unknown, as?: As }) => Promise<Answer>
  addVendor: (values?: Partial<Insertable<VendorTables['vendors']>>) => Promise<string>
  statusOf: (vendorId: string) => Promise<string>
  /** The clock of the app, and what the calendar changes by then. */
  reach: (day: string) => Promise<void>
  close: () => Promise<void>
}

export async function relationshipUnderTest(start = '2026-11-22'): Promise<RelationshipUnderTest> {
  const { db, close } = await freshDatabase()
  let now = new Date(`${start}T12:00:00Z`)
  const undeclared: ErrorCode[] = []
  const [portal, stranger] = [await addPortal(db, 'home'), await addPortal(db, 'stranger')]
  const findPortal = async (id: number): Promise<PortalRecord | null> => [portal, stranger].find(known => known.id === id) ?? null
  const app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => now, findPortal })
  relationshipRoutes(app, { db, now: () => now, publicUrl: 'https://app.test/', findPortal })
  const token = ({ portal: of = portal, userId = 7, isAdmin = true }: As): string => signSession({
    portalId: of.id, viewer: { userId, name: 'Ada Morel', isAdmin, departmentIds: [] }, expiresAt: now.getTime() + 1000,
  }, sessionKey)
  return {
    db, app, portal, stranger, undeclared,
    ask: async (method, url, { body, as = {} } = {}) => {
      const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token(as)}` }, ...body !== undefined && { payload: body as object } })
      return { status: response.statusCode, body: response.json() }
    },
    addVendor: async (values = {}) => {
      const name = values.name ?? 'Atelier Sud'
      const { vendor_id } = await db.insertInto('vendors').values({ portal_id: portal.id, siren: '732829320', ...values, name, name_key: nameKey(name) })
        .returning('vendor_id').executeTakeFirstOrThrow()
      return vendor_id
    },
    statusOf: async vendorId => (await db.selectFrom('vendors').select('status').where('vendor_id', '=', vendorId).executeTakeFirstOrThrow()).status,
    reach: async (day) => {
      now = new Date(`${day}T12:00:00Z`)
      await beginDay(db, now)
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}

async function addPortal(db: TestDatabase['db'], memberId: string): Promise<PortalRecord> {
  const { portal_id: id } = await db.insertInto('portals').values({
    member_id: memberId, domain: `${memberId}.test`, client_endpoint: '', server_endpoint: '', status: 'installed',
  }).returning('portal_id').executeTakeFirstOrThrow()
  await db.insertInto('crm_users').values([{ portal_id: id, user_id: 7, name: 'Ada', last_name: 'Morel' }, { portal_id: id, user_id: 8, name: 'Jean', last_name: 'Petit' }]).execute()
  await db.insertInto('crm_currencies').values([{ portal_id: id, currency: 'EUR', rate: '1', is_base: true, minor_factor: '1' }]).execute()
  return {
    id, memberId, domain: `${memberId}.test`, clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR',
    appVersion: null, installerUserId: 1, settings: {},
  }
}

/** A year's contract with three months' notice that renews by itself. */
export const aContract = (values: Record<string, unknown> = {}) => ({
  title: 'Maintenance', number: null, startsOn: '2026-01-01', endsOn: '2026-12-31', noticeDays: 1, noticeUnit: 'months', isTacitlyRenewed: false,
  renewalMonths: null, amountMinor: null, currency: null, amountPeriod: 'total', ownerUserId: null, documents: [], note: null, signedOn: '2025-12-15', ...values,
})

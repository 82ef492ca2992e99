import { randomBytes, randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Insertable } from 'kysely'
import type { ErrorCode } from '@comptoir/shared/errors'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { PortalRecord } from '../../../platform/http/caller.ts'
import { rememberCompanies } from '../../../platform/access/company-sight.postgres.ts'
import { handleProblems } from '../../../platform/http/problems.ts'
import { requireSession } from '../../../platform/http/session-hook.ts'
import { signSession } from '../../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/storage/test-database.ts'
import type { VendorTables } from '../../../platform/storage/tables/vendors.ts'
import type { CrmReads } from '../crm-reads.ts'
import { dealVendorRoutes } from '../deal-vendor.routes.ts'
import { vendorRoutes } from '../vendor.routes.ts'

const sessionKey = randomBytes(32)
export const noon = new Date('2026-03-15T12:00:00Z')

export interface Answer { readonly status: number, readonly body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are looked into freely by tests

export interface VendorsUnderTest {
  readonly db: TestDatabase['db']
  readonly app: FastifyInstance
  readonly portal: PortalRecord
  readonly stranger: PortalRecord
  readonly undeclared: ErrorCode[]
  /** As somebody of the portal; `as: null` sends no session. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, options?: { body?: unknown, as?: { portal?: PortalRecord, userId?: number } | null }): Promise<Answer>
  addVendor(values?: Partial<Insertable<VendorTables['vendors']>>): Promise<string>
  addPurchase(vendorId: string, values?: Partial<Insertable<VendorTables['purchases']>>): Promise<void>
  addDeal(dealId: number, values?: { amountMinor?: number | null, currency?: string, companyId?: number }): Promise<void>
  /** A company that the portal has shown to person 7, unless it is hidden. */
  addCompany(companyId: number, title: string, options?: { isHidden?: boolean }): Promise<void>
  /** Moves the clock of the app. */
  passTime(ms: number): void
  close(): Promise<void>
}

export async function vendorsUnderTest({ crm }: { crm?: CrmReads } = {}): Promise<VendorsUnderTest> {
  const { db, close } = await freshDatabase()
  let now = noon
  const undeclared: ErrorCode[] = []
  const [portal, stranger] = [await addPortal(db, 'home'), await addPortal(db, 'stranger')]
  const app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => now, findPortal: async id => [portal, stranger].find(known => known.id === id) ?? null })
  vendorRoutes(app, {
    db, now: () => now, crm,
    companiesShownTo: async (_, companyIds) => (await db.selectFrom('viewer_companies').select('company_id').where('company_id', 'in', [...companyIds, 0]).execute()).map(row => row.company_id),
  })
  dealVendorRoutes(app, { db, now: () => now, crm })
  const token = (of: PortalRecord, userId: number): string => signSession({
    portalId: of.id, viewer: { userId, name: 'Ada Morel', isAdmin: false, departmentIds: [] }, expiresAt: now.getTime() + 1000,
  }, sessionKey)
  return {
    db, app, portal, stranger, undeclared,
    ask: async (method, url, { body, as = {} } = {}) => {
      const headers = as ? { authorization: `Bearer ${token(as.portal ?? portal, as.userId ?? 7)}` } : {}
      const response = await app.inject({ method, url, headers, ...body !== undefined && { payload: body as object } })
      return { status: response.statusCode, body: response.json() }
    },
    addVendor: values => addVendor(db, portal.id, values),
    addPurchase: (vendorId, values) => addPurchase(db, portal.id, vendorId, values),
    addDeal: async (dealId, { amountMinor = 1_000_000, currency = 'EUR', companyId } = {}) => {
      await db.insertInto('crm_deals').values({
        portal_id: portal.id, deal_id: dealId, title: `Affaire ${dealId}`, stage_id: 'NEW', amount_minor: amountMinor, currency,
        amount_base_minor: amountMinor, company_id: companyId ?? null, created_at: now,
      }).execute()
    },
    addCompany: async (companyId, title, { isHidden = false } = {}) => {
      await db.insertInto('crm_companies').values({ portal_id: portal.id, company_id: companyId, title, type_id: 'SUPPLIER' }).execute()
      if (!isHidden)
        await rememberCompanies(db, { portal, viewer: { userId: 7, isAdmin: false } }, [companyId], new Date('2999-01-01'))
    },
    passTime: (ms) => {
      now = new Date(now.getTime() + ms)
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}

type Db = TestDatabase['db']

async function addPortal(db: Db, memberId: string): Promise<PortalRecord> {
  const { portal_id: id } = await db.insertInto('portals').values({
    member_id: memberId, domain: `${memberId}.test`, client_endpoint: '', server_endpoint: '', status: 'installed',
  }).returning('portal_id').executeTakeFirstOrThrow()
  await db.insertInto('crm_users').values({ portal_id: id, user_id: 7, name: 'Ada', last_name: 'Morel' }).execute()
  await db.insertInto('crm_currencies').values([
    { portal_id: id, currency: 'EUR', rate: '1', is_base: true }, { portal_id: id, currency: 'USD', rate: '0.9' }, { portal_id: id, currency: 'XTS', rate: null },
  ]).execute()
  return {
    id, memberId, domain: `${memberId}.test`, clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR', appVersion: null, installerUserId: 1,
    settings: { vendorRule: { kind: 'type', typeId: 'SUPPLIER' }, analyticsScope: 'all' },
  }
}

export async function addVendor(db: Db, portalId: number, values: Partial<Insertable<VendorTables['vendors']>> = {}): Promise<string> {
  const name = values.name ?? `Papeterie ${randomUUID().slice(0, 8)}`
  const { vendor_id } = await db.insertInto('vendors')
    .values({ portal_id: portalId, created_at: noon, updated_at: noon, ...values, name, name_key: nameKey(name) })
    .returning('vendor_id').executeTakeFirstOrThrow()
  return vendor_id
}

async function addPurchase(db: Db, portalId: number, vendorId: string, values: Partial<Insertable<VendorTables['purchases']>> = {}): Promise<void> {
  const amount = values.amount_minor ?? 10_000
  await db.insertInto('purchases').values({
    portal_id: portalId, vendor_id: vendorId, spent_on: '2026-03-01', currency: 'EUR', amount_base_minor: amount, ...values, amount_minor: amount,
  }).execute()
}

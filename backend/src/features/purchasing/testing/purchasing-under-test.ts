import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Insertable } from 'kysely'
import type { ErrorCode } from '@comptoir/shared/errors'
import type { InvoiceFields, InvoiceLineFields, OrderFields, OrderLineFields } from '@comptoir/shared/purchasing/purchasing-fields'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { PortalRecord } from '../../../platform/http/caller.ts'
import { handleProblems } from '../../../platform/http/problems.ts'
import { requireSession } from '../../../platform/http/session-hook.ts'
import { signSession } from '../../../platform/http/session-token.ts'
import type { VendorTables } from '../../../platform/storage/tables/vendors.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/storage/test-database.ts'
import { purchasingRoutes } from '../purchasing.routes.ts'

const sessionKey = randomBytes(32)
export const noon = new Date('2026-03-15T12:00:00Z')

interface Answer { readonly status: number, readonly body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are looked into freely by tests
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface PurchasingUnderTest {
  readonly db: TestDatabase['db']
  readonly app: FastifyInstance
  readonly portal: PortalRecord
  readonly undeclared: ErrorCode[]
  readonly told: { invoiceId: string, isDeleted: boolean }[]
  ask(method: Method, url: string, body?: unknown, as?: { isAdmin?: boolean }): Promise<Answer>
  addVendor(values?: Partial<Insertable<VendorTables['vendors']>>): Promise<string>
  /** Leaves everybody this one grant. */
  grant(role: 'viewer' | 'editor', groups: readonly string[]): Promise<void>
  close(): Promise<void>
}

export async function purchasingUnderTest(): Promise<PurchasingUnderTest> {
  const { db, close } = await freshDatabase()
  const undeclared: ErrorCode[] = []
  const told: PurchasingUnderTest['told'] = []
  const portal = await addPortal(db)
  const app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => noon, findPortal: async id => id === portal.id ? portal : null })
  purchasingRoutes(app, { db, now: () => noon, onInvoice: async (_tx, { invoiceId, isDeleted }) => void told.push({ invoiceId, isDeleted }) })
  return {
    db, app, portal, undeclared, told,
    ask: async (method, url, body, { isAdmin = false } = {}) => {
      const viewer = { userId: 7, name: 'Ada Morel', isAdmin, departmentIds: [] }
      const token = signSession({ portalId: portal.id, viewer, expiresAt: noon.getTime() + 1000 }, sessionKey)
      const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...body !== undefined && { payload: body as object } })
      return { status: response.statusCode, body: response.json() }
    },
    addVendor: async (values = {}) => {
      const name = values.name ?? 'Visserie Morel'
      const { vendor_id } = await db.insertInto('vendors').values({ portal_id: portal.id, ...values, name, name_key: nameKey(name) }).returning('vendor_id').executeTakeFirstOrThrow()
      return vendor_id
    },
    grant: async (role, groups) => {
      await db.updateTable('vendor_grants').set({ role, field_groups: [...groups] as never }).where('portal_id', '=', portal.id).execute()
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}

async function addPortal(db: TestDatabase['db']): Promise<PortalRecord> {
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'home', domain: 'home.test', client_endpoint: '', server_endpoint: '', status: 'installed' })
    .returning('portal_id').executeTakeFirstOrThrow()
  await db.insertInto('crm_currencies').values([{ portal_id: id, currency: 'EUR', rate: '1', is_base: true }, { portal_id: id, currency: 'USD', rate: '0.9' }]).execute()
  return {
    id, memberId: 'home', domain: 'home.test', clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR',
    appVersion: null, installerUserId: 1, settings: { analyticsScope: 'all' },
  }
}

export const orderLine = (values: Partial<OrderLineFields> = {}): OrderLineFields => ({
  itemCode: 'VIS-8', itemName: 'Vis M8', unit: 'pce', quantity: 100, unitPrice: 10, requestedOn: null, promisedOn: '2026-03-10', isCancelled: false, ...values,
})

export const order = (values: Partial<OrderFields> = {}): OrderFields => ({
  number: 'C-1', orderedOn: '2026-03-01', currency: 'EUR', status: 'confirmed', dealId: null, department: null, category: null, note: null, lines: [orderLine()], ...values,
})

export const invoiceLine = (values: Partial<InvoiceLineFields> = {}): InvoiceLineFields => ({
  orderLineId: null, itemCode: null, description: 'Vis M8', quantity: 100, netMinor: 100_000, taxRate: 20, taxCategory: 'S', account: null, category: null, ...values,
})

export const invoice = (values: Partial<InvoiceFields> = {}): InvoiceFields => ({
  kind: 'invoice', number: 'F-1', issuedOn: '2026-03-12', dueOn: '2026-04-11', receivedOn: null, currency: 'EUR', taxMinor: 20_000, dueMinor: null, status: 'registered',
  iban: null, paymentReference: null, orderId: null, creditedInvoiceId: null, dealId: null, note: null, lines: [invoiceLine()], ...values,
})

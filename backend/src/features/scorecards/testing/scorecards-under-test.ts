import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { ErrorCode } from '@comptoir/shared/errors'
import type { PortalRecord } from '../../../platform/http/caller.ts'
import { handleProblems } from '../../../platform/http/problems.ts'
import { requireSession } from '../../../platform/http/session-hook.ts'
import { signSession } from '../../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/storage/test-database.ts'
import { scorecardRoutes } from '../scorecards.routes.ts'

const sessionKey = randomBytes(32)
export const noon = new Date('2026-03-15T12:00:00Z')

interface Answer { readonly status: number, readonly body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are looked into freely by tests

export interface ScorecardsUnderTest {
  readonly db: TestDatabase['db']
  readonly app: FastifyInstance
  readonly portal: PortalRecord
  readonly undeclared: ErrorCode[]
  readonly woken: number[]
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, as?: { isAdmin?: boolean }): Promise<Answer>
  addVendor(name: string, category?: string): Promise<string>
  addDelivery(vendorId: string, delivery: Delivery): Promise<string>
  grant(role: 'viewer' | 'editor' | 'approver', groups: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** One ordered line with what came of it. */
export interface Delivery {
  readonly number: string
  readonly orderedOn: string
  readonly promisedOn: string | null
  readonly receivedOn?: string
  readonly quantity?: number
  readonly rejected?: number
  readonly unitPrice?: number
  readonly currency?: string
  readonly invoicedOn?: string
  readonly invoicedMinor?: number
  readonly item?: string
}

export async function scorecardsUnderTest(): Promise<ScorecardsUnderTest> {
  const { db, close } = await freshDatabase()
  const undeclared: ErrorCode[] = []
  const woken: number[] = []
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'home', domain: 'home.test', client_endpoint: '', server_endpoint: '', status: 'installed', time_zone: 'Europe/Paris', currency: 'EUR' })
    .returning('portal_id').executeTakeFirstOrThrow()
  await db.insertInto('crm_users').values({ portal_id: id, user_id: 7, name: 'Ada Morel', department_ids: [] }).execute()
  await db.deleteFrom('compliance_requirements').where('portal_id', '=', id).execute()
  const portal: PortalRecord = {
    id, memberId: 'home', domain: 'home.test', clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR',
    appVersion: null, installerUserId: 1, settings: {},
  }
  const app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => noon, findPortal: async asked => asked === id ? portal : null })
  scorecardRoutes(app, { db, now: () => noon, wake: async portalId => void woken.push(portalId) })
  return {
    db, app, portal, undeclared, woken,
    ask: async (method, url, body, { isAdmin = false } = {}) => {
      const viewer = { userId: 7, name: 'Ada Morel', isAdmin, departmentIds: [] }
      const token = signSession({ portalId: id, viewer, expiresAt: noon.getTime() + 1000 }, sessionKey)
      const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...body !== undefined && { payload: body as object } })
      return { status: response.statusCode, body: response.json() }
    },
    addVendor: async (name, category) => {
      const { vendor_id } = await db.insertInto('vendors').values({ portal_id: id, name, name_key: name.toLowerCase(), category: category ?? null }).returning('vendor_id').executeTakeFirstOrThrow()
      return vendor_id
    },
    addDelivery: (vendorId, delivery) => addDelivery(db, id, vendorId, delivery),
    grant: async (role, groups) => {
      await db.updateTable('vendor_grants').set({ role, field_groups: [...groups] as never }).where('portal_id', '=', id).execute()
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}

async function addDelivery(db: TestDatabase['db'], portal_id: number, vendor_id: string, delivery: Delivery): Promise<string> {
  const { number, orderedOn, promisedOn, receivedOn, quantity = 10, rejected = 0, unitPrice = 5, currency = 'EUR', invoicedOn, invoicedMinor, item = 'VIS-8' } = delivery
  const { order_id } = await db.insertInto('purchase_orders').values({ portal_id, vendor_id, number, ordered_on: orderedOn, currency }).returning('order_id').executeTakeFirstOrThrow()
  const { line_id } = await db.insertInto('purchase_order_lines').values({
    portal_id, order_id, vendor_id, position: 1, item_code: item, item_name: 'Vis M8', quantity: String(quantity), unit_price: String(unitPrice), promised_on: promisedOn,
  }).returning('line_id').executeTakeFirstOrThrow()
  if (receivedOn) {
    const { receipt_id } = await db.insertInto('goods_receipts').values({ portal_id, vendor_id, number: `BL-${number}`, received_on: receivedOn }).returning('receipt_id').executeTakeFirstOrThrow()
    await db.insertInto('goods_receipt_lines').values({ portal_id, receipt_id, vendor_id, line_id, quantity: String(quantity), rejected_quantity: String(rejected) }).execute()
  }
  if (invoicedOn && invoicedMinor !== undefined) {
    const { invoice_id } = await db.insertInto('vendor_invoices')
      .values({ portal_id, vendor_id, number: `F-${number}`, issued_on: invoicedOn, currency, net_minor: invoicedMinor, total_minor: invoicedMinor }).returning('invoice_id').executeTakeFirstOrThrow()
    await db.insertInto('vendor_invoice_lines')
      .values({ portal_id, invoice_id, vendor_id, position: 1, order_line_id: line_id, description: 'Vis M8', quantity: String(quantity), net_minor: invoicedMinor }).execute()
  }
  return line_id
}

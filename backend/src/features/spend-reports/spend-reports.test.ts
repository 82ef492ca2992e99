import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SpendDimension } from '@comptoir/shared/spend-reports/spend-report.contract'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { Reader } from './chosen-purchases.postgres.ts'
import { readPriceReport } from './prices.postgres.ts'
import { punctualityDocument } from './punctuality-document.ts'
import { readDueLines, readPunctuality } from './punctuality.postgres.ts'
import { priceDocument } from './price-document.ts'
import { spendDocument } from './spend-document.ts'
import { readSpendLines } from './spend-lines.postgres.ts'
import { readSpendReport } from './spend-summary.postgres.ts'

const now = new Date('2026-03-15T12:00:00Z')
const period = { period: 'last_12_months' } as const
let database: TestDatabase
let admin: Reader
let clerk: Reader
const vendors = new Map<string, string>()

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  const portal = { id, currency: 'EUR', timeZone: 'Europe/Paris' } as Reader['portal']
  admin = { portal, viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] } }
  clerk = { portal, viewer: { userId: 7, name: 'Léo', isAdmin: false, departmentIds: [] } }
  for (const [name, category] of [['Alpha', 'IT'], ['Bêta', 'IT'], ['Gamma', null], ['Secret', 'Conseil']] as const) {
    const vendorId = randomUUID()
    vendors.set(name, vendorId)
    await db.insertInto('vendors').values({ portal_id: id, vendor_id: vendorId, name, name_key: name.toLowerCase(), category }).execute()
  }
  await db.deleteFrom('vendor_grants').where('portal_id', '=', id).execute()
  await db.insertInto('vendor_grants').values({ portal_id: id, subject_kind: 'user', subject_id: 7, scope_kind: 'group', vendor_group: 'IT', role: 'viewer', field_groups: ['identity', 'prices', 'scores'] }).execute()
  const purchases = [...vendors.values()].flatMap((vendorId, which) => Array.from({ length: 40 }, (_, at) => ({
    portal_id: id, vendor_id: vendorId, spent_on: `${2025 + (at % 2)}-0${1 + at % 9}-1${at % 10}`, currency: at === 5 ? 'XTS' : 'EUR',
    amount_minor: (at % 7 === 0 ? -1 : 1) * (100 + at * 37 + which * 1_000), amount_base_minor: at === 5 ? null : (at % 7 === 0 ? -1 : 1) * (100 + at * 37 + which * 1_000),
    category: at % 3 === 0 ? 'Énergie' : null, department: at % 4 === 0 ? 'Nord' : null, reference: `R${at}`,
  })))
  await db.insertInto('purchases').values(purchases).execute()
})
afterAll(() => database.close())

const idOf = (name: string): string => vendors.get(name) ?? ''
const sumOf = (groups: readonly { amountMinor: number | null, purchases: number }[]) =>
  ({ amountMinor: groups.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0), purchases: groups.reduce((sum, { purchases }) => sum + purchases, 0) })

describe('the spend of a period', () => {
  it.each(['vendor', 'category', 'department', 'month'] as const)('by %s adds up to the total, and each part to its lines', async (by: SpendDimension) => {
    const report = await readSpendReport(database.db, admin, { ...period, by }, now)
    expect(report).toMatchObject({ from: '2025-04-01', to: '2026-03-31', isWithinRights: false })
    expect(sumOf(report.groups)).toEqual({ amountMinor: report.total.amountMinor, purchases: report.total.purchases })
    for (const group of report.groups) {
      const part = { vendor: { vendorId: group.key }, category: { category: group.key }, department: { department: group.key }, month: { month: group.key } }[by]
      const { lines, total } = await readSpendLines(database.db, admin, { ...period, ...part }, now)
      expect(total).toEqual({ amountMinor: group.amountMinor, purchases: group.purchases, unpriced: group.unpriced })
      expect(lines.length).toBe(Math.min(50, group.purchases))
    }
  })

  it('takes a purchase\'s own category before its vendor\'s, and names what has none', async () => {
    const { groups } = await readSpendReport(database.db, admin, { ...period, by: 'category' }, now)
    expect(groups.map(({ key }) => key).sort()).toEqual(['', 'Conseil', 'IT', 'Énergie'])
  })

  it('pages through every line once', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await readSpendLines(database.db, admin, { ...period, ...cursor !== undefined && { cursor } }, now)
      seen.push(...page.lines.map(({ purchaseId }) => purchaseId))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    const { total } = await readSpendReport(database.db, admin, { ...period, by: 'month' }, now)
    expect(seen).toHaveLength(total.purchases)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('counts for each person only the vendors whose prices they may see, and says so', async () => {
    const report = await readSpendReport(database.db, clerk, { ...period, by: 'vendor' }, now)
    expect(report.groups.map(({ label }) => label).sort()).toEqual(['Alpha', 'Bêta'])
    expect(report.isWithinRights).toBe(true)
    const { total } = await readSpendLines(database.db, clerk, { ...period, vendorId: idOf('Secret') }, now)
    expect(total).toEqual({ amountMinor: null, purchases: 0, unpriced: 0 })
    expect(report.concentration?.vendors).toBe(2)
  })

  it('refuses a cursor that is none of ours', async () => {
    await expect(readSpendLines(database.db, admin, { ...period, cursor: 'x' }, now)).rejects.toMatchObject({ code: 'request.invalid' })
  })

  it('becomes a file that names the period and whose rights it follows', async () => {
    const report = await readSpendReport(database.db, clerk, { ...period, by: 'vendor' }, now)
    const document = spendDocument(report, { language: 'fr', timeZone: 'Europe/Paris', now, viewerName: 'Léo' })
    expect(document.facts).toEqual([{ label: 'Période', value: 'du 1er avril 2025 au 31 mars 2026' }, { label: 'Droits', value: 'fournisseurs visibles pour Léo' }])
    const table = document.blocks.find(block => block.type === 'table')
    expect(table?.type === 'table' && table.rows.map(([label, amount]) => [label, amount])).toEqual(report.groups.map(({ label, amountMinor }) => [label, amountMinor]))
  })
})

describe('prices and punctuality', () => {
  beforeAll(async () => {
    const { db } = database
    const portal_id = admin.portal.id
    const invoice = async (vendor: string, on: string, lines: readonly [item: string | null, quantity: number, net: number][]): Promise<void> => {
      const { invoice_id } = await db.insertInto('vendor_invoices').values({ portal_id, vendor_id: idOf(vendor), number: randomUUID(), issued_on: on, currency: 'EUR', net_minor: 0, total_minor: 0 }).returning('invoice_id').executeTakeFirstOrThrow()
      await db.insertInto('vendor_invoice_lines').values(lines.map(([item_code, quantity, net_minor], at) => ({
        portal_id, invoice_id, vendor_id: idOf(vendor), position: at + 1, item_code, description: `Article ${item_code}`, quantity: String(quantity), net_minor,
      }))).execute()
    }
    await invoice('Alpha', '2025-01-10', [['VIS', 100, 1_000], ['VIS', 100, 2_000]])
    await invoice('Alpha', '2025-06-10', [['VIS', 10, 200], [null, 1, 50]])
    await invoice('Alpha', '2026-02-10', [['VIS', 10, 100]])
    await invoice('Gamma', '2026-02-10', [['VIS', 1, 12], ['CLOU', 4, 40]])
    const order = await db.insertInto('purchase_orders').values({ portal_id, vendor_id: idOf('Alpha'), number: 'C1', ordered_on: '2026-01-01', currency: 'EUR' }).returning('order_id').executeTakeFirstOrThrow()
    const line = (quantity: number, promised_on: string | null) => db.insertInto('purchase_order_lines').values({ portal_id, order_id: order.order_id, vendor_id: idOf('Alpha'), position: 1, item_name: 'Vis', quantity: String(quantity), promised_on }).returning('line_id').executeTakeFirstOrThrow()
    const [whole, , late] = [await line(10, '2026-02-10'), await line(10, '2026-02-11'), await line(10, '2026-02-12'), await line(5, '2026-03-15'), await line(5, null)]
    for (const [lineId, day, quantity] of [[whole.line_id, '2026-02-01', 4], [whole.line_id, '2026-02-10', 6], [late.line_id, '2026-02-13', 10]] as const) {
      const receipt = await db.insertInto('goods_receipts').values({ portal_id, vendor_id: idOf('Alpha'), number: randomUUID(), received_on: day }).returning('receipt_id').executeTakeFirstOrThrow()
      await db.insertInto('goods_receipt_lines').values({ portal_id, receipt_id: receipt.receipt_id, vendor_id: idOf('Alpha'), line_id: lineId, quantity: String(quantity) }).execute()
    }
  })

  it('become a file with every item that the page shows', async () => {
    const report = await readPriceReport(database.db, clerk, period, now)
    const document = priceDocument(report, 'du 1er avril 2025 au 31 mars 2026', { language: 'fr', timeZone: 'Europe/Paris', now, viewerName: 'Léo' })
    const table = document.blocks.find(block => block.type === 'table')
    expect(table?.type === 'table' && table.rows.map(([code, , vendor, , , , , , effect]) => [code, vendor, effect])).toEqual(report.rows.map(({ item, vendor, effectMinor }) => [item, vendor, effectMinor]))
    expect(document.facts.map(({ label }) => label)).toEqual(['Période', 'Droits'])
  })

  it('sets the period against the mean price of the twelve months before', async () => {
    const report = await readPriceReport(database.db, admin, period, now)
    const screw = report.rows.find(({ vendor, item }) => vendor === 'Alpha' && item === 'VIS')
    // 200 screws for 30 EUR before: 0.15 each. In the period 10 at 0.20 and 10 at 0.10.
    expect(screw).toMatchObject({ lines: 2, first: 0.2, last: 0.1, baseline: 0.15, quantity: 20, changePercent: expect.closeTo(-50), effectMinor: 0, isSingleSource: false })
    expect(report.rows.find(({ item }) => item === 'CLOU')).toMatchObject({ baseline: null, effectMinor: null, isSingleSource: true })
    expect(report).toMatchObject({ savedMinor: 0, overspentMinor: 0, leftOut: 1 })
  })

  it('counts as late what never arrived, and not what may still arrive today', async () => {
    expect(await readPunctuality(database.db, admin, period, now)).toEqual({ months: [{ month: '2026-02', due: 3, inFull: 1, neverDelivered: 1 }], notPromised: 1, isWithinRights: false })
  })

  it('lead from a month to the order lines behind it, what is missing first', async () => {
    const lines = await readDueLines(database.db, admin, { ...period, month: '2026-02' }, now)
    expect(lines.map(({ promisedOn, quantity, receivedInTime, received, lastReceivedOn }) => [promisedOn, quantity, receivedInTime, received, lastReceivedOn])).toEqual([
      ['2026-02-11', 10, 0, 0, null], ['2026-02-12', 10, 0, 10, '2026-02-13'], ['2026-02-10', 10, 10, 10, '2026-02-10'],
    ])
    expect(await readDueLines(database.db, admin, { ...period, month: '2026-03' }, now)).toEqual([])
  })

  it('say how punctual deliveries were in a file, month by month and in all', async () => {
    const report = await readPunctuality(database.db, admin, period, now)
    const { blocks } = punctualityDocument(report, 'toutes', { language: 'fr', timeZone: 'Europe/Paris', now, viewerName: 'Ada' })
    expect(blocks.map(({ type }) => type)).toEqual(['figures', 'chart', 'table'])
    expect(blocks[2]).toMatchObject({ rows: [['2026-02', 3, 1, 1, 1, expect.closeTo(33.3, 1)]], totals: ['Total', 3, 1, 1, 1, expect.closeTo(33.3, 1)] })
    expect(punctualityDocument({ months: [], notPromised: 0, isWithinRights: true }, 'toutes', { language: 'en', timeZone: 'UTC', now, viewerName: 'Ada' }).blocks[1]).toEqual({ type: 'text', text: 'No delivery was due in this period.' })
  })
})

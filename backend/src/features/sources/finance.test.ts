import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fecColumns } from '@comptoir/shared/accounting/fec'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { financeDocument } from './finance-document.ts'
import { readFinance, readLedgerLines, type FinanceReader } from './finance.postgres.ts'
import { openFec } from './ledger-reading.ts'
import { noteRun } from './source-runs.postgres.ts'
import { takeLedger } from './take-ledger.postgres.ts'

const now = new Date('2026-04-15T10:00:00Z')
let database: TestDatabase
let admin: FinanceReader
let sourceId: string
let moment = now.getTime()

type Line = readonly [journal: string, number: number, day: string, account: string, debit: number, credit: number]
const fec = (lines: readonly Line[]): Buffer => Buffer.from([fecColumns.join('\t'), ...lines.map(([journal, number, day, account, debit, credit]) =>
  [journal, journal, number, day, account, `Compte ${account}`, '', '', `P${number}`, day, 'Libellé', `${debit},00`, `${credit},00`, '', '', day, '', ''].join('\t'))].join('\r\n'))
const sale = (number: number, day: string, net: number): Line[] => [['VE', number, day, '411000', net * 1.2, 0], ['VE', number, day, '707000', 0, net], ['VE', number, day, '445710', 0, net * 0.2]]
const purchase = (number: number, day: string, net: number): Line[] => [['AC', number, day, '607000', net, 0], ['AC', number, day, '401000', 0, net]]
const paid = (number: number, day: string, amount: number): Line[] => [['BQ', number, day, '512000', amount, 0], ['BQ', number, day, '411000', 0, amount]]

const opening: Line[] = [['AN', 1, '20260101', '411000', 600, 0], ['AN', 1, '20260101', '401000', 0, 100], ['AN', 1, '20260101', '101000', 0, 500]]
const firstMonths = [...opening, ...sale(2, '20260110', 1_000), ...purchase(3, '20260120', 400), ...paid(4, '20260131', 600), ...sale(5, '20260210', 500)]
const quarter = [...firstMonths, ...sale(6, '20260301', 1_500), ...purchase(7, '20260305', 600), ...paid(8, '20260331', 1_200)]

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  admin = { portal: { id, currency: 'EUR', timeZone: 'Europe/Paris', settings: {} } as FinanceReader['portal'], viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] } }
  sourceId = (await db.insertInto('data_sources').values({ portal_id: id, dataset: 'ledger', kind: 'file', name: 'FEC', settings: 'null', created_by: 1, address: null, headers_sealed: null, key_hash: null, key_hint: null }).returning('source_id').executeTakeFirstOrThrow()).source_id
  const { vendor_id } = await db.insertInto('vendors').values({ portal_id: id, name: 'Roux', name_key: 'roux' }).returning('vendor_id').executeTakeFirstOrThrow()
  const owed = (reference: string, issued_on: string, due_on: string, amount_minor: number, change: object = {}) => ({ portal_id: id, vendor_id, reference, issued_on, due_on, amount_minor, amount_base_minor: amount_minor, currency: 'EUR', ...change })
  await db.insertInto('payables').values([
    owed('A', '2025-12-01', '2026-01-01', 9_000), owed('B', '2026-02-01', '2026-03-01', 6_000, { status: 'paid', paid_on: '2026-03-02', paid_by: 'person' }),
    owed('C', '2026-03-01', '2026-05-01', 3_000), owed('D', '2026-03-01', '2026-05-01', 500, { amount_base_minor: null, currency: 'XTS' }), owed('E', '2026-03-01', '2026-03-05', 9_999, { status: 'cancelled' }),
  ]).execute()
})
afterAll(() => database.close())

async function load(lines: readonly Line[]) {
  const runId = await noteRun(database.db, admin.portal.id, { sourceId, reason: 'person', dueAt: new Date(moment++) })
  const bytes = fec(lines)
  return takeLedger(database.db, { source: { source_id: sourceId }, place: { portalId: admin.portal.id, runId: runId ?? '' }, file: { name: '732829320FEC20261231.txt', bytes }, currency: 'EUR', reading: await openFec(bytes, 'EUR') }, now)
}
const read = (from = '2026-01-01', to = '2026-03-31') => readFinance(database.db, admin, { period: 'custom', from, to }, now)

describe('books from a file of accounting entries', () => {
  it('are loaded once, and a file that covers more takes the place of an earlier one', async () => {
    expect(await load(firstMonths)).toMatchObject({ read: 13, added: 13, changed: 0 })
    expect(await load(firstMonths)).toMatchObject({ added: 0, same: 13 })
    expect(await load(quarter)).toMatchObject({ added: 7, changed: 13 })
    await expect(load(sale(9, '20260215', 5))).rejects.toMatchObject({ code: 'source.period_overlaps' })
    expect((await read()).books?.files).toHaveLength(1)
  })

  it('give delays and margin by month, from balances that are carried on', async () => {
    const { books } = await read()
    expect(books?.months.map(({ month, revenueMinor, marginMinor, receivablesMinor, payablesMinor }) => [month, revenueMinor, marginMinor, receivablesMinor, payablesMinor])).toEqual([
      ['2026-01-01', 100_000, 60_000, 120_000, 50_000], ['2026-02-01', 50_000, 50_000, 180_000, 50_000], ['2026-03-01', 150_000, 90_000, 240_000, 110_000],
    ])
    // Receivables 600 before, 2 400 after: 1 500 on average, of 3 600 invoiced in 90 days.
    expect(books).toMatchObject({ days: 90, dso: 37.5, revenueMinor: 300_000, marginMinor: 200_000, missingMonths: [], hasUnknownOpening: false })
    expect(books?.dpo).toBeCloseTo((100 + 1_100) / 2 / 1_000 * 90)
    // 2 400 owed: 1 800 of March whole, then 600 of 600 of February.
    expect(books?.dsoCountBack).toBe(31 + 28)
  })

  it('of a later start begin with the balance of before', async () => {
    expect((await read('2026-02-01', '2026-03-31')).books).toMatchObject({ days: 59, dso: (1_200 + 2_400) / 2 / 2_400 * 59, missingMonths: [] })
  })

  it('say which months no file covers', async () => {
    expect((await read('2025-12-01', '2026-04-30')).books?.missingMonths).toEqual(['2025-12-01'])
    expect((await read('2025-01-01', '2025-02-28')).books).toMatchObject({ months: [], dso: null, marginRate: null, missingMonths: ['2025-01-01', '2025-02-01'] })
  })

  it('lead from a month to its entries, which add up to it', async () => {
    const { lines, total, balanceMinor } = await readLedgerLines(database.db, admin.portal.id, { sourceId, month: '2026-03-01', group: 'revenue' })
    expect([lines.length, total, balanceMinor]).toEqual([1, 1, -150_000])
  })

  it('are written into a document', async () => {
    expect(JSON.stringify(financeDocument(await read(), { language: 'fr', timeZone: 'Europe/Paris', now }))).toContain('732829320FEC20261231.txt')
  })
})

it('our own debts are counted as they stand, without those that have no rate', async () => {
  const { own } = await read()
  expect(own).toMatchObject({ openMinor: 12_000, overdueMinor: 9_000, overdueShare: 0.75, invoicedMinor: 9_000, withoutRate: 1 })
  // 9 000 before, 12 000 at the end of March, 9 000 invoiced, 90 days.
  expect(own.dpo).toBeCloseTo(10_500 / 9_000 * 90)
})

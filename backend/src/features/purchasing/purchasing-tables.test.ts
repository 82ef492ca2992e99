import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currencyExponent } from '@comptoir/shared/money'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'

let test: TestDatabase
let portalId: number
let vendorId: string

beforeAll(async () => {
  test = await freshDatabase()
  portalId = (await test.db.insertInto('portals').values({ member_id: 'home', domain: 'home.test', client_endpoint: '', server_endpoint: '' })
    .returning('portal_id').executeTakeFirstOrThrow()).portal_id
  vendorId = (await test.db.insertInto('vendors').values({ portal_id: portalId, name: 'Papeterie Morel', name_key: 'papeterie morel' })
    .returning('vendor_id').executeTakeFirstOrThrow()).vendor_id
})
afterAll(() => test.close())

const purchases = () => test.db.selectFrom('purchases').selectAll().where('portal_id', '=', portalId).orderBy('label').execute()
const spend = async () => (await test.db.selectFrom('vendor_spend_months').selectAll().where('portal_id', '=', portalId).execute())
  .map(row => [row.month, row.amount_base_minor, row.purchase_count, row.unpriced_count])

async function addInvoice(values: { kind?: 'invoice' | 'credit_note', currency?: string, status?: 'draft' | 'registered', issuedOn?: string } = {}, lines: readonly number[] = [10_000, 2_500]) {
  const net = lines.reduce((sum, line) => sum + line, 0)
  const { invoice_id } = await test.db.insertInto('vendor_invoices').values({
    portal_id: portalId, vendor_id: vendorId, number: 'F-1', issued_on: values.issuedOn ?? '2026-03-10', currency: values.currency ?? 'EUR',
    kind: values.kind ?? 'invoice', status: values.status ?? 'registered', net_minor: net, total_minor: net,
  }).returning('invoice_id').executeTakeFirstOrThrow()
  await test.db.insertInto('vendor_invoice_lines').values(lines.map((line, index) => ({
    portal_id: portalId, invoice_id, vendor_id: vendorId, position: index + 1, description: `Ligne ${index + 1}`, net_minor: line,
  }))).execute()
  return invoice_id
}

const removeInvoice = (id: string) => test.db.deleteFrom('vendor_invoices').where('portal_id', '=', portalId).where('invoice_id', '=', id).execute()

describe('spend of registered invoices', () => {
  it('has one purchase per line, and follows status, amounts and deletion', async () => {
    const id = await addInvoice()
    expect((await purchases()).map(row => [row.label, row.amount_minor, row.amount_base_minor, row.reference, row.spent_on])).toEqual([
      ['Ligne 1', 10_000, 10_000, 'F-1', '2026-03-10'], ['Ligne 2', 2_500, 2_500, 'F-1', '2026-03-10'],
    ])
    expect(await spend()).toEqual([['2026-03-01', 12_500, 2, 0]])
    await test.db.updateTable('vendor_invoice_lines').set({ net_minor: 3_000 }).where('invoice_id', '=', id).where('position', '=', 2).execute()
    expect(await spend()).toEqual([['2026-03-01', 13_000, 2, 0]])
    await test.db.updateTable('vendor_invoices').set({ status: 'rejected' }).where('invoice_id', '=', id).execute()
    expect(await spend()).toEqual([])
    await test.db.updateTable('vendor_invoices').set({ status: 'disputed', issued_on: '2026-04-02' }).where('invoice_id', '=', id).execute()
    expect(await spend()).toEqual([['2026-04-01', 13_000, 2, 0]])
    await test.db.deleteFrom('vendor_invoice_lines').where('invoice_id', '=', id).where('position', '=', 1).execute()
    expect(await spend()).toEqual([['2026-04-01', 3_000, 1, 0]])
    await removeInvoice(id)
    expect(await purchases()).toEqual([])
  })

  it('counts a credit note as less, and a draft not at all', async () => {
    const [invoice, credit, draft] = [await addInvoice(), await addInvoice({ kind: 'credit_note' }, [4_000]), await addInvoice({ status: 'draft' })]
    expect(await spend()).toEqual([['2026-03-01', 8_500, 3, 0]])
    for (const id of [invoice, credit, draft])
      await removeInvoice(id)
  })

  it('takes the rate of the invoice, else of its day, and has no base amount without either', async () => {
    await test.db.insertInto('exchange_rates').values([
      { portal_id: portalId, currency: 'JPY', valid_from: '2026-01-01', rate: '0.006' }, { portal_id: portalId, currency: 'JPY', valid_from: '2026-04-01', rate: '0.007' },
    ]).execute()
    const [yen, unknown] = [await addInvoice({ currency: 'JPY' }, [1_000]), await addInvoice({ currency: 'XTS' }, [500])]
    expect((await purchases()).map(row => [row.currency, row.amount_base_minor]).sort()).toEqual([['JPY', 600], ['XTS', null]])
    await test.db.updateTable('vendor_invoices').set({ base_rate: '0.0065' }).where('invoice_id', '=', yen).execute()
    expect((await purchases()).find(row => row.currency === 'JPY')?.amount_base_minor).toBe(650)
    await removeInvoice(yen)
    await removeInvoice(unknown)
  })
})

describe('promises of an order line', () => {
  it('keeps the first one for good and the later ones beside it', async () => {
    const { order_id } = await test.db.insertInto('purchase_orders').values({ portal_id: portalId, vendor_id: vendorId, number: 'C-1', ordered_on: '2026-03-01', currency: 'EUR' })
      .returning('order_id').executeTakeFirstOrThrow()
    const { line_id } = await test.db.insertInto('purchase_order_lines').values({ portal_id: portalId, order_id, vendor_id: vendorId, position: 1, item_name: 'Vis', quantity: '100' })
      .returning('line_id').executeTakeFirstOrThrow()
    const line = () => test.db.selectFrom('purchase_order_lines').selectAll().where('line_id', '=', line_id).executeTakeFirstOrThrow()
    for (const promised_on of ['2026-03-20', '2026-03-27'])
      await test.db.insertInto('order_line_promises').values({ portal_id: portalId, line_id, promised_on }).execute()
    expect((await line()).promised_on).toBe('2026-03-20')
    await expect(test.db.updateTable('purchase_order_lines').set({ promised_on: '2026-03-28' }).where('line_id', '=', line_id).execute()).rejects.toThrow('first promise')
    await expect(test.db.updateTable('purchase_order_lines').set({ promised_on: null }).where('line_id', '=', line_id).execute()).rejects.toThrow('first promise')
  })
})

describe('exchange rates', () => {
  it('begin a new day only when the CRM has another rate', async () => {
    const history = () => test.db.selectFrom('exchange_rates').select(['currency', 'rate']).where('portal_id', '=', portalId).where('currency', 'in', ['USD', 'EUR', 'GBP']).orderBy('valid_from').execute()
    const replace = async (rate: string | null) => {
      await test.db.deleteFrom('crm_currencies').where('portal_id', '=', portalId).execute()
      await test.db.insertInto('crm_currencies').values([{ portal_id: portalId, currency: 'EUR', rate: '1', is_base: true }, { portal_id: portalId, currency: 'USD', rate }, { portal_id: portalId, currency: 'GBP', rate: null }]).execute()
    }
    await replace('0.9')
    await sql`update exchange_rates set valid_from = '2026-01-01' where portal_id = ${portalId} and currency = 'USD'`.execute(test.db)
    await replace('0.90')
    expect(await history()).toEqual([{ currency: 'USD', rate: '0.9' }])
    await replace('0.93')
    await replace(null)
    expect(await history()).toEqual([{ currency: 'USD', rate: '0.9' }, { currency: 'USD', rate: '0.93' }])
  })

  it('know the decimal places of every currency', async () => {
    const currencies = Intl.supportedValuesOf('currency')
    const { rows } = await sql<{ currency: string, exponent: number }>`select c as currency, currency_exponent(c) as exponent from unnest(${currencies}::text[]) as c`.execute(test.db)
    expect(rows.filter(row => row.exponent !== currencyExponent(row.currency))).toEqual([])
  })
})

it('leaves nothing behind when the vendor or the portal goes', async () => {
  await addInvoice()
  await test.db.deleteFrom('vendors').where('portal_id', '=', portalId).execute()
  expect(await purchases()).toEqual([])
  await test.db.deleteFrom('portals').where('portal_id', '=', portalId).execute()
  expect(await test.db.selectFrom('exchange_rates').select('currency').execute()).toEqual([])
})

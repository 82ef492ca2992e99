import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Order } from '@comptoir/shared/purchasing/purchasing.contract'
import { invoice, invoiceLine, order, orderLine, purchasingUnderTest, type PurchasingUnderTest } from './testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(async () => {
  expect(test.undeclared).toEqual([])
  await test.close()
})

async function addOrder(vendorId: string, values: Parameters<typeof order>[0] = {}): Promise<Order> {
  const { status, body } = await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order(values))
  expect(status).toBe(200)
  return body
}

const receipt = (orderLineId: string | null, quantity: number, rejectedQuantity = 0) => ({
  number: 'BL-1', receivedOn: '2026-03-12', note: null,
  lines: [{ orderLineId, itemCode: null, itemName: 'Vis M8', quantity, rejectedQuantity, rejectReason: rejectedQuantity ? 'Rouille' : null }],
})

describe('orders', () => {
  it('are entered with lines and amounts, changed by version, and late once the first promise has passed', async () => {
    const vendorId = await test.addVendor()
    const entered = await addOrder(vendorId, { lines: [orderLine(), orderLine({ itemName: 'Écrou', unitPrice: 0.0042, quantity: 1000, promisedOn: null })] })
    expect(entered).toMatchObject({ amount: { minor: 100_420, currency: 'EUR' }, unpricedLineCount: 0, lines: [{ daysLate: 5, promisedOn: '2026-03-10' }, { daysLate: null }] })
    const changed = await test.ask('PUT', `/api/purchase-orders/${entered.orderId}`, { ...entered, version: 1, number: 'C-1 bis', lines: [{ ...entered.lines[0], promisedOn: '2026-03-20' }, entered.lines[1]] })
    expect(changed.body).toMatchObject({ version: 2, number: 'C-1 bis', lines: [{ promisedOn: '2026-03-10', daysLate: 5 }, {}] })
    expect(changed.body.lines[0].promises.map((promise: { promisedOn: string }) => promise.promisedOn)).toEqual(['2026-03-10', '2026-03-20'])
    expect(await test.ask('PUT', `/api/purchase-orders/${entered.orderId}`, { ...entered, version: 1 })).toMatchObject({ status: 409, body: { code: 'purchasing.changed_meanwhile' } })
    const promised = await test.ask('POST', `/api/purchase-orders/${entered.orderId}/promises`, { version: 2, promisedOn: '2026-03-25', lineIds: entered.lines.map(line => line.lineId) })
    expect(promised.body.lines.map((line: { promisedOn: string }) => line.promisedOn)).toEqual(['2026-03-10', '2026-03-25'])
  })

  it('are entered once when the button is pressed twice', async () => {
    const vendorId = await test.addVendor()
    const [first, second] = await Promise.all([addOrder(vendorId), addOrder(vendorId)])
    expect(second.orderId).toBe(first.orderId)
    expect((await addOrder(vendorId)).orderId).toBe(first.orderId)
    expect((await addOrder(vendorId, { number: 'C-2' })).orderId).not.toBe(first.orderId)
    expect(await test.db.selectFrom('purchase_orders').select('number').where('vendor_id', '=', vendorId).orderBy('number').execute()).toEqual([{ number: 'C-1' }, { number: 'C-2' }])
  })

  it('freeze the first promise when they are confirmed, not while they are a draft', async () => {
    const vendorId = await test.addVendor()
    const { body: draft } = await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order({ status: 'draft' }))
    const put = async (body: object) => (await test.ask('PUT', `/api/purchase-orders/${draft.orderId}`, body)).body
    const redrafted = await put({ ...draft, lines: [{ ...draft.lines[0], promisedOn: '2026-04-01' }] })
    expect(redrafted.lines[0]).toMatchObject({ promisedOn: '2026-04-01', promises: [{ promisedOn: '2026-04-01' }] })
    const confirmed = await put({ ...redrafted, status: 'confirmed', lines: [{ ...redrafted.lines[0], promisedOn: '2026-04-08' }] })
    expect(confirmed.lines[0]).toMatchObject({ promisedOn: '2026-04-08', promises: [{ promisedOn: '2026-04-08' }] })
    const moved = await put({ ...confirmed, lines: [{ ...confirmed.lines[0], promisedOn: '2026-05-01' }] })
    expect(moved.lines[0].promisedOn).toBe('2026-04-08')
    const again = await put({ ...moved, status: 'draft', lines: [{ ...moved.lines[0], promisedOn: '2026-06-01' }] })
    expect((await put({ ...again, lines: [{ ...again.lines[0], promisedOn: '2026-07-01' }] })).lines[0].promisedOn).toBe('2026-04-08')
  })

  it('are not placed with a vendor that was stopped; drafts and what was ordered before may be noted down', async () => {
    const vendorId = await test.addVendor({ status: 'suspended' })
    const place = (values: Parameters<typeof order>[0]) => test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order(values))
    expect(await place({ status: 'confirmed', orderedOn: '2026-03-15' })).toMatchObject({ status: 409, body: { code: 'vendor.orders_blocked' } })
    expect((await place({ status: 'confirmed', orderedOn: '2026-03-01' })).status).toBe(200)
    const { body: draft } = await place({ status: 'draft', orderedOn: '2026-03-15' })
    expect(await test.ask('PUT', `/api/purchase-orders/${draft.orderId}`, { ...draft, status: 'confirmed' })).toMatchObject({ status: 409, body: { code: 'vendor.orders_blocked' } })
  })

  it('keep lines that something refers to', async () => {
    const vendorId = await test.addVendor()
    const entered = await addOrder(vendorId)
    expect((await test.ask('POST', `/api/vendors/${vendorId}/goods-receipts`, receipt(entered.lines[0]!.lineId, 40, 5))).status).toBe(200)
    const read = await test.ask('GET', `/api/purchase-orders/${entered.orderId}`)
    expect(read.body.lines[0]).toMatchObject({ receivedQuantity: 40, rejectedQuantity: 5, lastReceivedOn: '2026-03-12', daysLate: 5 })
    expect(await test.ask('DELETE', `/api/purchase-orders/${entered.orderId}?version=1`)).toMatchObject({ status: 409, body: { code: 'purchasing.line_in_use' } })
    expect(await test.ask('PUT', `/api/purchase-orders/${entered.orderId}`, { ...entered, lines: [orderLine({ itemName: 'Autre' })] })).toMatchObject({ status: 409, body: { code: 'purchasing.line_in_use' } })
    const spare = await addOrder(vendorId)
    expect(await test.ask('DELETE', `/api/purchase-orders/${spare.orderId}?version=1`)).toMatchObject({ status: 200 })
  })
})

describe('invoices', () => {
  it('are shown beside order and receipt, and differences can be accepted with a reason', async () => {
    const vendorId = await test.addVendor({ iban: 'FR7630006000011234567890189' })
    const { lines: [line] } = await addOrder(vendorId)
    await test.ask('POST', `/api/vendors/${vendorId}/goods-receipts`, receipt(line!.lineId, 60))
    const entered = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ iban: 'FR76 3000 6000 0112 3456 7890 189', lines: [invoiceLine({ orderLineId: line!.lineId })] }))
    expect(entered.body).toMatchObject({ netMinor: 100_000, totalMinor: 120_000, ibanCheck: 'same', iban: 'FR76 •••• •••• 0189', match: { status: 'blocked', lines: [{ findings: [{ code: 'not_received', expected: 60, actual: 100 }] }] } })
    const { body: overview } = await test.ask('GET', '/api/purchasing')
    expect(overview.invoicesToCheck).toMatchObject([{ number: 'F-1', matchStatus: 'blocked', findings: ['not_received'], differenceMinor: 40_000 }])
    const accepted = await test.ask('POST', `/api/vendor-invoices/${entered.body.invoiceId}/accept`, { version: 1, isAccepted: true, note: 'Reliquat en route' })
    expect(accepted.body).toMatchObject({ isMatchAccepted: true, matchNote: 'Reliquat en route', version: 2 })
    expect((await test.ask('GET', '/api/purchasing')).body.invoicesToCheck).toEqual([])
    expect(test.told.map(({ isDeleted }) => isDeleted)).toEqual([false, false])
  })

  it('are matched with what the invoices before them have left', async () => {
    const vendorId = await test.addVendor()
    const { lines: [line] } = await addOrder(vendorId)
    await test.ask('POST', `/api/vendors/${vendorId}/goods-receipts`, receipt(line!.lineId, 100))
    const first = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ lines: [invoiceLine({ orderLineId: line!.lineId })] }))
    const second = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ number: 'F-2', issuedOn: '2026-03-13', lines: [invoiceLine({ orderLineId: line!.lineId, quantity: 10, netMinor: 10_000 })] }))
    expect([first.body.match.status, second.body.match]).toMatchObject(['matched', { status: 'blocked', lines: [{ findings: [{ code: 'over_invoiced', expected: 100, actual: 110 }] }] }])
    const credit = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ kind: 'credit_note', number: 'A-1', creditedInvoiceId: first.body.invoiceId, lines: [invoiceLine({ orderLineId: line!.lineId, quantity: 10, netMinor: 10_000 })], taxMinor: 2_000 }))
    expect(credit.body.match).toBeNull()
    expect((await test.ask('GET', `/api/vendor-invoices/${second.body.invoiceId}`)).body.match.status).toBe('matched')
  })

  it('take a tolerance of the vendor\'s own before the portal\'s', async () => {
    const vendorId = await test.addVendor()
    const { lines: [line] } = await addOrder(vendorId)
    await test.ask('POST', `/api/vendors/${vendorId}/goods-receipts`, receipt(line!.lineId, 100))
    const { body } = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ lines: [invoiceLine({ orderLineId: line!.lineId, netMinor: 103_000 })] }))
    const matched = async () => (await test.ask('GET', `/api/vendor-invoices/${body.invoiceId}`)).body.match.status
    expect(await matched()).toBe('blocked')
    expect((await test.ask('PUT', `/api/vendors/${vendorId}/match-tolerance`, { isOwn: true, pricePercent: 5, quantityPercent: 0, amountMinor: 0 })).body.isOwn).toBe(true)
    expect(await matched()).toBe('within_tolerance')
    await test.ask('PUT', `/api/vendors/${vendorId}/match-tolerance`, { isOwn: false, pricePercent: 5, quantityPercent: 0, amountMinor: 0 })
    expect(await matched()).toBe('blocked')
    expect((await test.ask('PUT', '/api/match-tolerance', { pricePercent: 4, quantityPercent: 0, amountMinor: 0 })).status).toBe(403)
    await test.ask('PUT', '/api/match-tolerance', { pricePercent: 4, quantityPercent: 0, amountMinor: 0 }, { isAdmin: true })
    expect(await matched()).toBe('within_tolerance')
  })

  it('warn of duplicates, of spend that is counted, and of another account', async () => {
    const vendorId = await test.addVendor({ iban: 'FR7630006000011234567890189' })
    await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice())
    await test.ask('POST', `/api/vendors/${vendorId}/purchases`, { spentOn: '2026-03-01', amountMinor: 12_000, currency: 'USD', reference: 'f 1', label: 'Vis', category: null, department: null, dealId: null })
    const { body } = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices/check`, { invoiceId: null, kind: 'invoice', number: 'F1', issuedOn: '2026-03-12', currency: 'EUR', totalMinor: 120_000, iban: 'DE89370400440532013000' })
    expect(body).toMatchObject({ duplicates: [{ number: 'F-1', reason: 'same_number' }], countedPurchases: [{ amount: { minor: 12_000, currency: 'USD' } }], ibanCheck: 'different' })
  })

  it('keep the identity of their lines, and with it that of the spend', async () => {
    const vendorId = await test.addVendor()
    const { body } = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice())
    const before = await test.db.selectFrom('purchases').select(['purchase_id', 'amount_minor']).where('vendor_id', '=', vendorId).execute()
    await test.ask('PUT', `/api/vendor-invoices/${body.invoiceId}`, { ...body, lines: [{ ...body.lines[0], netMinor: 90_000 }, invoiceLine({ description: 'Port', netMinor: 1_000 })] })
    const after = await test.db.selectFrom('purchases').select(['purchase_id', 'amount_minor']).where('vendor_id', '=', vendorId).orderBy('amount_minor', 'desc').execute()
    expect(after).toMatchObject([{ purchase_id: before[0]!.purchase_id, amount_minor: 90_000 }, { amount_minor: 1_000 }])
    expect(await test.ask('POST', `/api/vendor-invoices/${body.invoiceId}/status`, { version: 2, status: 'rejected', note: 'Prix faux' })).toMatchObject({ body: { status: 'rejected', note: 'Prix faux' } })
    expect(await test.db.selectFrom('purchases').select('purchase_id').where('vendor_id', '=', vendorId).execute()).toEqual([])
    expect((await test.ask('DELETE', `/api/vendor-invoices/${body.invoiceId}?version=3`)).status).toBe(200)
  })

  it('say how each line is taxed, with a rate and a tax that go with it', async () => {
    const vendorId = await test.addVendor()
    const enter = (line: object, values: object = {}) => test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ taxMinor: 0, lines: [invoiceLine(line)], ...values }))
    const { body: entered } = await enter({ taxCategory: 'K', taxRate: 5.5 })
    expect(entered).toMatchObject({ totalMinor: 100_000, lines: [{ taxCategory: 'K', taxRate: 5.5 }] })
    const refused = { status: 400, body: { code: 'purchasing.tax_mismatch' } }
    expect(await enter({ taxCategory: 'E', taxRate: 20 })).toMatchObject(refused)
    expect(await enter({ taxCategory: 'AE', taxRate: 0 }, { taxMinor: 20_000 })).toMatchObject(refused)
    const change = (line: object) => test.ask('PUT', `/api/vendor-invoices/${entered.invoiceId}`, { ...entered, lines: [{ ...entered.lines[0], ...line }] })
    expect(await change({ taxCategory: 'S', taxRate: 0 })).toMatchObject(refused)
    expect((await change({ taxCategory: 'AE', taxRate: 0 })).body).toMatchObject({ version: 2, lines: [{ taxCategory: 'AE', taxRate: 0 }] })
  })

  it('refer to orders of their own vendor alone', async () => {
    const [one, other] = [await test.addVendor(), await test.addVendor()]
    const { lines: [line], orderId } = await addOrder(other)
    for (const values of [{ orderId }, { lines: [invoiceLine({ orderLineId: line!.lineId })] }])
      expect(await test.ask('POST', `/api/vendors/${one}/vendor-invoices`, invoice(values))).toMatchObject({ status: 400, body: { code: 'purchasing.other_vendor' } })
  })
})

it('a purchase by hand is spend at the day\'s rate and can be deleted again; others cannot', async () => {
  const vendorId = await test.addVendor()
  const { body } = await test.ask('POST', `/api/vendors/${vendorId}/purchases`, { spentOn: '2026-03-01', amountMinor: 10_000, currency: 'usd', reference: null, label: 'Salon', category: null, department: null, dealId: null })
  expect(await test.db.selectFrom('purchases').select(['amount_base_minor', 'currency', 'created_by']).where('purchase_id', '=', body.purchaseId).execute()).toEqual([{ amount_base_minor: 9_000, currency: 'USD', created_by: 7 }])
  expect((await test.ask('DELETE', `/api/purchases/${body.purchaseId}`)).status).toBe(200)
  await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice())
  const kept = await test.db.selectFrom('purchases').select('purchase_id').where('vendor_id', '=', vendorId).executeTakeFirstOrThrow()
  expect(await test.ask('DELETE', `/api/purchases/${kept.purchase_id}`)).toMatchObject({ status: 409, body: { code: 'purchasing.not_by_hand' } })
})

it('prices and requests come and go, and the section shows everything with its totals', async () => {
  const vendorId = await test.addVendor()
  const price = await test.ask('POST', `/api/vendors/${vendorId}/contract-prices`, { itemCode: 'VIS-8', itemName: 'Vis M8', price: 0.0042, currency: 'EUR', validFrom: '2026-01-01', validTo: null })
  expect((await test.ask('PUT', `/api/contract-prices/${price.body.priceId}`, { ...price.body, price: 0.005 })).body).toMatchObject({ price: 0.005, version: 2 })
  const request = await test.ask('POST', `/api/vendors/${vendorId}/requests`, { subject: 'Délai ?', sentAt: '2026-03-10T09:00:00Z', answeredAt: null, slaHours: 16, note: null })
  expect((await test.ask('PUT', `/api/vendor-requests/${request.body.requestId}`, { ...request.body, answeredAt: '2026-03-10T15:00:00Z' })).body).toMatchObject({ answeredAt: '2026-03-10T15:00:00.000Z' })
  await addOrder(vendorId)
  const { body } = await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)
  expect(body).toMatchObject({
    mayEdit: true, counts: { orders: 1, receipts: 0, invoices: 0, prices: 1, requests: 1 },
    totals: { openOrderCount: 1, openOrderAmount: { minor: 100_000 }, lateLineCount: 1, toCheckCount: 0, invoicedAmount: null },
  })
  expect((await test.ask('DELETE', `/api/vendor-requests/${request.body.requestId}?version=2`)).status).toBe(200)
})

describe('rights', () => {
  it('show amounts to those who may see prices, and let editors write', async () => {
    const vendorId = await test.addVendor()
    const { orderId } = await addOrder(vendorId)
    await test.grant('viewer', ['identity', 'prices'])
    expect((await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)).body.mayEdit).toBe(false)
    expect((await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order({ number: 'C-2' }))).body.code).toBe('vendor.forbidden')
    expect((await test.ask('DELETE', `/api/purchase-orders/${orderId}?version=1`)).body.code).toBe('vendor.forbidden')
    await test.grant('editor', ['identity'])
    expect((await test.ask('GET', `/api/purchase-orders/${orderId}`)).body.code).toBe('vendor.forbidden')
    expect((await test.ask('GET', '/api/purchasing')).body).toMatchObject({ openOrders: [], lateLines: [], invoicesToCheck: [], totals: { openOrderCount: 0 } })
  })
})

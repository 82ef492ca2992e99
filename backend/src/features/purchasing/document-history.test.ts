import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { order, orderLine, purchasingUnderTest, type PurchasingUnderTest } from './testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(() => test.close())

const history = (vendorId: string) => test.db.selectFrom('vendor_changes').select(['field', 'old_value', 'new_value', 'by_user_id', 'origin']).where('vendor_id', '=', vendorId).orderBy('vendor_change_id').execute()

describe('the history of purchases', () => {
  it('holds each save of an order with what it changed, line by line, and its end', async () => {
    const vendorId = await test.addVendor()
    const { body: saved } = await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order({ number: 'CF-7', lines: [orderLine({ quantity: 3, unitPrice: 2.5 })] }))
    const { body: moved } = await test.ask('PUT', `/api/purchase-orders/${saved.orderId}`, { ...saved, note: 'urgent', lines: saved.lines.map((line: object) => ({ ...line, quantity: 4 })) })
    expect((await test.ask('PUT', `/api/purchase-orders/${saved.orderId}`, { ...moved })).status).toBe(200)
    await test.ask('DELETE', `/api/purchase-orders/${saved.orderId}?version=${moved.version + 1}`)
    expect(await history(vendorId)).toMatchObject([
      { field: 'order', old_value: null, new_value: { number: 'CF-7', lines: ['Vis M8 · 3 × 2.5 · 2026-03-10'] }, by_user_id: 7, origin: 'person' },
      { old_value: { number: 'CF-7', currency: 'EUR', note: null, lines: ['Vis M8 · 3 × 2.5 · 2026-03-10'] }, new_value: { note: 'urgent', lines: ['Vis M8 · 4 × 2.5 · 2026-03-10'] } },
      { old_value: { number: 'CF-7', note: 'urgent' }, new_value: null },
    ])
  })

  it('holds agreed prices, requests, purchases by hand and the vendor\'s tolerance', async () => {
    const vendorId = await test.addVendor()
    const price = { itemCode: 'VIS-8', itemName: null, price: 2, currency: 'EUR', validFrom: '2026-01-01', validTo: null }
    const { body } = await test.ask('POST', `/api/vendors/${vendorId}/contract-prices`, price)
    await test.ask('PUT', `/api/contract-prices/${body.priceId}`, { ...price, price: 2.1, version: 1 })
    await test.ask('POST', `/api/vendors/${vendorId}/requests`, { subject: 'Délai', sentAt: '2026-03-01T08:00:00.000Z', answeredAt: null, slaHours: null, note: null })
    const { body: spend } = await test.ask('POST', `/api/vendors/${vendorId}/purchases`, { spentOn: '2026-03-01', amountMinor: 500, currency: 'eur', reference: 'T-1', label: null, category: null, department: null, dealId: null })
    await test.ask('DELETE', `/api/purchases/${spend.purchaseId}`)
    await test.ask('PUT', `/api/vendors/${vendorId}/match-tolerance`, { isOwn: true, pricePercent: 3, quantityPercent: 0, amountMinor: 100 })
    await test.ask('PUT', `/api/vendors/${vendorId}/match-tolerance`, { isOwn: false, pricePercent: 3, quantityPercent: 0, amountMinor: 100 })
    expect(await history(vendorId)).toMatchObject([
      { field: 'contractPrice', old_value: null },
      { field: 'contractPrice', old_value: { itemCode: 'VIS-8', currency: 'EUR', price: 2 }, new_value: { price: 2.1 } },
      { field: 'request', new_value: { subject: 'Délai' } },
      { field: 'spend', new_value: { reference: 'T-1', amountMinor: 500, currency: 'EUR' } },
      { field: 'spend', old_value: { reference: 'T-1' }, new_value: null },
      { field: 'tolerance', old_value: null, new_value: { pricePercent: 3, amountMinor: 100 } },
      { field: 'tolerance', old_value: { pricePercent: 3 }, new_value: null },
    ])
  })
})

describe('tolerances and rounds', () => {
  it('list the portal\'s measure beside those of vendors, and let a round be renamed and deleted', async () => {
    const vendorId = await test.addVendor({ name: 'Aciers Roux' })
    expect((await test.ask('GET', '/api/match-tolerances')).body).toMatchObject({ isUsual: true, portal: { pricePercent: 2 } })
    await test.ask('PUT', '/api/match-tolerance', { pricePercent: 1, quantityPercent: 1, amountMinor: 100 }, { isAdmin: true })
    await test.ask('PUT', `/api/vendors/${vendorId}/match-tolerance`, { isOwn: true, pricePercent: 4, quantityPercent: 0, amountMinor: 100 })
    expect((await test.ask('GET', '/api/match-tolerances')).body).toMatchObject({ isUsual: false, portal: { pricePercent: 1 }, vendors: [{ vendorName: 'Aciers Roux', pricePercent: 4 }] })
    const { body: round } = await test.ask('POST', '/api/quotation-rounds', {
      title: 'Tôle', currency: 'EUR', openedOn: '2026-03-01', closesOn: null, note: null, vendorIds: [vendorId], items: [{ itemCode: null, itemName: 'Tôle 2 mm', unit: null, quantity: 3 }],
    })
    const url = `/api/quotation-rounds/${round.roundId}`
    const { body: renamed } = await test.ask('PATCH' as 'PUT', url, { version: round.version, title: 'Tôle fine', closesOn: '2026-04-01', note: null })
    expect(renamed).toMatchObject({ title: 'Tôle fine', closesOn: '2026-04-01', version: round.version + 1 })
    expect(await test.ask('DELETE', `${url}?version=${round.version}`)).toMatchObject({ status: 409 })
    expect(await test.ask('DELETE', `${url}?version=${renamed.version}`)).toMatchObject({ status: 200 })
    expect((await test.ask('GET', url)).status).toBe(404)
  })
})

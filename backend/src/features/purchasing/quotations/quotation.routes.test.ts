import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purchasingUnderTest, type PurchasingUnderTest } from '../testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(async () => {
  expect(test.undeclared).toEqual([])
  await test.close()
})

const offer = (items: readonly { itemId: string }[], prices: readonly (number | null)[], values: object = {}) => ({
  number: null, receivedOn: '2026-03-10', validUntil: null, currency: 'EUR', leadTimeDays: 10, paymentTermDays: 30, terms: 'Franco', shippingMinor: null, isDeclined: false,
  lines: items.map(({ itemId }, at) => ({ itemId, unitPrice: prices[at] ?? null, leadTimeDays: null })), ...values,
})

describe('a quotation round', () => {
  it('is changed in what it asks and of whom; prices stay with the lines and vendors that stay', async () => {
    const [one, other, third] = [await test.addVendor({ name: 'Un' }), await test.addVendor({ name: 'Deux' }), await test.addVendor({ name: 'Trois' })]
    const { body: round } = await test.ask('POST', '/api/quotation-rounds', {
      title: 'Papier', currency: 'EUR', openedOn: '2026-03-01', closesOn: null, note: null, vendorIds: [one, other],
      items: [{ itemCode: null, itemName: 'Vélin', unit: null, quantity: 10 }, { itemCode: null, itemName: 'Kraft', unit: null, quantity: 5 }],
    })
    const url = `/api/quotation-rounds/${round.roundId}`
    await test.ask('PUT', `${url}/quotations/${one}`, offer(round.items, [7, 3]))
    const change = {
      version: 1, title: 'Papier 2026', closesOn: '2026-04-01', note: 'Franco', vendorIds: [one, third],
      items: [{ itemId: null, itemCode: 'CAL', itemName: 'Calque', unit: 'rame', quantity: 2 }, { ...round.items[0], quantity: 20 }],
    }
    const { body } = await test.ask('PATCH', url, change)
    expect(body).toMatchObject({
      title: 'Papier 2026', closesOn: '2026-04-01', version: 2, items: [{ itemName: 'Calque' }, { itemId: round.items[0].itemId, quantity: 20 }],
      quotations: [{ vendorName: 'Trois', missingCount: 2 }, { vendorName: 'Un', totalMinor: 14_000, missingCount: 1 }],
    })
    expect((await test.ask('PATCH', url, change)).body.code).toBe('purchasing.changed_meanwhile')
    expect((await test.ask('PATCH', url, { ...change, version: 2, vendorIds: [] })).status).toBe(400)
    await test.ask('DELETE', `${url}?version=2`)
  })

  it('puts quotations side by side, in other currencies too, and is awarded by line', async () => {
    const [one, other] = [await test.addVendor({ name: 'Alpha' }), await test.addVendor({ name: 'Beta' })]
    const { body: round } = await test.ask('POST', '/api/quotation-rounds', {
      title: 'Visserie 2026', currency: 'EUR', openedOn: '2026-03-01', closesOn: null, note: null, vendorIds: [one, other],
      items: [{ itemCode: 'VIS', itemName: 'Vis', unit: 'pce', quantity: 100 }, { itemCode: null, itemName: 'Écrou', unit: null, quantity: 50 }],
    })
    expect(round).toMatchObject({ quotations: [{ vendorName: 'Alpha', totalMinor: null, missingCount: 2 }, { vendorName: 'Beta' }], bestWhole: null, split: null })
    const url = `/api/quotation-rounds/${round.roundId}`
    await test.ask('PUT', `${url}/quotations/${one}`, offer(round.items, [10, 2]))
    const { body } = await test.ask('PUT', `${url}/quotations/${other}`, offer(round.items, [10, 3], { currency: 'USD', shippingMinor: 100 }))
    expect(body).toMatchObject({
      quotations: [{ totalMinor: 110_000 }, { totalMinor: 103_590, currency: 'USD' }], bestWhole: other, items: [{ best: [other] }, { best: [one] }],
      split: { vendorOfItem: { [round.items[0].itemId]: other, [round.items[1].itemId]: one }, totalMinor: 100_090 },
    })
    for (const format of ['csv', 'xlsx', 'pdf'])
      expect(await test.ask('GET', `${url}/export?format=${format}&language=fr`)).toMatchObject({ status: 200, body: { fileName: expect.stringMatching(new RegExp(`^visserie-2026-.*\\.${format}$`)) } })
    const csv = Buffer.from((await test.ask('GET', `${url}/export?format=csv&language=fr`)).body.base64, 'base64').toString()
    expect(csv).toContain('VIS;Vis;100;pce;10;10;Beta;')
    expect(csv).toContain('Beta;1035,90;0;USD;1;10;30')
    const awarded = await test.ask('POST', `${url}/award`, { version: 1, status: 'awarded', awards: [{ itemId: round.items[0].itemId, vendorId: other }] })
    expect(awarded.body).toMatchObject({ status: 'awarded', items: [{ awardedVendorId: other }, { awardedVendorId: null }] })
    const atOnce = await Promise.all([1, 2].map(() => test.ask('POST', `${url}/orders`)))
    expect(atOnce.flatMap(({ body: { orders } }) => orders)).toEqual([{ vendorName: 'Beta' }])
    expect((await test.ask('POST', `${url}/orders`)).body).toEqual({ orders: [] })
    expect((await test.ask('GET', `/api/vendors/${other}/purchasing`)).body.orders).toMatchObject([
      { number: 'Visserie 2026', status: 'draft', currency: 'USD', note: 'Franco', lines: [{ itemCode: 'VIS', quantity: 100, unitPrice: 10, promisedOn: null }, { itemName: 'Frais de port', unitPrice: 1 }] },
    ])
    expect((await test.ask('POST', `${url}/award`, { version: 1, status: 'open', awards: [] })).body.code).toBe('purchasing.changed_meanwhile')
    expect((await test.ask('GET', '/api/quotation-rounds')).body).toMatchObject([{ title: 'Visserie 2026', vendorCount: 2, answeredCount: 2 }])
    await test.grant('editor', ['identity'])
    expect((await test.ask('GET', '/api/quotation-rounds')).body).toEqual([])
    expect((await test.ask('GET', url)).body.code).toBe('purchasing.not_found')
    expect((await test.ask('PUT', `${url}/quotations/${one}`, offer(round.items, [1, 1]))).body.code).toBe('purchasing.not_found')
  })
})

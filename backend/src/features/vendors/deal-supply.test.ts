import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

let vendors: VendorsUnderTest
beforeAll(async () => {
  vendors = await vendorsUnderTest()
})
afterAll(() => vendors.close())

interface OrderedLine { itemCode?: string | null, itemName?: string, unitPrice: number | null, promisedOn?: string | null }

async function order(vendorId: string, number: string, orderedOn: string, lines: readonly OrderedLine[], dealId: number | null = null): Promise<void> {
  const portal_id = vendors.portal.id
  const { order_id } = await vendors.db.insertInto('purchase_orders').values({ portal_id, vendor_id: vendorId, number, ordered_on: orderedOn, currency: 'EUR', deal_id: dealId })
    .returning('order_id').executeTakeFirstOrThrow()
  await vendors.db.insertInto('purchase_order_lines').values(lines.map(({ itemCode = null, itemName = 'Article', unitPrice, promisedOn = null }, position) => ({
    portal_id, order_id, vendor_id: vendorId, position, item_code: itemCode, item_name: itemName, quantity: '2', unit_price: unitPrice === null ? null : String(unitPrice), promised_on: promisedOn,
  }))).execute()
}

const sell = (dealId: number, rows: readonly { id: number, productId: number | null, name: string, priceMinor: number, quantity?: number }[]) =>
  vendors.db.insertInto('crm_product_rows').values(rows.map(({ id, productId, name, priceMinor, quantity = 1 }) => ({
    portal_id: vendors.portal.id, deal_id: dealId, product_row_id: id, product_id: productId, product_name: name, price_minor: priceMinor, quantity: String(quantity),
  }))).execute()

describe('what the products of a deal cost', () => {
  it('is the price of the deal\'s own order, then the agreed one, then the last one before the deal\'s day; unknown stays unknown', async () => {
    await vendors.addDeal(50)
    const [near, far] = [await vendors.addVendor({ name: 'Near' }), await vendors.addVendor({ name: 'Far' })]
    await sell(50, [
      { id: 1, productId: 4, name: 'Serveur', priceMinor: 100_000, quantity: 2 }, { id: 2, productId: 5, name: 'Câble', priceMinor: 1_000 },
      { id: 3, productId: 6, name: 'Écran', priceMinor: 30_000 }, { id: 4, productId: null, name: 'Pose', priceMinor: 9_000 },
    ])
    await order(far, 'CF-1', '2026-03-10', [{ itemCode: 'B24-4', unitPrice: 500 }, { itemName: 'câble', unitPrice: 3 }, { itemName: 'Écran', unitPrice: 200 }])
    await order(far, 'CF-0', '2026-01-10', [{ itemName: 'CÂBLE', unitPrice: 1 }])
    await order(far, 'CF-9', '2026-04-01', [{ itemName: 'Câble', unitPrice: 7 }])
    await order(near, 'CF-2', '2026-02-01', [{ itemCode: 'B24-4', unitPrice: 640 }], 50)
    await vendors.db.insertInto('contract_prices').values({ portal_id: vendors.portal.id, vendor_id: far, item_code: 'X', item_name: 'Écran', price: '180', currency: 'EUR', valid_from: '2026-01-01' }).execute()
    const { status, body } = await vendors.ask('GET', '/api/deals/50/vendors')
    expect(status).toBe(200)
    expect(body.supply.products).toMatchObject([
      { name: 'Serveur', vendorName: 'Near', source: 'deal_order', document: 'CF-2', unitPrice: 640, pricedOn: '2026-02-01', margin: { minor: 72_000 }, risks: [] },
      { name: 'Câble', vendorName: 'Far', source: 'last_order', document: 'CF-1', unitPrice: 3, margin: { minor: 700 } },
      { name: 'Écran', source: 'contract', document: null, unitPrice: 180, pricedOn: '2026-01-01', margin: { minor: 12_000 } },
      { name: 'Pose', vendorId: null, source: null, cost: null, margin: null },
    ])
    expect(body.supply).toMatchObject({ coverage: 231 / 240, knownCount: 3, marginAtRisk: { minor: 0 }, orders: [{ number: 'CF-2', openAmount: { minor: 128_000 }, openLineCount: 1, lateLineCount: 0, nextPromiseOn: null, daysLate: null }] })
  })

  it('is at risk with a vendor that is late or badly rated, and the orders say since when', async () => {
    await vendors.addDeal(51)
    const [late, low] = [await vendors.addVendor(), await vendors.addVendor()]
    await sell(51, [{ id: 5, productId: 14, name: 'A', priceMinor: 10_000 }, { id: 6, productId: 15, name: 'B', priceMinor: 10_000 }])
    await order(late, 'CF-3', '2026-02-01', [{ itemCode: 'B24-14', unitPrice: 60, promisedOn: '2026-03-05' }, { unitPrice: null, promisedOn: '2026-03-20' }], 51)
    await order(low, 'CF-4', '2026-02-01', [{ itemCode: 'B24-15', unitPrice: 90 }])
    await vendors.db.insertInto('vendor_standings').values({ portal_id: vendors.portal.id, vendor_id: low, standing: 'Critique', since: '2026-02-01' }).execute()
    const { body } = await vendors.ask('GET', '/api/deals/51/vendors')
    expect(body.supply).toMatchObject({
      products: [{ risks: ['late'], standing: null }, { risks: ['standing'], standing: 'Critique' }],
      marginAtRisk: { minor: 5_000 }, atRiskCount: 2,
      orders: [{ number: 'CF-3', openLineCount: 2, lateLineCount: 1, latePromiseOn: '2026-03-05', nextPromiseOn: '2026-03-05', daysLate: 10 }],
    })
  })
})

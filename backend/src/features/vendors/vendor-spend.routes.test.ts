import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysOfPeriod } from '@comptoir/shared/vendors/spend-period'
import type { Purchase, PurchasePage, VendorSpend } from '@comptoir/shared/vendors/vendor-spend.contract'
import { vendorsUnderTest, addVendor, type VendorsUnderTest } from './testing/vendors-under-test.ts'
import { spendOfDays } from './vendor-spend.postgres.ts'

let vendors: VendorsUnderTest
let vendorId: string
let otherId: string
let emptyId: string

beforeAll(async () => {
  vendors = await vendorsUnderTest()
  vendorId = await vendors.addVendor({ company_id: 5 })
  otherId = await vendors.addVendor()
  emptyId = await vendors.addVendor()
  await vendors.addCompany(5, 'Papeterie Morel')
  for (let i = 0; i < 23; i++)
    await vendors.addPurchase(vendorId, { amount_minor: 1000 + i, spent_on: `2025-${String(4 + i % 9).padStart(2, '0')}-1${i % 10}` })
  await vendors.addPurchase(vendorId, { amount_minor: -500, spent_on: '2026-03-15' })
  await vendors.addPurchase(vendorId, { amount_minor: 700, spent_on: '2026-02-28', currency: 'XTS', amount_base_minor: null })
  await vendors.addPurchase(vendorId, { amount_minor: 9_000, spent_on: '2024-06-01' })
  await vendors.addPurchase(otherId, { amount_minor: 30_000, spent_on: '2026-01-05' })
  await vendors.addPurchase(otherId, { amount_minor: 700, spent_on: '2019-01-05', currency: 'XTS', amount_base_minor: null })
  const foreign = await addVendor(vendors.db, vendors.stranger.id)
  await vendors.db.insertInto('purchases').values({ portal_id: vendors.stranger.id, vendor_id: foreign, spent_on: '2026-01-05', amount_minor: 1, amount_base_minor: 1, currency: 'EUR' }).execute()
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

const spendOf = async (id: string, period: string): Promise<VendorSpend> => (await vendors.ask('GET', `/api/vendors/${id}/spend?period=${period}`)).body

async function allPurchases(query: string): Promise<{ rows: Purchase[], total: PurchasePage['total'] }> {
  const rows: Purchase[] = []
  let cursor: string | null = ''
  let total: PurchasePage['total'] | null = null
  while (cursor !== null) {
    const { body }: { body: PurchasePage } = await vendors.ask('GET', `/api/vendors/${vendorId}/purchases?limit=4&${query}${cursor && `&cursor=${cursor}`}`)
    rows.push(...body.purchases)
    total = body.total
    cursor = body.nextCursor
  }
  return { rows, total: total! }
}

const sum = (rows: readonly Purchase[]): number => rows.reduce((minor, row) => minor + (row.baseAmount?.minor ?? 0), 0)

describe('the spend of a vendor', () => {
  it.each(['12-months', 'this-year', 'last-year', 'all'])('adds up over %s: months to total, purchases to total', async (period) => {
    const spend = await spendOf(vendorId, period)
    const months = spend.months.reduce((minor, month) => minor + (month.amount?.minor ?? 0), 0)
    expect(months).toBe(spend.total.amount?.minor)
    const { rows, total } = await allPurchases(`from=${spend.from}&to=${spend.to}`)
    expect(total).toEqual(spend.total)
    expect(rows).toHaveLength(spend.total.purchaseCount)
    expect(new Set(rows.map(row => row.purchaseId)).size).toBe(rows.length)
    expect(sum(rows)).toBe(spend.total.amount?.minor)
    expect(await spendOfDays(vendors.db, vendors.portal.id, daysOfPeriod(spend), sql`vendor_id = ${vendorId}`)).toEqual({
      amountMinor: spend.total.amount?.minor, purchaseCount: spend.total.purchaseCount, unpricedCount: spend.total.unpricedCount,
    })
  })

  it('drills each month of the chart down to purchases that sum to its bar', async () => {
    const { months } = await spendOf(vendorId, '12-months')
    expect(months.map(({ month }) => month)).toEqual(['2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'])
    for (const { month, amount, purchaseCount, unpricedCount } of months) {
      const { rows, total } = await allPurchases(`from=${month}&to=${month}`)
      expect(total).toEqual({ amount, purchaseCount, unpricedCount })
      expect(sum(rows)).toBe(amount?.minor ?? 0)
    }
  })

  it('shows its share of what the portal spent, with that total beside it', async () => {
    const { total, portalTotal, share } = await spendOf(vendorId, '12-months')
    expect(portalTotal.amount).toEqual({ minor: total.amount!.minor + 30_000, currency: 'EUR' })
    expect(share).toBeCloseTo(total.amount!.minor / portalTotal.amount!.minor)
  })

  it('counts purchases without a rate and lists exactly those', async () => {
    const { total, months } = await spendOf(vendorId, '12-months')
    expect(total.unpricedCount).toBe(1)
    expect(months.find(({ month }) => month === '2026-02')).toEqual({ month: '2026-02', amount: null, purchaseCount: 1, unpricedCount: 1 })
    const { rows } = await allPurchases('unpriced=true')
    expect(rows).toMatchObject([{ amount: { minor: 700, currency: 'XTS' }, baseAmount: null }])
  })

  it('is unknown, never zero, where nothing was bought, and says when the last purchase was', async () => {
    expect(await spendOf(emptyId, 'all')).toMatchObject({ from: null, to: null, total: { amount: null, purchaseCount: 0 }, share: null, months: [], lastPurchaseOn: null })
    expect(await spendOf(otherId, 'last-year')).toMatchObject({ total: { amount: null }, share: null, lastPurchaseOn: '2026-01-05' })
  })

  it('follows the last purchase when it is moved or removed', async () => {
    const id = await vendors.addVendor()
    await vendors.addPurchase(id, { spent_on: '2026-01-01' })
    await vendors.addPurchase(id, { spent_on: '2026-02-01' })
    await vendors.db.updateTable('purchases').set({ spent_on: '2025-12-24' }).where('vendor_id', '=', id).where('spent_on', '=', '2026-02-01').execute()
    expect((await spendOf(id, 'all')).lastPurchaseOn).toBe('2026-01-01')
    await vendors.db.deleteFrom('purchases').where('vendor_id', '=', id).where('spent_on', '=', '2026-01-01').execute()
    expect((await spendOf(id, 'all')).lastPurchaseOn).toBe('2025-12-24')
    await vendors.db.deleteFrom('purchases').where('vendor_id', '=', id).execute()
    expect((await spendOf(id, 'all')).lastPurchaseOn).toBeNull()
  })
})

describe('the company tab', () => {
  it('brings vendor, spend and latest purchases in one answer', async () => {
    const { body } = await vendors.ask('GET', '/api/companies/5/vendor')
    expect(body).toMatchObject({ companyId: 5, company: { title: 'Papeterie Morel', isMarkedVendor: true }, vendor: { vendorId }, spend: { period: '12-months' } })
    expect(body.latest).toHaveLength(8)
    expect(body.latest[0].spentOn).toBe('2026-03-15')
  })

  it('shows the company\'s facts when it is no vendor yet', async () => {
    await vendors.addCompany(6, 'Garage du Port')
    expect((await vendors.ask('GET', '/api/companies/6/vendor')).body).toEqual({
      companyId: 6, company: { companyId: 6, title: 'Garage du Port', type: null, responsible: null, isMarkedVendor: true }, vendor: null, spend: null, latest: [],
    })
  })
})

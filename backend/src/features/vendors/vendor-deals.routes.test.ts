import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

let vendors: VendorsUnderTest
let vendorId: string

beforeAll(async () => {
  vendors = await vendorsUnderTest()
  await vendors.addCompany(30, 'Mairie de Nantes')
  await vendors.addDeal(1, { amountMinor: 1_000_000, companyId: 30 })
  await vendors.addDeal(2, { amountMinor: null, companyId: 30 })
  await vendors.addDeal(3)
  await vendors.db.updateTable('crm_deals').set({ assigned_by_id: 7, semantics: 'S' }).where('deal_id', '=', 1).execute()
  vendorId = await vendors.addVendor({ name: 'Papeterie Morel' })
  const other = await vendors.addVendor({ name: 'Garage Petit' })
  const costs = { currency: 'EUR', note: null }
  const link = (dealId: number, id: string, plannedMinor: number | null, actualMinor: number | null) =>
    vendors.ask('POST', `/api/deals/${dealId}/vendors`, { body: { ...costs, vendorId: id, plannedMinor, actualMinor } })
  await link(1, vendorId, 300_000, 350_000)
  await link(1, other, 100_000, null)
  await link(2, vendorId, 20_000, null)
  await link(3, other, 1, 1)
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

const ask = (options?: Parameters<VendorsUnderTest['ask']>[2]) => vendors.ask('GET', `/api/vendors/${vendorId}/deals`, options)

describe('the deals of a vendor', () => {
  it('come with their stage, their client, what the vendor costs and what is left after all vendors', async () => {
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body).toMatchObject({ total: 2, areCostsHidden: false })
    expect(body.deals).toMatchObject([
      { dealId: 2, amount: null, cost: { minor: 20_000 }, margin: { margin: null } },
      { dealId: 1, title: 'Affaire 1', client: 'Mairie de Nantes', semantics: 'S', amount: { minor: 1_000_000, currency: 'EUR' }, cost: { minor: 350_000 }, margin: { margin: { minor: 550_000 }, rate: 0.55 } },
    ])
    expect(body.clients).toEqual([{ companyId: 30, name: 'Mairie de Nantes', dealCount: 2, wonCount: 1 }])
  })

  it('are the viewer\'s own where the administrator says so, and those the portal has just shown them', async () => {
    Object.assign(vendors.portal.settings, { analyticsScope: 'own' })
    const own = await ask()
    expect(own.body).toMatchObject({ total: 1, deals: [{ dealId: 1 }], clients: [{ dealCount: 1 }], isWithinRights: true })
    await vendors.db.insertInto('viewer_deals').values({ portal_id: vendors.portal.id, user_id: 7, deal_id: 2, until: new Date('2999-01-01') }).execute()
    expect((await ask()).body.total).toBe(2)
    expect((await ask({ as: { userId: 8 } })).body).toMatchObject({ total: 0, deals: [], clients: [] })
    Object.assign(vendors.portal.settings, { analyticsScope: 'all' })
  })

  it('are nobody\'s business in another portal', async () => {
    expect((await ask({ as: { portal: vendors.stranger } })).body.code).toBe('vendor.not_found')
    expect((await ask({ as: null })).status).toBe(401)
  })
})

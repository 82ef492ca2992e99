import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addVendor, vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

let vendors: VendorsUnderTest
const mirroredLate = 90

beforeAll(async () => {
  vendors = await vendorsUnderTest({
    crm: {
      readDeal: async (_portalId, dealId) => {
        if (dealId === mirroredLate)
          await vendors.addDeal(dealId)
        return dealId === mirroredLate
      },
      readCompany: async () => false,
    },
  })
  await vendors.addCompany(30, 'Mairie de Nantes')
  await vendors.addDeal(1, { amountMinor: 1_000_000, companyId: 30 })
  await vendors.addDeal(2, { companyId: 30 })
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

const costs = { currency: 'EUR', plannedMinor: null, actualMinor: null, note: null }

describe('the deal tab', () => {
  it('takes the cost of every linked vendor off the deal\'s amount', async () => {
    await vendors.addDeal(10, { amountMinor: 1_000_000 })
    const [first, second] = [await vendors.addVendor({ name: 'Un', company_id: 71 }), await vendors.addVendor({ name: 'Deux' })]
    await vendors.ask('POST', '/api/deals/10/vendors', { body: { ...costs, vendorId: first, plannedMinor: 300_000, actualMinor: 350_000, note: ' pose ' } })
    vendors.passTime(1000)
    const { status, body } = await vendors.ask('POST', '/api/deals/10/vendors', { body: { ...costs, vendorId: second, currency: 'usd', plannedMinor: 100_000 } })
    expect(status).toBe(200)
    expect(body.deal).toMatchObject({ dealId: 10, amount: { minor: 1_000_000, currency: 'EUR' } })
    expect(body.links).toMatchObject([
      { name: 'Un', companyId: 71, planned: { minor: 300_000 }, actual: { minor: 350_000 }, note: 'pose', version: 1, purchased: { amount: null, purchaseCount: 0 } },
      { name: 'Deux', planned: { minor: 100_000, currency: 'USD' }, actual: null },
    ])
    expect(body.margins).toMatchObject({
      planned: { cost: { minor: 390_000, currency: 'EUR' }, margin: { minor: 610_000 }, rate: 0.61, missingCount: 0 },
      actual: { cost: { minor: 350_000 }, missingCount: 1 },
      expected: { cost: { minor: 440_000 }, margin: { minor: 560_000 }, missingCount: 0 },
    })
  })

  it('keeps zero apart from unknown', async () => {
    await vendors.addDeal(11)
    const vendorId = await vendors.addVendor()
    const { body } = await vendors.ask('POST', '/api/deals/11/vendors', { body: { ...costs, vendorId, plannedMinor: 0 } })
    expect(body.links).toMatchObject([{ planned: { minor: 0 }, actual: null }])
    expect(body.margins).toMatchObject({ planned: { cost: { minor: 0 }, rate: 1 }, actual: { cost: null, margin: null, missingCount: 1 } })
  })

  it('shows what the vendor\'s purchases on this deal add up to', async () => {
    await vendors.addDeal(12)
    const vendorId = await vendors.addVendor()
    await vendors.addPurchase(vendorId, { amount_minor: 5_000, deal_id: 12 })
    await vendors.addPurchase(vendorId, { amount_minor: 7_000, deal_id: 12 })
    await vendors.addPurchase(vendorId, { amount_minor: 1_000, deal_id: 13 })
    const { body } = await vendors.ask('POST', '/api/deals/12/vendors', { body: { ...costs, vendorId } })
    expect(body.links[0].purchased).toEqual({ amount: { minor: 12_000, currency: 'EUR' }, purchaseCount: 2, unpricedCount: 0 })
    const drill = await vendors.ask('GET', `/api/vendors/${vendorId}/purchases?dealId=12`)
    expect(drill.body.total).toEqual(body.links[0].purchased)
  })

  it('says that a deal is not mirrored yet, and reads it when it can', async () => {
    expect(await vendors.ask('GET', '/api/deals/404/vendors')).toMatchObject({ status: 404, body: { code: 'vendor.deal_unknown', details: { dealId: 404 } } })
    expect(await vendors.ask('GET', `/api/deals/${mirroredLate}/vendors`)).toMatchObject({ status: 200, body: { links: [], margins: { planned: { margin: null } } } })
  })
})

describe('linking a vendor to a deal', () => {
  it('offers vendors that are not linked, first those behind the client\'s other deals, never a terminated one', async () => {
    const [usual, other] = [await vendors.addVendor({ name: 'Zinguerie' }), await vendors.addVendor({ name: 'Atelier' })]
    await vendors.addVendor({ name: 'Fini', status: 'terminated' })
    await vendors.ask('POST', '/api/deals/2/vendors', { body: { ...costs, vendorId: usual } })
    const { body } = await vendors.ask('GET', '/api/deals/1/vendors/candidates')
    expect(body[0]).toMatchObject({ vendorId: usual, clientDealCount: 1 })
    expect(body.map((row: { name: string }) => row.name)).not.toContain('Fini')
    await vendors.ask('POST', '/api/deals/1/vendors', { body: { ...costs, vendorId: usual } })
    const found = await vendors.ask('GET', '/api/deals/1/vendors/candidates?search=ateli')
    expect(found.body).toMatchObject([{ vendorId: other, clientDealCount: 0 }])
  })

  it('happens once', async () => {
    const vendorId = await vendors.addVendor()
    const answers = await Promise.all([1, 2, 3].map(() => vendors.ask('POST', '/api/deals/1/vendors', { body: { ...costs, vendorId } })))
    expect(answers.map(({ body }) => body.code).toSorted()).toEqual(['vendor.link_taken', 'vendor.link_taken', undefined])
  })

  it('is for the portal\'s own vendors and deals', async () => {
    const foreign = await addVendor(vendors.db, vendors.stranger.id)
    expect((await vendors.ask('POST', '/api/deals/1/vendors', { body: { ...costs, vendorId: foreign } })).body.code).toBe('vendor.not_found')
    const vendorId = await vendors.addVendor()
    for (const [method, url, body] of [
      ['GET', '/api/deals/1/vendors'], ['GET', '/api/deals/1/vendors/candidates'], ['POST', '/api/deals/1/vendors', { ...costs, vendorId }],
      ['PATCH', `/api/deals/1/vendors/${vendorId}`, { ...costs, version: 1 }], ['DELETE', `/api/deals/1/vendors/${vendorId}`],
    ] as const) {
      expect(await vendors.ask(method as 'GET', url, { body, as: { portal: vendors.stranger } }), url).toMatchObject({ status: 404, body: { code: 'vendor.deal_unknown' } })
      expect(await vendors.ask(method as 'GET', url, { body, as: null }), url).toMatchObject({ status: 401 })
    }
  })
})

describe('editing and unlinking', () => {
  it('lets only one of two people who saw the same costs save', async () => {
    const vendorId = await vendors.addVendor()
    await vendors.ask('POST', '/api/deals/1/vendors', { body: { ...costs, vendorId } })
    const url = `/api/deals/1/vendors/${vendorId}`
    const answers = await Promise.all([1, 2].map(plannedMinor => vendors.ask('PATCH', url, { body: { ...costs, version: 1, plannedMinor } })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'vendor.link_changed', details: { vendorId, version: 2 } })
  })

  it('unlinks, puts the same costs back for an undo, and keeps both in the vendor\'s history', async () => {
    const vendorId = await vendors.addVendor()
    const linked = { ...costs, plannedMinor: 4_200, note: 'lot 2' }
    await vendors.ask('POST', '/api/deals/1/vendors', { body: { ...linked, vendorId } })
    const gone = await vendors.ask('DELETE', `/api/deals/1/vendors/${vendorId}`)
    expect(gone.body.links.map((link: { vendorId: string }) => link.vendorId)).not.toContain(vendorId)
    const back = await vendors.ask('POST', '/api/deals/1/vendors', { body: { ...linked, vendorId } })
    const relinked = back.body.links.find((link: { vendorId: string }) => link.vendorId === vendorId)
    expect(relinked).toMatchObject({ planned: { minor: 4_200 }, note: 'lot 2' })
    const history = await vendors.ask('GET', `/api/vendors/${vendorId}/history`)
    expect(history.body.changes).toMatchObject([
      { field: 'deal', oldValue: null, newValue: { dealId: 1, plannedMinor: 4_200 } },
      { field: 'deal', oldValue: { plannedMinor: 4_200 }, newValue: null },
      { field: 'deal', oldValue: null, newValue: { note: 'lot 2' } },
    ])
  })

  it('knows when there is no link to change', async () => {
    const vendorId = randomUUID()
    for (const [method, body] of [['PATCH', { ...costs, version: 1 }], ['DELETE', undefined]] as const)
      expect(await vendors.ask(method, `/api/deals/1/vendors/${vendorId}`, { body })).toMatchObject({ status: 404, body: { code: 'vendor.link_not_found' } })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearDrafts, draftDays } from './vendor-drafts.postgres.ts'
import { noon, vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

let vendors: VendorsUnderTest
let vendorId: string
beforeAll(async () => {
  vendors = await vendorsUnderTest()
  vendorId = await vendors.addVendor()
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

const keep = (subject: string, body: unknown, as = {}) => vendors.ask('PUT', `/api/vendors/${subject}/draft`, { body, as })
const read = async (subject: string, as = {}) => (await vendors.ask('GET', `/api/vendors/${subject}/draft`, { as })).body

describe('a draft of a vendor', () => {
  it('is one\'s own, as typed, until it is thrown away', async () => {
    expect(await read(vendorId)).toEqual({ draft: null })
    await keep(vendorId, { values: { city: 'Ly' }, version: 1 })
    const draft = { values: { city: 'Lyon', name: '', siren: '73', paymentTermDays: 30, notes: null }, version: 1 }
    expect(await keep(vendorId, draft)).toMatchObject({ status: 200 })
    expect(await read(vendorId)).toEqual({ draft })
    expect(await read(vendorId, { userId: 8 })).toEqual({ draft: null })
    expect(await read('new')).toEqual({ draft: null })
    expect(await vendors.ask('DELETE', `/api/vendors/${vendorId}/draft`)).toMatchObject({ status: 200 })
    expect(await read(vendorId)).toEqual({ draft: null })
  })

  it('of a new vendor is kept apart for each company', async () => {
    await keep('new', { values: { name: 'Ébène' }, version: null })
    await keep('new-12', { values: { name: 'Girard' }, version: null })
    expect([await read('new'), await read('new-12'), await read('new-13')].map(({ draft }) => draft?.values.name)).toEqual(['Ébène', 'Girard', undefined])
  })

  it('holds no bank details', async () => {
    await keep(vendorId, { values: { city: 'Lyon', iban: 'FR7630006000011234567890189', bankProof: 'RIB' }, version: 1 })
    const rows = await vendors.db.selectFrom('vendor_drafts').select('typed').execute()
    expect(JSON.stringify(rows)).not.toMatch(/FR76|RIB/)
  })

  it('is refused when it is too large, empty or of no vendor', async () => {
    const values = { name: 'X' }
    const attempts = await Promise.all([
      keep(vendorId, { values: { notes: 'x'.repeat(5001) }, version: 1 }),
      keep(vendorId, { values: {}, version: 1 }),
      keep('new-0', { values, version: null }),
      keep('00000000-0000-4000-8000-000000000000', { values, version: 1 }),
    ])
    expect(attempts.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'request.invalid'], [400, 'request.invalid'], [400, 'request.invalid'], [404, 'vendor.not_found'],
    ])
  })

  it('is for who may edit the vendor, or enter some vendor', async () => {
    const { db, portal } = vendors
    const grants = await db.selectFrom('vendor_grants').selectAll().where('portal_id', '=', portal.id).execute()
    await db.updateTable('vendor_grants').set({ role: 'viewer' }).where('portal_id', '=', portal.id).execute()
    const draft = { values: { name: 'X' }, version: 1 }
    const refused = await Promise.all([keep(vendorId, draft), keep('new', draft), vendors.ask('GET', `/api/vendors/${vendorId}/draft`), vendors.ask('DELETE', '/api/vendors/new/draft')])
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 4 }, () => [403, 'vendor.forbidden']))
    await db.updateTable('vendor_grants').set({ role: 'editor', scope_kind: 'group', vendor_group: 'Bureau' }).where('portal_id', '=', portal.id).execute()
    expect(await keep('new', draft)).toMatchObject({ status: 200 })
    expect(await keep(vendorId, draft)).toMatchObject({ status: 404 })
    await db.updateTable('vendor_grants').set({ role: grants[0]!.role, scope_kind: 'all', vendor_group: null }).where('portal_id', '=', portal.id).execute()
  })

  it('ends after thirty days, and behind fifty newer ones', async () => {
    const { db } = vendors
    await clearDrafts(db, new Date(noon.getTime() + draftDays * 86_400_000 - 1))
    expect(await read('new')).not.toEqual({ draft: null })
    vendors.passTime(1000)
    for (let company = 100; company < 150; company++)
      await keep(`new-${company}`, { values: { name: 'X' }, version: null })
    expect(await read('new')).toEqual({ draft: null })
    expect(await db.selectFrom('vendor_drafts').select('subject').execute()).toHaveLength(50)
    await clearDrafts(db, new Date(noon.getTime() + draftDays * 86_400_000 + 2000))
    expect(await db.selectFrom('vendor_drafts').select('subject').execute()).toEqual([])
  })
})

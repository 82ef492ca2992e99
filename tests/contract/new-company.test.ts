import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

/** A vendor of the directory becomes a company of the CRM, once. */
let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
})
afterAll(() => comptoir?.close())

async function newVendor(name: string) {
  const { body } = await comptoir.call(vendorApi.create, { body: { name, phone: '+33 2 40 00 00 00', email: 'contact@morel.example', website: 'https://morel.example' } })
  return body
}
const companies = () => comptoir.portal.crm.items(4)!
const companyOf = (id: number | null) => ({ title: companies().value(id ?? 0, 'title'), origin: companies().value(id ?? 0, 'originId'), ways: companies().value(id ?? 0, 'fm') })
const make = ({ vendorId, version }: { vendorId: string, version: number }, userId = 1) =>
  comptoir.call(vendorApi.createCompany, { params: { vendorId }, body: { version, accessToken: comptoir.token(userId) } })

describe('a vendor without a company', () => {
  it('gets one with its name and how to reach it, and is linked to it', async () => {
    const vendor = await newVendor('Papeterie Morel')
    const { status, body } = await make(vendor)
    expect(status).toBe(200)
    expect(companyOf(body.companyId)).toEqual({
      title: 'Papeterie Morel', origin: vendor.vendorId,
      ways: [expect.objectContaining({ typeId: 'PHONE', value: '+33 2 40 00 00 00' }), expect.objectContaining({ typeId: 'EMAIL' }), expect.objectContaining({ typeId: 'WEB' })],
    })
    expect((await make(body)).body).toMatchObject({ code: 'vendor.company_taken' })
  })

  it('takes up the company that an earlier try left behind', async () => {
    const vendor = await newVendor('Garage Petit')
    const left = comptoir.portal.crm.add(4, { title: 'Garage Petit', originatorId: 'comptoir', originId: vendor.vendorId }, { userId: 1 })
    const { body } = await make(vendor)
    expect(body.companyId).toBe(typeof left === 'number' ? left : left.id)
  })

  it('is refused to who holds no token of this portal, and to an old version', async () => {
    const vendor = await newVendor('Menuiserie Roux')
    const forged = await comptoir.call(vendorApi.createCompany, { params: { vendorId: vendor.vendorId }, body: { version: vendor.version, accessToken: 'invented' } })
    expect(forged.status).toBeGreaterThanOrEqual(400)
    expect((await make({ ...vendor, version: 99 })).body).toMatchObject({ code: 'vendor.changed_meanwhile' })
    expect((await comptoir.call(vendorApi.get, { params: { vendorId: vendor.vendorId } })).body.vendor.companyId).toBeNull()
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addVendor, vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

let vendors: VendorsUnderTest
beforeAll(async () => {
  vendors = await vendorsUnderTest()
  await vendors.addCompany(40, 'Transports Girard SARL')
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

const { fromEntries } = Object

describe('entering a vendor', () => {
  it('keeps what was typed and starts its history', async () => {
    const { status, body } = await vendors.ask('POST', '/api/vendors', { body: { name: ' Imprimerie Fontaine ', siren: '732 829 320', city: '', paymentTermDays: 0 } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'Imprimerie Fontaine', siren: '732829320', city: null, paymentTermDays: 0, status: 'prospect', version: 1, updatedBy: { userId: 7, name: 'Ada Morel' } })
    const history = await vendors.ask('GET', `/api/vendors/${body.vendorId}/history`)
    expect(history.body.changes).toMatchObject([{ field: 'vendor', oldValue: null, newValue: { name: 'Imprimerie Fontaine' }, by: { name: 'Ada Morel' } }])
  })

  it('makes a vendor of a company, once', async () => {
    const made = await vendors.ask('POST', '/api/vendors', { body: { name: 'Transports Girard', companyId: 40 } })
    expect(made.body).toMatchObject({ companyId: 40 })
    const again = await vendors.ask('POST', '/api/vendors', { body: { name: 'Girard', companyId: 40 } })
    expect(again).toMatchObject({ status: 409, body: { code: 'vendor.company_taken', details: { companyId: 40 } } })
  })

  it('refuses a company that the mirror has not read, a taken code and a wrong identifier', async () => {
    await vendors.addVendor({ code: 'F-001' })
    const attempts = await Promise.all([
      vendors.ask('POST', '/api/vendors', { body: { name: 'X', companyId: 999 } }),
      vendors.ask('POST', '/api/vendors', { body: { name: 'X', code: 'F-001' } }),
      vendors.ask('POST', '/api/vendors', { body: { name: 'X', iban: 'FR7630006000011234567890188' } }),
      vendors.ask('POST', '/api/vendors', { body: { name: '  ' } }),
    ])
    expect(attempts.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'vendor.company_unknown'], [409, 'vendor.code_taken'], [400, 'vendor.identifier_invalid'], [400, 'request.invalid'],
    ])
  })

  it('points at vendors that may be the same', async () => {
    await vendors.addVendor({ name: 'Menuiserie Perrin SAS', siren: '552100554' })
    const { body } = await vendors.ask('GET', '/api/vendors/similar?name=menuiserie+perrin&siren=552+100+554')
    expect(body).toMatchObject([{ name: 'Menuiserie Perrin SAS', by: 'siren' }])
    expect((await vendors.ask('GET', '/api/vendors/similar?name=')).body).toEqual([])
  })
})

describe('editing a vendor', () => {
  it('writes one line of history per field and counts the version up', async () => {
    const vendorId = await vendors.addVendor({ city: 'Paris', iban: 'FR7630006000011234567890189' })
    const { body } = await vendors.ask('PATCH', `/api/vendors/${vendorId}`, { body: { version: 1, fields: { city: 'Lyon', iban: null } } })
    expect(body).toMatchObject({ city: 'Lyon', iban: null, version: 2 })
    const history = await vendors.ask('GET', `/api/vendors/${vendorId}/history`)
    const lines = history.body.changes as { field: string, oldValue: unknown, newValue: unknown }[]
    expect(fromEntries(lines.map(line => [line.field, [line.oldValue, line.newValue]]))).toEqual({ city: ['Paris', 'Lyon'], iban: ['FR76 •••• •••• 0189', null] })
  })

  it('changes nothing, not even the version, when nothing differs', async () => {
    const vendorId = await vendors.addVendor({ city: 'Paris' })
    const { body } = await vendors.ask('PATCH', `/api/vendors/${vendorId}`, { body: { version: 1, fields: { city: ' Paris ' } } })
    expect(body.version).toBe(1)
  })

  it('lets only one of two people who read the same version save, and shows the other what is there now', async () => {
    const vendorId = await vendors.addVendor({ city: 'Paris' })
    const answers = await Promise.all(['Lyon', 'Nantes'].map(city =>
      vendors.ask('PATCH', `/api/vendors/${vendorId}`, { body: { version: 1, fields: { city } } })))
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status)
    expect(won).toMatchObject({ status: 200, body: { version: 2 } })
    expect(lost).toMatchObject({ status: 409, body: { code: 'vendor.changed_meanwhile', details: { current: { version: 2, city: won!.body.city, updatedBy: { name: 'Ada Morel' } } } } })
  })

  it('never lets history be rewritten', async () => {
    const { body } = await vendors.ask('POST', '/api/vendors', { body: { name: 'Éclair' } })
    await expect(vendors.db.updateTable('vendor_changes').set({ reason: 'x' }).where('vendor_id', '=', body.vendorId).execute()).rejects.toThrow('append-only')
    await expect(vendors.db.deleteFrom('vendor_changes').where('vendor_id', '=', body.vendorId).execute()).rejects.toThrow('append-only')
    await vendors.db.deleteFrom('vendors').where('vendor_id', '=', body.vendorId).execute()
  })
})

describe('the status of a vendor', () => {
  it('moves with its reason, and back while the undo lasts', async () => {
    const vendorId = await vendors.addVendor({ status: 'active' })
    const url = `/api/vendors/${vendorId}/status`
    expect(await vendors.ask('POST', url, { body: { version: 1, status: 'suspended', reason: null } })).toMatchObject({ status: 400, body: { code: 'vendor.reason_required' } })
    expect(await vendors.ask('POST', url, { body: { version: 1, status: 'prospect', reason: null } })).toMatchObject({ status: 409, body: { code: 'vendor.illegal_move', details: { from: 'active', to: 'prospect' } } })
    expect((await vendors.ask('POST', url, { body: { version: 1, status: 'suspended', reason: 'Litige' } })).body).toMatchObject({ status: 'suspended', version: 2 })
    expect((await vendors.ask('POST', `${url}/undo`, { body: { version: 2 }, as: { userId: 8 } })).body.code).toBe('vendor.undo_expired')
    expect((await vendors.ask('POST', `${url}/undo`, { body: { version: 2 } })).body).toMatchObject({ status: 'active', version: 3 })
    expect((await vendors.ask('POST', `${url}/undo`, { body: { version: 2 } })).body.code).toBe('vendor.changed_meanwhile')
    const history = await vendors.ask('GET', `/api/vendors/${vendorId}/history`)
    expect(history.body.changes).toMatchObject([{ newValue: 'active', reason: 'undo' }, { newValue: 'suspended', reason: 'Litige' }])
  })
})

describe('linking a vendor to a company', () => {
  it('offers companies that are free, links one and lets go of it', async () => {
    await vendors.addCompany(50, 'Électricité Gauthier')
    const vendorId = await vendors.addVendor({ name: 'Gauthier' })
    expect((await vendors.ask('POST', '/api/vendors/companies', { body: { search: 'gauth', accessToken: 'own' } })).body).toEqual([{ companyId: 50, title: 'Électricité Gauthier' }])
    expect((await vendors.ask('POST', `/api/vendors/${vendorId}/company`, { body: { version: 1, companyId: 50 } })).body).toMatchObject({ companyId: 50, version: 2 })
    expect((await vendors.ask('POST', '/api/vendors/companies', { body: { search: 'gauth', accessToken: 'own' } })).body).toEqual([])
    await vendors.addCompany(52, 'Gauthier & fils', { isHidden: true })
    expect((await vendors.ask('POST', '/api/vendors/companies', { body: { search: 'gauth', accessToken: 'own' } })).body).toEqual([])
    const other = await vendors.addVendor({})
    expect((await vendors.ask('POST', `/api/vendors/${other}/company`, { body: { version: 1, companyId: 52 } })).body.code).toBe('vendor.company_unknown')
    expect((await vendors.ask('GET', '/api/companies/52/vendor')).body).toMatchObject({ company: null })
    expect((await vendors.ask('POST', `/api/vendors/${other}/company`, { body: { version: 1, companyId: 50 } })).body).toMatchObject({ code: 'vendor.company_taken', details: { companyId: 50 } })
    expect((await vendors.ask('POST', `/api/vendors/${other}/company`, { body: { version: 1, companyId: 51 } })).body.code).toBe('vendor.company_unknown')
    expect((await vendors.ask('POST', `/api/vendors/${vendorId}/company`, { body: { version: 2, companyId: null } })).body).toMatchObject({ companyId: null, version: 3 })
  })
})

describe('whose vendor it is', () => {
  const routes = (id: string): [method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown][] => [
    ['GET', `/api/vendors/${id}`],
    ['PATCH', `/api/vendors/${id}`, { version: 1, fields: { city: 'X' } }],
    ['POST', `/api/vendors/${id}/status`, { version: 1, status: 'active', reason: null }],
    ['POST', `/api/vendors/${id}/status/undo`, { version: 1 }],
    ['POST', `/api/vendors/${id}/company`, { version: 1, companyId: null }],
    ['GET', `/api/vendors/${id}/history`],
    ['GET', `/api/vendors/${id}/spend?period=all`],
    ['GET', `/api/vendors/${id}/purchases`],
  ]

  it('hides another portal\'s vendor as if it did not exist', async () => {
    const foreign = await addVendor(vendors.db, vendors.stranger.id, { company_id: 77 })
    for (const id of [foreign, randomUUID()]) {
      for (const [method, url, body] of routes(id))
        expect(await vendors.ask(method, url, { body }), url).toMatchObject({ status: 404, body: { code: 'vendor.not_found' } })
    }
    expect((await vendors.ask('GET', '/api/companies/77/vendor')).body).toEqual({ companyId: 77, company: null, vendor: null, spend: null, latest: [] })
  })

  it('answers nobody without a session', async () => {
    const vendorId = await vendors.addVendor()
    const open = [...routes(vendorId), ['GET', '/api/vendors'], ['POST', '/api/vendors', { name: 'X' }], ['GET', '/api/vendors/categories'],
      ['GET', '/api/vendors/similar'], ['POST', '/api/vendors/companies', { search: 'x', accessToken: 'own' }], ['GET', '/api/companies/1/vendor']] as ReturnType<typeof routes>
    for (const [method, url, body] of open)
      expect(await vendors.ask(method, url, { body, as: null }), url).toMatchObject({ status: 401, body: { code: 'auth.required' } })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FoundRequisites } from '@comptoir/shared/vendors/requisites.contract'
import { addVendor, noon, vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

const iban = 'FR7630006000011234567890189'
let vendors: VendorsUnderTest

beforeAll(async () => {
  vendors = await vendorsUnderTest()
  await vendors.addVendor({
    name: 'Fonderie Vasseur', siren: '732829320', siret: '73282932000074', vat_number: 'FR44732829320', phone: '+33 1 23 45 67 89',
    iban, bic: 'AGRIFRPP', account_holder: 'Vasseur Fonderie SAS', iban_approved_at: noon,
  })
  await vendors.addVendor({ name: 'Fonderie du Port', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPP', account_holder: 'Port SA' })
  await vendors.addVendor({ name: 'Fonderie Close', status: 'terminated', iban: 'DE89370400440532013000', iban_approved_at: noon })
  await addVendor(vendors.db, vendors.stranger.id, { name: 'Fonderie Voisine', siren: '732829320', iban, iban_approved_at: noon })
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

/** Leaves one grant, for everybody and everything. */
async function open(...groups: ('identity' | 'bank')[]): Promise<void> {
  await vendors.db.deleteFrom('vendor_grants').where('portal_id', '=', vendors.portal.id).execute()
  await vendors.db.insertInto('vendor_grants').values({
    portal_id: vendors.portal.id, subject_kind: 'everyone', scope_kind: 'all', role: 'viewer', field_groups: groups,
  }).execute()
}

async function find(search: string, of: 'company' | 'bank' = 'company'): Promise<FoundRequisites[]> {
  const { status, body } = await vendors.ask('GET', `/api/requisites?of=${of}&search=${encodeURIComponent(search)}`)
  expect(status).toBe(200)
  return body
}
const names = async (...asked: Parameters<typeof find>) => (await find(...asked)).map(({ name }) => name)

describe('the details of a company', () => {
  beforeAll(() => open('identity', 'bank'))

  it.each(['fonderie vass', '732 829 320', '73282932000074', 'FR44 732829320'])('are found by « %s »', async (search) => {
    expect(await names(search)).toEqual(['Fonderie Vasseur'])
  })

  it('are those of the portal\'s own vendors that work goes on with, in their order', async () => {
    expect(await names('fonderie')).toEqual(['Fonderie du Port', 'Fonderie Vasseur'])
  })

  it('never carry an account', async () => {
    const [found] = await find('fonderie vasseur')
    expect(found).toMatchObject({ siren: '732829320', vatNumber: 'FR44732829320', phone: '+33 1 23 45 67 89', iban: null, bic: null, accountHolder: null })
    expect(await names(iban)).toEqual([])
  })

  it('are at most ten, asked for with three characters', async () => {
    for (let i = 0; i < 12; i++)
      await vendors.addVendor({ name: `Scierie ${i}` })
    expect(await find('scierie')).toHaveLength(10)
    expect((await vendors.ask('GET', '/api/requisites?of=company&search=sc')).status).toBe(400)
  })
})

describe('a bank account', () => {
  beforeAll(() => open('identity', 'bank'))

  it.each(['Vasseur', 'fr76 3000 6000', 'agrif'])('is found by « %s »', async (search) => {
    expect(await find(search, 'bank')).toMatchObject([{ name: 'Fonderie Vasseur', iban, bic: 'AGRIFRPP', accountHolder: 'Vasseur Fonderie SAS' }])
  })

  it('is not offered before somebody has approved it', async () => {
    expect(await names('fonderie', 'bank')).toEqual(['Fonderie Vasseur'])
  })

  it('is neither found nor shown to those who may not read bank details', async () => {
    await open('identity')
    expect(await names('Vasseur')).toEqual(['Fonderie Vasseur'])
    expect(await find('Vasseur', 'bank')).toEqual([])
    expect(await find(iban, 'bank')).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VendorPage, VendorRow } from '@comptoir/shared/vendors/vendor.contract'
import { addVendor, vendorsUnderTest, type VendorsUnderTest } from './testing/vendors-under-test.ts'

let vendors: VendorsUnderTest
const names = ['Morel', 'Girard', 'Perrin', 'Éclair', 'Zinc & Co', 'Atelier du Bois', 'Garage du Port']
const statuses = ['prospect', 'onboarding', 'active', 'active', 'suspended', 'terminated'] as const

beforeAll(async () => {
  vendors = await vendorsUnderTest()
  for (let i = 0; i < 37; i++) {
    const vendorId = await vendors.addVendor({
      name: `${names[i % names.length]} ${i % 3}`,
      status: statuses[i % statuses.length],
      category: i % 4 === 0 ? null : `Famille ${i % 4}`,
      company_id: i % 5 === 0 ? 100 + i : null,
      siren: i === 9 ? '732829320' : null,
    })
    // A third has no purchase at all, and several share an amount and a day.
    if (i % 3 > 0)
      await vendors.addPurchase(vendorId, { amount_minor: 1000 * (i % 6), spent_on: `2026-0${1 + i % 3}-10` })
  }
  await addVendor(vendors.db, vendors.stranger.id, { name: 'Morel 0' })
})
afterAll(async () => {
  expect(vendors.undeclared).toEqual([])
  await vendors.close()
})

const list = async (query = ''): Promise<VendorPage> => {
  const { status, body } = await vendors.ask('GET', `/api/vendors?${query}`)
  expect(status).toBe(200)
  return body
}

async function allPages(query: string): Promise<VendorRow[]> {
  const rows: VendorRow[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: VendorPage = await list(`${query}&limit=5${cursor && `&cursor=${cursor}`}`)
    rows.push(...page.vendors)
    cursor = page.nextCursor
  }
  return rows
}

describe('the directory', () => {
  it.each(['name', 'spend', 'last-purchase', 'status'].flatMap(sort => ['asc', 'desc'].map(order => [sort, order])))(
    'is cut into pages without gap or overlap by %s %s', async (sort, order) => {
      const whole = (await list(`sort=${sort}&order=${order}&limit=200`)).vendors.map(row => row.vendorId)
      const pages = (await allPages(`sort=${sort}&order=${order}`)).map(row => row.vendorId)
      expect(pages).toEqual(whole)
      expect(new Set(pages).size).toBe(37)
    })

  it('puts vendors whose spend is not known last, whichever the direction', async () => {
    for (const order of ['asc', 'desc']) {
      const { vendors: rows } = await list(`sort=spend&order=${order}&limit=200`)
      const firstUnknown = rows.findIndex(row => row.spend === null)
      expect(rows.slice(firstUnknown).every(row => row.spend === null)).toBe(true)
      const known = rows.slice(0, firstUnknown).map(row => row.spend!.minor)
      expect(known).toEqual(known.toSorted((a, b) => order === 'asc' ? a - b : b - a))
    }
  })

  it('shows and sorts the spend of the period that was asked for', async () => {
    const old = await vendors.addVendor({ name: 'Ancien' })
    await vendors.addPurchase(old, { amount_minor: 900_000, spent_on: '2014-06-30' })
    expect((await list('sort=spend&limit=1')).vendors[0]!.name).not.toBe('Ancien')
    expect((await list('sort=spend&period=all&limit=1')).vendors[0]).toMatchObject({ name: 'Ancien', spend: { minor: 900_000 } })
    await vendors.db.deleteFrom('vendors').where('vendor_id', '=', old).execute()
  })

  it('keeps its place when a vendor is entered between two pages', async () => {
    const first = await list('limit=5')
    const added = await vendors.addVendor({ name: 'AAA' })
    const second = await list(`limit=5&cursor=${first.nextCursor}`)
    await vendors.db.deleteFrom('vendors').where('vendor_id', '=', added).execute()
    const whole = await list('limit=10')
    expect([...first.vendors, ...second.vendors]).toEqual(whole.vendors)
  })

  it('counts by status under every other filter, and its total is the sum of the chosen chips', async () => {
    const all = await list('category=Famille%201')
    expect(Object.values(all.statusCounts).reduce((sum, count) => sum + count)).toBe(all.total)
    const chosen = await list('category=Famille%201&status=active&status=suspended&limit=200')
    expect(chosen.statusCounts).toEqual(all.statusCounts)
    expect(chosen.total).toBe(all.statusCounts.active + all.statusCounts.suspended)
    expect(chosen.vendors).toHaveLength(chosen.total)
  })

  it('filters by category, by none, and by link to a company', async () => {
    expect((await list('category=&limit=200')).vendors.every(row => row.category === null)).toBe(true)
    expect((await list('linked=yes&limit=200')).total + (await list('linked=no')).total).toBe(37)
    const { body } = await vendors.ask('GET', '/api/vendors/categories')
    expect(body).toEqual([{ category: 'Famille 1', vendorCount: 9 }, { category: 'Famille 2', vendorCount: 9 }, { category: 'Famille 3', vendorCount: 9 }])
  })

  it('finds a name without its accents, words in any order, and a vendor by its SIREN', async () => {
    expect((await list('search=eclair')).total).toBeGreaterThan(0)
    expect((await list('search=bois%20ATEL')).vendors[0]?.name).toMatch(/^Atelier du Bois/)
    expect((await list('search=732%20829')).vendors).toMatchObject([{ siren: '732829320' }])
    expect((await list('search=100%25_')).total).toBe(0)
  })

  it('shows the nearest spellings when nobody has the name', async () => {
    const page = await list('search=giirard')
    expect(page.isApproximate).toBe(true)
    expect(page.vendors[0]?.name).toMatch(/^Girard/)
    expect((await list('search=xqwzkj')).total).toBe(0)
  })

  it('refuses a cursor it did not write', async () => {
    for (const cursor of ['nonsense', Buffer.from('["x"]').toString('base64url'), Buffer.from('[1,"6f1c9c1e-6a3e-4d5e-9c6b-0d6f3b6a1c11"]').toString('base64url')])
      expect(await vendors.ask('GET', `/api/vendors?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  })

  it('never shows another portal\'s vendors', async () => {
    const { body } = await vendors.ask('GET', '/api/vendors?search=morel', { as: { portal: vendors.stranger } })
    expect(body.total).toBe(1)
  })
})

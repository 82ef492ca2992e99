import type { Insertable } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Need } from '@comptoir/shared/access/rights'
import type { AccessTables } from '../storage/tables/access.ts'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import { requireVendor, systemOnlooker, vendorRights, visibleVendors, type Onlooker } from './vendor-gate.postgres.ts'

let test: TestDatabase
let portalId: number
const vendors: Record<string, string> = {}
const [buyer, head, chief, stranger] = [7, 8, 9, 10]
const [company, purchasing, transport] = [1, 2, 3]

beforeAll(async () => {
  test = await freshDatabase()
  const { db } = test
  portalId = (await db.insertInto('portals').values({ member_id: 'home', domain: 'd', client_endpoint: 'c', server_endpoint: 's' })
    .returning('portal_id').executeTakeFirstOrThrow()).portal_id
  for (const [name, category, createdBy, importId] of [
    ['Alpha', 'Transport', null, null], ['Beta', 'Énergie', null, null], ['Gamma', null, buyer, null],
    ['Delta', null, buyer, '0b8f1c1e-0000-4000-8000-000000000001'],
  ] as const) {
    const row = await db.insertInto('vendors')
      .values({ portal_id: portalId, name, name_key: name.toLowerCase(), category, created_by: createdBy, import_id: importId })
      .returning('vendor_id').executeTakeFirstOrThrow()
    vendors[name] = row.vendor_id
  }
  await db.insertInto('crm_departments').values([
    { portal_id: portalId, department_id: company, name: 'Comptoir', parent_id: null, head_user_id: chief },
    { portal_id: portalId, department_id: purchasing, name: 'Achats', parent_id: company, head_user_id: head },
    { portal_id: portalId, department_id: transport, name: 'Transport', parent_id: purchasing, head_user_id: null },
  ]).execute()
  await db.insertInto('crm_users').values([
    { portal_id: portalId, user_id: buyer, name: 'Ada', department_ids: [transport] },
    { portal_id: portalId, user_id: head, name: 'Hugo', department_ids: [purchasing] },
    { portal_id: portalId, user_id: chief, name: 'Chloé', department_ids: [company] },
  ]).execute()
})
afterAll(() => test.close())

type Grant = Partial<Omit<Insertable<AccessTables['vendor_grants']>, 'portal_id'>>

/** Leaves exactly these grants. */
async function grant(...grants: Grant[]): Promise<void> {
  await test.db.deleteFrom('vendor_grants').where('portal_id', '=', portalId).execute()
  for (const values of grants) {
    await test.db.insertInto('vendor_grants').values({
      portal_id: portalId, subject_kind: 'everyone', scope_kind: 'all', role: 'viewer', field_groups: ['identity'], ...values,
    }).execute()
  }
}

const as = (userId: number, isAdmin = false): Onlooker => ({ portal: { id: portalId }, viewer: { userId, isAdmin } })

async function seen(onlooker: Onlooker, need?: Need): Promise<string[]> {
  const rows = await visibleVendors(test.db, onlooker, need).select('vendors.name').orderBy('vendors.name').execute()
  return rows.map(({ name }) => name)
}

const all = ['Alpha', 'Beta', 'Delta', 'Gamma']

describe('a portal that nobody has set up', () => {
  it('lets everybody edit every vendor and keeps bank details to administrators', async () => {
    const { portal_id } = await test.db.insertInto('portals')
      .values({ member_id: 'fresh', domain: 'd', client_endpoint: 'c', server_endpoint: 's' }).returning('portal_id').executeTakeFirstOrThrow()
    const { vendor_id } = await test.db.insertInto('vendors').values({ portal_id, name: 'A', name_key: 'a' }).returning('vendor_id').executeTakeFirstOrThrow()
    const rights = await vendorRights(test.db, { portal: { id: portal_id }, viewer: { userId: stranger, isAdmin: false } }, vendor_id)
    expect(rights).toMatchObject({ role: 'editor', groups: ['identity', 'prices', 'documents', 'scores'] })
    expect(await vendorRights(test.db, { portal: { id: portal_id }, viewer: { userId: 1, isAdmin: true } }, vendor_id))
      .toMatchObject({ role: 'admin', groups: ['identity', 'prices', 'bank', 'documents', 'scores'] })
  })
})

describe('the gate', () => {
  beforeEach(() => grant())

  it('shows nothing without a grant, but to administrators and to the app itself', async () => {
    expect(await seen(as(stranger))).toEqual([])
    expect(await seen(as(stranger, true))).toEqual(all)
    expect(await seen(systemOnlooker({ id: portalId }))).toEqual(all)
  })

  it('shows a vendor to whoever entered it, never because of an import', async () => {
    expect(await seen(as(buyer))).toEqual(['Gamma'])
    expect(await seen(as(buyer), { group: 'identity', role: 'editor' })).toEqual(['Gamma'])
    expect(await seen(as(buyer), { group: 'prices' })).toEqual([])
  })

  it('holds a grant to its vendors: all, one group, or one', async () => {
    await grant({ scope_kind: 'group', vendor_group: 'Transport' }, { scope_kind: 'vendor', vendor_id: vendors.Beta! })
    expect(await seen(as(stranger))).toEqual(['Alpha', 'Beta'])
    await grant({})
    expect(await seen(as(stranger))).toEqual(all)
  })

  it('holds a grant to its person', async () => {
    await grant({ subject_kind: 'user', subject_id: head })
    expect([await seen(as(head)), await seen(as(stranger))]).toEqual([all, []])
  })

  it('gives a department\'s grant to the departments below it and not to those above', async () => {
    await grant({ subject_kind: 'department', subject_id: purchasing })
    expect([await seen(as(buyer)), await seen(as(head)), await seen(as(chief))]).toEqual([all, all, []])
  })

  it('gives the grant of a department\'s head to the heads above, not to its members', async () => {
    await grant({ subject_kind: 'head_of_department', subject_id: transport })
    expect([await seen(as(head)), await seen(as(chief)), await seen(as(buyer))]).toEqual([all, all, ['Gamma']])
    await grant({ subject_kind: 'head_of_department', subject_id: null })
    expect([await seen(as(head)), await seen(as(chief)), await seen(as(buyer))]).toEqual([all, all, ['Gamma']])
  })

  it('ends a grant after its last day', async () => {
    await grant({ valid_until: '2020-01-01' })
    expect(await seen(as(stranger))).toEqual([])
    await grant({ valid_until: '2999-01-01' })
    expect(await seen(as(stranger))).toEqual(all)
  })

  it('shows no vendor whose identity is closed, whatever else is open', async () => {
    await grant({ role: 'admin', field_groups: ['prices', 'bank'] })
    expect(await seen(as(stranger))).toEqual([])
    expect(await seen(as(stranger), { group: 'bank' })).toEqual([])
    expect(await vendorRights(test.db, as(stranger), vendors.Alpha!)).toBeNull()
  })

  it('adds grants up, each role staying with its own field groups', async () => {
    await grant({ role: 'editor', field_groups: ['identity', 'prices'] }, { subject_kind: 'user', subject_id: head, field_groups: ['bank'] })
    expect(await vendorRights(test.db, as(head), vendors.Alpha!))
      .toEqual({ role: 'editor', groups: ['identity', 'prices', 'bank'], roleOf: { identity: 'editor', prices: 'editor', bank: 'viewer' } })
    expect(await seen(as(head), { group: 'bank' })).toEqual(all)
    expect(await seen(as(head), { group: 'bank', role: 'editor' })).toEqual([])
    await expect(requireVendor(test.db, as(head), vendors.Alpha!, { group: 'bank', role: 'editor' })).rejects.toMatchObject({ code: 'vendor.forbidden' })
  })

  it('says of an invisible vendor only that there is none', async () => {
    await expect(requireVendor(test.db, as(stranger), vendors.Alpha!)).rejects.toMatchObject({ code: 'vendor.not_found' })
  })

  it('agrees with itself: what it says of one vendor is what it says of all', async () => {
    await grant(
      { role: 'viewer', field_groups: ['identity'] },
      { subject_kind: 'department', subject_id: transport, scope_kind: 'group', vendor_group: 'Transport', role: 'editor', field_groups: ['identity', 'prices', 'bank'] },
      { subject_kind: 'head_of_department', subject_id: purchasing, scope_kind: 'vendor', vendor_id: vendors.Beta!, role: 'approver', field_groups: ['bank'] },
    )
    for (const userId of [buyer, head, chief, stranger]) {
      for (const group of ['identity', 'prices', 'bank', 'documents', 'scores'] as const) {
        for (const role of ['viewer', 'editor', 'approver', 'admin'] as const) {
          const listed = await seen(as(userId), { group, role })
          const asked = await Promise.all(Object.entries(vendors).map(async ([name, vendorId]) =>
            await requireVendor(test.db, as(userId), vendorId, { group, role }).then(() => name, () => null)))
          expect(listed, `${userId} ${group} ${role}`).toEqual(asked.filter(name => name !== null).sort())
        }
      }
    }
  })
})

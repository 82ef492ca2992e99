import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { adoptCompanies } from './adopt-companies.postgres.ts'

describe('companies that the rule calls vendors', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
    const { pool } = database
    await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint) values ('m', 'd', 'c', 's')`)
    await pool.query(`insert into crm_companies (portal_id, company_id, title, type_id, category_id, is_my_company)
      values (1, 1, 'Acme SARL', 'SUPPLIER', 0, false), (1, 2, 'Client', 'CUSTOMER', 0, false), (1, 3, 'Nous', 'SUPPLIER', 0, true), (1, 4, 'Bois & Fils', 'SUPPLIER', 3, false)`)
    await pool.query(`insert into vendors (portal_id, name, name_key) values (1, 'ACME', $1)`, [nameKey('ACME')])
  })
  afterAll(() => database.close())

  const vendors = async () => (await database.pool.query('select name, company_id from vendors order by company_id nulls last')).rows

  it('become vendors once, and a vendor of the same name without company is linked', async () => {
    expect(await adoptCompanies(database.db, 1, { kind: 'type', typeId: 'SUPPLIER' })).toBe(2)
    expect(await adoptCompanies(database.db, 1, { kind: 'type', typeId: 'SUPPLIER' })).toBe(0)
    expect(await vendors()).toEqual([{ name: 'ACME', company_id: 1 }, { name: 'Bois & Fils', company_id: 4 }])
  })

  it('have the rule in their history, once each', async () => {
    const { rows } = await database.pool.query('select field, new_value, origin from vendor_changes order by vendor_change_id')
    expect(rows).toEqual([
      { field: 'companyId', new_value: 1, origin: 'rule' },
      { field: 'vendor', new_value: { name: 'Bois & Fils', status: 'active', companyId: 4 }, origin: 'rule' },
    ])
  })

  it('are none without a rule, and follow a category as well', async () => {
    expect(await adoptCompanies(database.db, 1, undefined)).toBe(0)
    await database.pool.query('delete from vendors')
    expect(await adoptCompanies(database.db, 1, { kind: 'category', categoryId: 3 })).toBe(1)
    expect(await vendors()).toEqual([{ name: 'Bois & Fils', company_id: 4 }])
  })
})

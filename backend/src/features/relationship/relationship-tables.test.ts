import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'

describe('what the tables of the relationship derive', () => {
  let database: TestDatabase
  const rows = async (query: string): Promise<Record<string, unknown>[]> => (await database.pool.query(query)).rows
  const vendors = {
    acme: '00000000-0000-4000-8000-000000000001', small: '00000000-0000-4000-8000-000000000002', foreign: '00000000-0000-4000-8000-000000000003',
  }

  beforeAll(async () => {
    database = await freshDatabase()
    const { pool } = database
    await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint) values ('m', 'd', 'c', 's')`)
    await pool.query(`insert into crm_currencies (portal_id, currency, rate, is_base, minor_factor) values (1, 'EUR', 1, true, 1), (1, 'USD', 0.9, false, 0.9), (1, 'XTS', null, false, null)`)
    await pool.query(`insert into crm_companies (portal_id, company_id, title, assigned_by_id) values (1, 10, 'Acme', 5)`)
    await pool.query(`insert into vendors (portal_id, vendor_id, company_id, name, name_key, siren, vat_number, country) values
      (1, $1, 10, 'Acme', 'acme', '732829320', null, null), (1, $2, null, 'Petit', 'petit', null, null, 'France'), (1, $3, null, 'Klein', 'klein', null, 'DE136695976', null)`,
    [vendors.acme, vendors.small, vendors.foreign])
  })
  afterAll(() => database.close())

  const asked = async (vendorId: string) => rows(`select kind, applies, ground from vendor_requirements(1, '2026-11-22') where vendor_id = '${vendorId}' order by position`)

  it('gives a new portal the French documents once', async () => {
    await rows('select compliance_requirements_start(1)')
    expect(await rows('select kind, is_on from compliance_requirements order by position')).toEqual([
      { kind: 'kbis', is_on: true }, { kind: 'urssaf', is_on: true }, { kind: 'insurance', is_on: true },
      { kind: 'foreign-workers', is_on: false }, { kind: 'tax', is_on: false },
    ])
  })

  it('asks a French vendor for the certificate of vigilance only from the threshold on, and foreign ones for nothing French', async () => {
    expect(await asked(vendors.small)).toContainEqual({ kind: 'urssaf', applies: false, ground: 'below' })
    expect(await asked(vendors.foreign)).toEqual([])
    await rows(`insert into purchases (portal_id, vendor_id, spent_on, amount_minor, currency, amount_base_minor) values (1, '${vendors.small}', '2025-12-01', 500000, 'EUR', 500000)`)
    expect(await asked(vendors.small)).toContainEqual({ kind: 'urssaf', applies: true, ground: 'spend' })
  })

  it('compares a contract in base currency, by the year where it is paid by the month, and errs on the side of asking without a rate', async () => {
    const contract = (amount: number, currency: string, period = 'total') => rows(`insert into contracts
      (portal_id, vendor_id, title, status, starts_on, amount_minor, currency, amount_period) values (1, '${vendors.acme}', 'Entretien', 'signed', '2026-01-01', ${amount}, '${currency}', '${period}') returning contract_id`)
    const [{ contract_id: dollars }] = await contract(600_000, 'USD') as [{ contract_id: string }]
    expect(await asked(vendors.acme)).toContainEqual({ kind: 'urssaf', applies: true, ground: 'contract' })
    await rows(`update contracts set amount_minor = 500000 where contract_id = '${dollars}'`)
    expect(await asked(vendors.acme)).toContainEqual({ kind: 'urssaf', applies: false, ground: 'below' })
    await rows(`update contracts set amount_minor = 50000, amount_period = 'month' where contract_id = '${dollars}'`)
    expect(await asked(vendors.acme)).toContainEqual({ kind: 'urssaf', applies: true, ground: 'contract' })
    await rows(`update contracts set amount_minor = 1, currency = 'XTS' where contract_id = '${dollars}'`)
    expect(await asked(vendors.acme)).toContainEqual({ kind: 'urssaf', applies: true, ground: 'unpriced' })
    await rows('delete from contracts')
  })

  it('lists deadlines with the contract\'s owner, else the company\'s, and leaves out what is over or concerns a terminated vendor', async () => {
    await rows(`insert into contracts (portal_id, vendor_id, title, status, starts_on, ends_on, current_ends_on, notice_on, is_tacitly_renewed, owner_user_id) values
      (1, '${vendors.acme}', 'Tacite', 'signed', '2026-01-01', '2026-12-31', '2026-12-31', '2026-09-30', true, 7),
      (1, '${vendors.acme}', 'Ferme', 'signed', '2026-01-01', '2027-06-30', '2027-06-30', null, false, null),
      (1, '${vendors.acme}', 'Sans fin', 'signed', '2026-01-01', null, null, null, false, null),
      (1, '${vendors.acme}', 'Fini', 'ended', '2025-01-01', '2025-12-31', '2025-12-31', '2025-09-30', false, null)`)
    await rows(`insert into compliance_documents (portal_id, vendor_id, kind, name, valid_to) values
      (1, '${vendors.acme}', 'insurance', 'Police 2025', '2026-01-31'), (1, '${vendors.acme}', 'insurance', 'Police 2026', '2027-01-31'), (1, '${vendors.acme}', 'kbis', null, null)`)
    const all = 'select kind, due_on, owner_user_id, is_mandatory, title from vendor_deadlines order by due_on'
    expect(await rows(all)).toEqual([
      { kind: 'contract.notice', due_on: '2026-09-30', owner_user_id: 7, is_mandatory: true, title: 'Tacite' },
      { kind: 'contract.renewal', due_on: '2026-12-31', owner_user_id: 7, is_mandatory: true, title: 'Tacite' },
      { kind: 'document.expiry', due_on: '2027-01-31', owner_user_id: 5, is_mandatory: true, title: 'Police 2026' },
      { kind: 'contract.end', due_on: '2027-06-30', owner_user_id: 5, is_mandatory: true, title: 'Ferme' },
    ])
    await rows(`update vendors set status = 'terminated' where name = 'Acme'`)
    expect(await rows(all)).toEqual([])
  })
})

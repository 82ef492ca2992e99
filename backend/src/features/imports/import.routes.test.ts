import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { batchRows } from './read-batches.ts'
import { importsUnderTest, type ImportsUnderTest } from './testing/imports-under-test.ts'

let imports: ImportsUnderTest
beforeAll(async () => {
  imports = await importsUnderTest()
})
afterAll(() => imports.close())
beforeEach(async () => {
  await imports.db.deleteFrom('imports').execute()
  await imports.db.deleteFrom('vendors').execute()
  await imports.db.deleteFrom('import_mappings').execute()
  await imports.db.deleteFrom('crm_companies').execute()
  imports.work.length = 0
})

const payments = (rows: readonly string[]): string => `Date;Fournisseur;Réf;Montant\n${rows.join('\n')}\n`
const listVendors = () => imports.db.selectFrom('vendors').selectAll().where('portal_id', '=', imports.portal.id).orderBy('name').execute()
const listPurchases = () => imports.db.selectFrom('purchases').selectAll().where('portal_id', '=', imports.portal.id).orderBy('spent_on').orderBy('amount_minor').execute()
const spend = async (): Promise<number> => {
  const rows = await imports.db.selectFrom('vendor_spend_months').select('amount_base_minor').where('portal_id', '=', imports.portal.id).execute()
  return rows.reduce((sum, row) => sum + row.amount_base_minor, 0)
}

describe('an import of purchases', () => {
  const file = payments(['05/01/2026;Martin SA;F1;1 234,56', '31/01/2026;MARTIN  sa;F2;-34,56', '01/02/2026;Durand;F3;10', ';Durand;F4;5', 'Total;;;1 210,00'])

  it('writes nothing in the dry run and says what it would write', async () => {
    const { importId, state } = await imports.upload('achats.csv', file)
    expect(state).toBe('analysed')
    const { preview, state: next } = await imports.preview(importId)
    expect(next).toBe('previewed')
    expect(preview).toMatchObject({
      rows: 5, usableRows: 3, vendorsCreated: 2, vendorsUpdated: 0, purchasesCreated: 3, purchasesKnown: 0, sums: { EUR: 121_000 }, negativeRows: 1,
      issues: { 'date.missing': { severity: 'error', count: 1, lines: [5] }, 'row.total': { count: 1, lines: [6] } },
    })
    expect(await listVendors()).toEqual([])
    expect(await listPurchases()).toEqual([])
  })

  it('writes vendors, purchases, history and rollups', async () => {
    const { result, state } = await imports.bring('achats.csv', file)
    expect(state).toBe('done')
    expect(result).toMatchObject({ rows: 5, usableRows: 3, vendorsCreated: 2, purchasesCreated: 3, sums: { EUR: 121_000 }, issues: { 'date.missing': { lines: [5] } } })
    expect((await listVendors()).map(({ name, name_key: key, status }) => [name, key, status])).toEqual([['Durand', 'durand', 'active'], ['Martin SA', 'martin', 'active']])
    expect(await spend()).toBe(121_000)
    const history = await imports.db.selectFrom('vendor_changes').select(['field', 'origin', 'by_user_id']).where('portal_id', '=', imports.portal.id).orderBy('vendor_change_id').execute()
    expect(history).toEqual(['vendor', 'vendor', 'purchases', 'purchases'].map(field => ({ field, origin: 'import', by_user_id: 7 })))
  })

  it('adds nothing when the same file comes again, and says so beforehand', async () => {
    await imports.bring('achats.csv', file)
    const again = await imports.upload('copie.csv', file)
    expect(again.importedBefore).toMatchObject({ importId: expect.any(String) })
    expect((await imports.preview(again.importId)).preview).toMatchObject({ purchasesCreated: 0, purchasesKnown: 3, vendorsCreated: 0, vendorsUnchanged: 2 })
    await imports.ask('POST', `/api/imports/${again.importId}/start`)
    await imports.deliver()
    expect((await imports.get(again.importId)).result).toMatchObject({ purchasesCreated: 0, purchasesKnown: 3, sums: { EUR: 121_000 } })
    expect(await spend()).toBe(121_000)
  })

  it('knows lines of an overlapping export by what they say', async () => {
    await imports.bring('janvier.csv', file)
    const { result } = await imports.bring('trimestre.csv', `Ref,Supplier,Paid date,Amount,Note\nF2,Martin SA,2026-01-31,-34.56,x\nF1,martin sa,2026-01-05,1234.56,y\nF9,Durand,2026-03-01,7.00,z\n`)
    expect(result).toMatchObject({ purchasesCreated: 1, purchasesKnown: 2, vendorsCreated: 0 })
  })

  it('leaves out what a registered invoice counts, says which, and writes it when told to', async () => {
    await imports.bring('avant.csv', payments(['02/01/2026;Martin SA;X0;1,00']))
    const { vendor_id } = (await listVendors())[0]!
    const invoice = { portal_id: imports.portal.id, vendor_id, currency: 'EUR', net_minor: 10_000, tax_minor: 2_000, total_minor: 12_000, issued_on: '2026-01-05' }
    await imports.db.insertInto('vendor_invoices').values([{ ...invoice, number: 'FA-0007' }, { ...invoice, number: 'FA-8', status: 'rejected' as const }]).execute()
    const text = payments(['20/01/2026;Martin SA;fa 7;120,00', '05/01/2026;Martin SA;;100,00', '05/01/2026;Martin SA;FA-8;120,00'])
    const { importId } = await imports.upload('banque.csv', text)
    expect((await imports.preview(importId)).preview).toMatchObject({ purchasesCreated: 1, issues: { 'purchase.invoiced': { severity: 'warning', count: 2, lines: [2, 3] } } })
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect((await imports.get(importId)).result).toMatchObject({ purchasesCreated: 1, issues: { 'purchase.invoiced': { count: 2 } } })
    const { importId: again } = await imports.upload('banque.csv', text)
    await imports.ask('PATCH', `/api/imports/${again}/options`, { body: { set: { keepsInvoiced: true } } })
    expect((await imports.preview(again)).preview).toMatchObject({ purchasesCreated: 2 })
  })

  it('counts two lines that say exactly the same twice, once', async () => {
    const twins = payments(['05/01/2026;Martin SA;F1;10,00', '05/01/2026;Martin SA;F1;10,00'])
    expect((await imports.bring('a.csv', twins)).result).toMatchObject({ purchasesCreated: 2 })
    expect((await imports.bring('b.csv', `${twins}06/01/2026;Martin SA;F2;1,00\n`)).result).toMatchObject({ purchasesCreated: 1, purchasesKnown: 2 })
    expect(await spend()).toBe(2100)
  })

  it('prices other currencies by the portal\'s rate and never invents one', async () => {
    await imports.db.insertInto('crm_currencies').values([{ portal_id: imports.portal.id, currency: 'GBP', rate: '1.2' }, { portal_id: imports.portal.id, currency: 'CHF', rate: null }]).execute()
    const { result } = await imports.bring('devises.csv', 'Date;Fournisseur;Montant;Devise\n05/01/2026;A;10,00;GBP\n05/01/2026;A;10,00;CHF\n')
    expect((await listPurchases()).map(row => [row.currency, row.amount_base_minor])).toEqual(expect.arrayContaining([['GBP', 1200], ['CHF', null]]))
    expect(result).toMatchObject({ sums: { GBP: 1000, CHF: 1000 }, issues: { 'currency.no_rate': { count: 1, lines: [3] } } })
  })

  it('links a newcomer to the one company of its name, and two of them never to the same', async () => {
    const company = (id: number, title: string) => imports.db.insertInto('crm_companies').values({ portal_id: imports.portal.id, company_id: id, title, type_id: null }).execute()
    await company(1, 'MARTIN S.A.')
    await company(2, 'Durand')
    await company(3, 'Durand SARL')
    await imports.bring('achats.csv', payments(['05/01/2026;Martin SA;1;1', '05/01/2026;Martin SARL;2;1', '05/01/2026;Durand;3;1']))
    expect((await listVendors()).map(({ name, company_id: companyId }) => [name, companyId])).toEqual([['Durand', null], ['Martin SA', 1], ['Martin SARL', null]])
  })
})

describe('a file without days', () => {
  const file = 'Supplier Name,Paid Date,Amount,Trans No\nACME,00:00:00,10.00,1\n'
  it('waits for the period of its name to be accepted', async () => {
    const { importId, profile } = await imports.upload('spend-apr-jun-2014.csv', file)
    expect(profile).toMatchObject({ isUndated: true, period: { from: '2014-04-01', to: '2014-06-30', source: 'name' } })
    await imports.preview(importId)
    expect(await imports.ask('POST', `/api/imports/${importId}/start`)).toMatchObject({ status: 409, body: { code: 'import.period_unconfirmed' } })
    await imports.ask('PATCH', `/api/imports/${importId}/options`, { body: { set: { isPeriodConfirmed: true } } })
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect(await listPurchases()).toMatchObject([{ spent_on: '2014-06-30', is_period_guess: true, amount_minor: 1000 }])
  })
})

describe('an import that is interrupted', () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => `${String(index % 28 + 1).padStart(2, '0')}/01/2026;Vendor ${index % 70};R${index % 9000};${index % 9},5`)

  it('goes on exactly after its last batch, whoever delivers it and how often', async () => {
    const { importId } = await imports.upload('grand.csv', payments(rows))
    await imports.preview(importId)
    await imports.ask('POST', `/api/imports/${importId}/start`)
    const [work] = imports.work
    const stop = new AbortController()
    const watch = setInterval(() => void imports.db.selectFrom('imports').select('progress_rows').executeTakeFirst().then(row => row && row.progress_rows > 0 && stop.abort()), 1)
    await expect(imports.deliver(stop.signal)).rejects.toThrow()
    clearInterval(watch)
    const half = await imports.get(importId)
    expect(half.state).toBe('running')
    expect(half.progressRows % batchRows).toBe(0)
    expect((await listPurchases()).length).toBe(half.progressRows)
    imports.work.push(work!, work!, work!)
    await Promise.all([imports.deliver(), imports.work.push(work!) && imports.deliver()])
    const { result, state } = await imports.get(importId)
    expect(state).toBe('done')
    expect(result).toMatchObject({ rows: 12_000, usableRows: 12_000, purchasesCreated: 12_000, vendorsCreated: 70 })
    expect((await listPurchases()).length).toBe(12_000)
    expect(await spend()).toBe(result!.sums['EUR'])
  })

  it('stops when cancelled, can go on, and can be undone', async () => {
    const { importId } = await imports.upload('grand.csv', payments(rows))
    await imports.preview(importId)
    await imports.ask('POST', `/api/imports/${importId}/start`)
    expect((await imports.ask('POST', `/api/imports/${importId}/cancel`)).body).toMatchObject({ state: 'cancelled' })
    await imports.deliver()
    expect(await listPurchases()).toEqual([])
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect((await listPurchases()).length).toBe(12_000)
    await imports.ask('POST', `/api/imports/${importId}/undo`)
    await imports.deliver()
    expect(await imports.get(importId)).toMatchObject({ state: 'undone', undoResult: { purchasesRemoved: 12_000, vendorsRemoved: 70, conflicts: 0 } })
    expect(await listVendors()).toEqual([])
    expect(await spend()).toBe(0)
  })
})

describe('a list of vendors', () => {
  const list = (rows: readonly string[]): string => `Raison sociale;SIREN;Courriel;Ville;IBAN\n${rows.join('\n')}\n`

  it('updates by identifier, shows old beside new, and erases nothing by a blank', async () => {
    await imports.bring('a.csv', list(['Martin SA;732829320;old@martin.fr;Lyon;FR1420041010050500013M02606', 'Durand;552100554;;Paris;']))
    const { importId } = await imports.upload('b.csv', list(['Martin et Fils;732 829 320;new@martin.fr;;FR7630006000011234567890189', 'Durand;552100554;;Paris;', 'Petit;542065479;;Lille;']))
    const { preview } = await imports.preview(importId)
    expect(preview).toMatchObject({ vendorsCreated: 1, vendorsUpdated: 1, vendorsUnchanged: 1, issues: { 'iban.kept': { severity: 'warning', lines: [2] } } })
    const { body } = await imports.ask('GET', `/api/imports/${importId}/diffs?outcome=updated`)
    expect(body.diffs).toEqual([{ line: 2, outcome: 'updated', vendorId: expect.any(String), name: 'Martin et Fils', changes: [
      { field: 'name', old: 'Martin SA', new: 'Martin et Fils' }, { field: 'email', old: 'old@martin.fr', new: 'new@martin.fr' },
    ] }])
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect(await listVendors()).toMatchObject([
      { name: 'Durand' }, { name: 'Martin et Fils', name_key: 'martin et fils', email: 'new@martin.fr', city: 'Lyon', iban: 'FR1420041010050500013M02606', version: 2 }, { name: 'Petit', status: 'prospect' },
    ])
  })

  it('proposes other bank details to a second person, once, and takes the proposal back with the import', async () => {
    await imports.bring('a.csv', list(['Martin SA;732829320;;Lyon;FR1420041010050500013M02606']))
    const { importId } = await imports.bring('b.csv', list(['Martin SA;732829320;;;FR7630006000011234567890189', 'Martin SA;732829320;;;FR7630006000011234567890189']))
    const proposals = () => imports.db.selectFrom('vendor_change_proposals').select(['kind', 'changes', 'origin', 'origin_id', 'status', 'author_id']).execute()
    const offered = { kind: 'bank', changes: { iban: { from: 'FR1420041010050500013M02606', to: 'FR7630006000011234567890189' } }, origin: 'import', origin_id: importId, author_id: 7 }
    expect(await proposals()).toEqual([{ ...offered, status: 'waiting' }])
    expect(await listVendors()).toMatchObject([{ iban: 'FR1420041010050500013M02606', iban_set_by: 7, iban_approved_at: null }])
    await imports.ask('POST', `/api/imports/${importId}/undo`)
    await imports.deliver()
    expect(await proposals()).toEqual([{ ...offered, status: 'withdrawn' }])
  })

  it('proposes another name of a vendor in use to a second person and writes the rest', async () => {
    await imports.bring('a.csv', list(['Martin SA;732829320;old@martin.fr;;']))
    await imports.db.updateTable('vendors').set({ status: 'active' }).execute()
    const { importId } = await imports.bring('b.csv', list(['Martin et Fils;732829320;new@martin.fr;Lyon;', 'Martin et Fils;732829320;last@martin.fr;Lyon;']))
    expect(await listVendors()).toMatchObject([{ name: 'Martin SA', email: 'last@martin.fr', city: 'Lyon' }])
    const proposals = await imports.db.selectFrom('vendor_change_proposals').select(['kind', 'changes', 'origin', 'status']).execute()
    expect(proposals).toEqual([{ kind: 'legal', changes: { name: { from: 'Martin SA', to: 'Martin et Fils' } }, origin: 'import', status: 'waiting' }])
    await imports.ask('POST', `/api/imports/${importId}/undo`)
    await imports.deliver()
    expect(await listVendors()).toMatchObject([{ name: 'Martin SA', email: 'old@martin.fr', city: null }])
  })

  it('undoes field by field, keeps what was touched since, and reports it', async () => {
    await imports.bring('a.csv', list(['Martin SA;732829320;old@martin.fr;Lyon;', 'Durand;552100554;a@durand.fr;Paris;']))
    const { importId } = await imports.bring('b.csv', list(['Martin SA;732829320;new@martin.fr;Nice;', 'Durand;552100554;b@durand.fr;Paris;', 'Petit;542065479;;Lille;', 'Neuf;;;Nantes;', 'Lié;;;Brest;']))
    const touch = async (name: string, city: string): Promise<void> => {
      const { vendor_id: vendorId } = await imports.db.updateTable('vendors').set({ city, version: 3 }).where('name', '=', name).returning('vendor_id').executeTakeFirstOrThrow()
      await imports.db.insertInto('vendor_changes').values({ portal_id: imports.portal.id, vendor_id: vendorId, field: 'city', origin: 'person', by_user_id: 7 }).execute()
    }
    await touch('Martin SA', 'Toulon')
    await touch('Petit', 'Roubaix')
    const linked = await imports.db.selectFrom('vendors').select('vendor_id').where('name', '=', 'Lié').executeTakeFirstOrThrow()
    await imports.db.insertInto('deal_vendors').values({ portal_id: imports.portal.id, deal_id: 1, vendor_id: linked.vendor_id, currency: 'EUR' } as never).execute()
    await imports.ask('POST', `/api/imports/${importId}/undo`)
    await imports.deliver()
    expect(await imports.get(importId)).toMatchObject({ state: 'undone', canUndo: false, undoResult: { vendorsRemoved: 1, vendorsRestored: 1, conflicts: 3 } })
    expect((await listVendors()).map(({ name, email, city }) => [name, email, city])).toEqual([
      ['Durand', 'a@durand.fr', 'Paris'], ['Lié', null, 'Brest'], ['Martin SA', 'old@martin.fr', 'Toulon'], ['Petit', null, 'Roubaix'],
    ])
    const { body } = await imports.ask('GET', `/api/imports/${importId}/conflicts`)
    expect(body.conflicts.map((conflict: { name: string, reason: string }) => [conflict.name, conflict.reason])).toEqual([['Lié', 'used'], ['Martin SA', 'partly_changed'], ['Petit', 'changed']])
  })

  it('proposes vendors that may be the same, shows the merge, and does as decided', async () => {
    await imports.bring('a.csv', list(['Martin SA;;info@martin.fr;Lyon;', 'Électricité Moderne;;;Metz;']))
    const { importId } = await imports.upload('b.csv', list(['MARTIN SARL;;;;FR1420041010050500013M02606', 'Electricité Modernes;;;Metz;', 'Petit;;;Lille;']))
    expect((await imports.preview(importId)).preview).toMatchObject({ vendorsCreated: 3, duplicates: 2 })
    const { body: { duplicates } } = await imports.ask('GET', `/api/imports/${importId}/duplicates`)
    expect(duplicates).toMatchObject([
      { incomingKey: 'martin sarl', reason: 'same_key', merged: { name: 'Martin SA', city: 'Lyon', iban: 'FR1420041010050500013M02606' }, decision: null },
      { incomingKey: 'electricité modernes', reason: 'similar' },
    ])
    await imports.ask('POST', `/api/imports/${importId}/duplicates`, { body: { incomingKeys: ['martin sarl'], decision: 'merge' } })
    expect((await imports.ask('POST', `/api/imports/${importId}/duplicates`, { body: { incomingKeys: ['electricité modernes'], decision: 'skip' } })).body).toMatchObject({ undecidedDuplicates: 0, isPreviewStale: true })
    expect((await imports.preview(importId)).preview).toMatchObject({ vendorsCreated: 1, vendorsUpdated: 1, issues: { 'row.skipped': { lines: [3] } } })
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect((await listVendors()).map(({ name, iban }) => [name, iban])).toEqual([['Électricité Moderne', null], ['Martin SA', 'FR1420041010050500013M02606'], ['Petit', null]].sort())
  })
})

describe('two spellings in one file', () => {
  const file = payments(['05/01/2026;Dupont et Fils SARL;1;10', '06/01/2026;DUPONT ET FILS;2;20', '07/01/2026;dupont & fils;3;30'])
  it('stay two vendors until somebody merges them, and then are one', async () => {
    const { importId } = await imports.upload('a.csv', file)
    expect((await imports.preview(importId)).preview).toMatchObject({ vendorsCreated: 3, duplicates: 2 })
    await imports.ask('POST', `/api/imports/${importId}/duplicates`, { body: { incomingKeys: ['dupont et fils', 'dupont & fils'], decision: 'merge' } })
    expect((await imports.preview(importId)).preview).toMatchObject({ vendorsCreated: 1, usableRows: 3, sums: { EUR: 6000 } })
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect((await listVendors()).map(({ name }) => name)).toEqual(['Dupont et Fils SARL'])
    expect(await spend()).toBe(6000)
  })
  it('are one from the start when the import is told so', async () => {
    expect((await imports.bring('a.csv', file, { mergeSameKey: true })).result).toMatchObject({ vendorsCreated: 1, purchasesCreated: 3 })
  })
  it('make the newcomer once when two files bring it at the same time', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map(async name => (await imports.upload(`${name}.csv`, payments([`05/01/2026;Nouveau;${name};10`]))).importId))
    for (const importId of ids) {
      await imports.preview(importId)
      await imports.ask('POST', `/api/imports/${importId}/start`)
    }
    await Promise.all(imports.work.splice(0).map((work) => {
      imports.work.push(work)
      return imports.deliver()
    }))
    expect((await listVendors()).map(({ name }) => name)).toEqual(['Nouveau'])
    expect(await spend()).toBe(3000)
  })
})

describe('corrections', () => {
  const file = payments(['05/13/2026x;Martin;1;10', '06/01/2026;;2;20', '07/01/2026;;3;30', '08/01/2026;Durand;4;40'])
  it('put a cell right, or every cell that holds the same, and are read at once', async () => {
    const { importId } = await imports.upload('a.csv', file)
    await imports.preview(importId)
    const { body: page } = await imports.ask('GET', `/api/imports/${importId}/issues?severity=error`)
    expect(page).toMatchObject({ total: 3, rows: [{ line: 2, issues: [{ code: 'date.unreadable', column: 0 }] }, { line: 3, issues: [{ code: 'vendor.missing', column: 1 }] }, { line: 4 }] })
    expect((await imports.ask('POST', `/api/imports/${importId}/fixes`, { body: { line: 2, column: 0, value: '05/01/2026' } })).body)
      .toEqual({ row: { line: 2, cells: ['05/01/2026', 'Martin', '1', '10'], fixedColumns: [0], decision: null, issues: [] }, fixedRows: 1 })
    expect((await imports.ask('POST', `/api/imports/${importId}/fixes`, { body: { line: 3, column: 1, value: 'Inconnu', everywhere: true } })).body).toMatchObject({ fixedRows: 2 })
    expect(await imports.get(importId)).toMatchObject({ isPreviewStale: true, fixedCells: 3 })
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect((await imports.get(importId)).result).toMatchObject({ usableRows: 4, sums: { EUR: 10_000 }, issues: {} })
  })
})

describe('settings', () => {
  it('are remembered for the next file of the same shape', async () => {
    const shape = 'Quand;Qui;Combien;Autre\n05/01/2026;Martin;1;2\n'
    await imports.bring('a.csv', shape, { mapping: { date: 0, vendorName: 1, amount: 3 } })
    const { profile } = await imports.upload('b.csv', shape.replace('Martin', 'Durand'))
    expect(profile!.columns).toEqual([{ field: 'date', column: 0, source: 'remembered' }, { field: 'vendorName', column: 1, source: 'remembered' }, { field: 'amount', column: 3, source: 'remembered' }])
  })
  it('show at once what they change, and can be taken back', async () => {
    const { importId } = await imports.upload('a.csv', payments(['01/02/2026;Martin;1;1.234']))
    const sample = async (): Promise<unknown> => (await imports.ask('GET', `/api/imports/${importId}/sample`)).body.rows[0]
    expect(await sample()).toMatchObject({ day: '2026-02-01', amountMinor: 123_400 })
    await imports.ask('PATCH', `/api/imports/${importId}/options`, { body: { set: { decimal: '.', dateOrder: 'mdy' } } })
    expect(await sample()).toMatchObject({ day: '2026-01-02', amountMinor: 123 })
    await imports.ask('PATCH', `/api/imports/${importId}/options`, { body: { set: {}, reset: ['decimal'] } })
    expect(await sample()).toMatchObject({ day: '2026-01-02', amountMinor: 123_400 })
  })
})

describe('files that nobody needs', () => {
  it('leave when another one comes: broken uploads, what was never imported, the bytes of what is long done', async () => {
    const rows = async (): Promise<string[]> => (await imports.db.selectFrom('imports').select('file_name').orderBy('file_name').execute()).map(row => row.file_name)
    const old = new Date('2026-01-01T00:00:00Z')
    const { importId } = await imports.bring('done.csv', payments(['01/02/2026;Martin;1;1']))
    await imports.upload('waiting.csv', payments(['01/02/2026;Martin;1;1']))
    await imports.upload('fresh.csv', payments(['01/02/2026;Martin;1;2']))
    await imports.db.insertInto('imports').values({ portal_id: imports.portal.id, file_name: 'broken.csv', fingerprint: '', size_bytes: 0, created_by: 7, created_at: old } as never).execute()
    await imports.db.updateTable('imports').set({ updated_at: old }).where('file_name', '=', 'waiting.csv').execute()
    await imports.db.updateTable('imports').set({ updated_at: new Date('2026-03-14T00:00:00Z') }).where('file_name', '=', 'fresh.csv').execute()
    await imports.db.updateTable('imports').set({ finished_at: old }).where('import_id', '=', importId).execute()
    await imports.upload('new.csv', payments(['01/02/2026;Martin;1;3']))
    expect(await rows()).toEqual(['done.csv', 'fresh.csv', 'new.csv'])
    expect(await imports.db.selectFrom('import_chunks').select('ordinal').where('import_id', '=', importId).execute()).toEqual([])
    expect(await imports.get(importId)).toMatchObject({ state: 'done', canUndo: true })
  })
})

describe('whoever asks', () => {
  it('needs a session and an administrator, and never reaches another portal', async () => {
    const { importId } = await imports.upload('a.csv', payments(['01/02/2026;Martin;1;1']))
    for (const [method, path] of [['GET', ''], ['GET', '/sample'], ['GET', '/issues'], ['GET', '/diffs'], ['GET', '/duplicates'], ['GET', '/conflicts'], ['POST', '/preview'], ['POST', '/start'], ['POST', '/cancel'], ['POST', '/undo'], ['DELETE', '']] as const) {
      const url = `/api/imports/${importId}${path}`
      expect(await imports.ask(method, url, { as: null })).toMatchObject({ status: 401 })
      expect(await imports.ask(method, url, { as: { isAdmin: false } })).toMatchObject({ status: 403, body: { code: 'auth.admin_only' } })
      expect(await imports.ask(method, url, { as: { portal: imports.stranger } })).toMatchObject({ status: 404, body: { code: 'import.not_found' } })
    }
    expect((await imports.ask('GET', '/api/imports', { as: { portal: imports.stranger } })).body).toEqual({ imports: [], hasMore: false })
  })
  it('gets a plain refusal for what is no text, empty, or out of turn', async () => {
    await expect(imports.upload('a.xlsx', Buffer.from('504b030414000600', 'hex'))).rejects.toThrow('import.not_text')
    await expect(imports.upload('a.csv', '')).rejects.toThrow('import.empty')
    const { importId } = await imports.upload('a.csv', 'x\ny\n')
    expect(await imports.ask('POST', `/api/imports/${importId}/start`)).toMatchObject({ status: 409 })
    expect(await imports.ask('POST', `/api/imports/${importId}/undo`)).toMatchObject({ status: 409, body: { code: 'import.busy' } })
    expect(await imports.ask('GET', '/api/imports/nonsense')).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
    expect(await imports.ask('DELETE', `/api/imports/${importId}`)).toMatchObject({ status: 200 })
    expect(await imports.ask('GET', `/api/imports/${importId}`)).toMatchObject({ status: 404 })
    expect(imports.undeclared).toEqual([])
  })
})

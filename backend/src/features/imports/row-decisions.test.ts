import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Import } from '@comptoir/shared/imports/import.contract'
import { importsUnderTest, type ImportsUnderTest } from './testing/imports-under-test.ts'

const file = [
  'Fournisseur;Date;N° facture;Montant HT',
  'Morel;31/01/2026;F1;10,00',
  'Total Nord;;;20,00',
  'Total Sud;;;30,00',
  'Durand;01/02/2026;F2;12,345',
].join('\n')

describe('a row of the dry run', () => {
  let imports: ImportsUnderTest
  let tried: Import
  beforeAll(async () => {
    imports = await importsUnderTest()
    tried = await imports.preview((await imports.upload('achats-2026-02.csv', file)).importId)
  })
  afterAll(() => imports.close())
  const decide = (body: object) => imports.ask('POST', `/api/imports/${tried.importId}/rows`, { body })

  it('that only raises a doubt may be left out, and taken back', async () => {
    expect(tried.preview).toMatchObject({ usableRows: 2, sums: { EUR: 2235 } })
    expect((await decide({ line: 5, decision: 'skip' })).body).toMatchObject({ decidedRows: 1, row: { line: 5, decision: 'skip', issues: [{ code: 'row.skipped', severity: 'error' }] } })
    expect(await imports.preview(tried.importId)).toMatchObject({ preview: { usableRows: 1, sums: { EUR: 1000 }, issues: { 'row.skipped': { lines: [5] } } } })
    expect((await decide({ line: 5, decision: null })).body.row).toMatchObject({ decision: null, issues: [{ code: 'amount.rounded' }] })
  })

  it('that was taken for no data may be read all the same, one or all of a kind', async () => {
    expect((await decide({ code: 'row.total', decision: 'take' })).body).toEqual({ row: null, decidedRows: 2 })
    const { body } = await imports.ask('GET', `/api/imports/${tried.importId}/issues?code=date.missing`)
    expect(body.rows).toMatchObject([{ line: 3, decision: 'take' }, { line: 4, decision: 'take' }])
    await imports.ask('POST', `/api/imports/${tried.importId}/fixes`, { body: { line: 3, column: 1, value: '15/02/2026' } })
    expect(await imports.preview(tried.importId)).toMatchObject({ preview: { usableRows: 3, sums: { EUR: 4235 } } })
  })

  it('that is right by now can still be changed, and a line that is not there cannot', async () => {
    const fixed = await imports.ask('POST', `/api/imports/${tried.importId}/fixes`, { body: { line: 2, column: 3, value: '11,00' } })
    expect(fixed.body.row).toMatchObject({ line: 2, cells: ['Morel', '31/01/2026', 'F1', '11,00'], fixedColumns: [3], issues: [] })
    expect(await decide({ line: 99, decision: 'skip' })).toMatchObject({ status: 404, body: { code: 'import.line_unknown' } })
    expect(imports.undeclared).toEqual([])
  })

  it('is written as it was decided', async () => {
    await decide({ line: 5, decision: 'skip' })
    await imports.preview(tried.importId)
    await imports.ask('POST', `/api/imports/${tried.importId}/start`)
    await imports.deliver()
    expect((await imports.get(tried.importId)).result).toMatchObject({ usableRows: 2, purchasesCreated: 2, sums: { EUR: 3100 } })
  })
})

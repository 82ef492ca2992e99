import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { importsUnderTest, type ImportsUnderTest } from './testing/imports-under-test.ts'
import { unpackedBytes } from '../../platform/workbooks/workbook-size.ts'
import { readWorkbook } from '../../platform/workbooks/read-workbook.ts'

const title = (value: string) => ({ value })
const day = (text: string) => ({ value: new Date(`${text}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' })

/** As a buyer keeps it: a cover, the purchases with real dates and numbers, the addresses on a third sheet. */
const workbook = (): Promise<Buffer> => writeExcelFile([
  { data: [[title('Achats 2026')]], sheet: 'Couverture' },
  {
    data: [
      ['Date', 'Fournisseur', 'Réf', 'Montant TTC'].map(title),
      [day('2026-01-05'), title('Papeterie Morel'), title('00123'), { value: 1234.56, type: Number }],
      [day('2026-02-01'), title('Durand; Fils'), title('F-2'), { value: 2.125, type: Number }],
    ],
    sheet: 'Achats',
  },
  { data: [['Nom', 'Code', 'Ville'].map(title), ['Garage Petit', '007', 'Nantes'].map(title)], sheet: 'Adresses' },
]).toBuffer()

describe('a workbook', () => {
  it('is read as the sheet with rows, its dates and numbers as they are and its codes untouched', async () => {
    const { sheet, sheets, text } = await readWorkbook(await workbook())
    expect([sheet, sheets]).toEqual(['Achats', ['Couverture', 'Achats', 'Adresses']])
    expect(text.split('\r\n')).toEqual(['Date;Fournisseur;Réf;Montant TTC', '2026-01-05;Papeterie Morel;00123;1234.56', '2026-02-01;"Durand; Fils";F-2;2.1250', ''])
  })

  it('that is another archive, or none at all, is refused', async () => {
    await expect(readWorkbook(Buffer.from('504b030414000600', 'hex'))).rejects.toMatchObject({ code: 'import.not_text' })
    const empty = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
    await expect(readWorkbook(empty)).rejects.toMatchObject({ code: 'import.not_text' })
  })

  it('that would fill the memory is refused before anything is unpacked', async () => {
    const bomb = await workbook()
    const entry = bomb.indexOf(Buffer.from('504b0102', 'hex'))
    bomb.writeUInt32LE(0xF0000000, entry + 24)
    expect(unpackedBytes(bomb)).toBeGreaterThan(4_000_000_000)
    await expect(readWorkbook(bomb)).rejects.toMatchObject({ code: 'request.too_large' })
  })
})

describe('an import of a workbook', () => {
  let imports: ImportsUnderTest
  beforeAll(async () => {
    imports = await importsUnderTest()
  })
  afterAll(() => imports.close())

  it('brings the purchases of its sheet', async () => {
    const { result, state, workbook: read } = await imports.bring('achats.xlsx', await workbook())
    expect(state).toBe('done')
    expect(read).toEqual({ sheet: 'Achats', sheets: ['Couverture', 'Achats', 'Adresses'] })
    expect(await imports.db.selectFrom('import_workbooks').select('bytes').execute()).toEqual([{ bytes: Buffer.alloc(0) }])
    expect(result).toMatchObject({ usableRows: 2, vendorsCreated: 2, purchasesCreated: 2, firstDay: '2026-01-05', lastDay: '2026-02-01' })
    const purchases = await imports.db.selectFrom('purchases').select(['spent_on', 'amount_minor']).orderBy('spent_on').execute()
    expect(purchases).toEqual([{ spent_on: '2026-01-05', amount_minor: 123_456 }, { spent_on: '2026-02-01', amount_minor: 213 }])
  })

  it('is read again from the sheet that is chosen, without the choices made for the one before', async () => {
    const { importId } = await imports.upload('achats.xlsx', await workbook())
    await imports.preview(importId, { currency: 'CHF' })
    const { status, body } = await imports.ask('POST', `/api/imports/${importId}/sheet`, { body: { sheet: 'Adresses' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ state: 'analysed', kind: 'vendors', rows: 1, preview: null, options: {}, workbook: { sheet: 'Adresses' } })
    expect((await imports.preview(importId)).preview).toMatchObject({ vendorsCreated: 1 })
  })

  it('refuses a sheet it does not have, and a sheet of a text file', async () => {
    const { importId } = await imports.upload('achats.xlsx', await workbook())
    expect((await imports.ask('POST', `/api/imports/${importId}/sheet`, { body: { sheet: 'Feuil9' } })).body.code).toBe('import.not_found')
    const text = await imports.upload('a.csv', 'Nom;Ville\nMorel;Nantes\n')
    expect(text.workbook).toBeNull()
    expect((await imports.ask('POST', `/api/imports/${text.importId}/sheet`, { body: { sheet: 'Achats' } })).body.code).toBe('import.not_found')
    expect(imports.undeclared).toEqual([])
  })
})

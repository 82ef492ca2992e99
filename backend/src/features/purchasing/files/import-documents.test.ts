import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purchasingUnderTest, type PurchasingUnderTest } from '../testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
let vendorId: string
beforeAll(async () => {
  test = await purchasingUnderTest()
  vendorId = await test.addVendor({ name: 'Visserie Morel', code: 'F001' })
})
afterAll(async () => {
  expect(test.undeclared).toEqual([])
  await test.close()
})

const send = async (kind: string, text: string, isDryRun = false, of: string | null = null) =>
  (await test.ask('POST', '/api/purchasing-files', { kind, content: Buffer.from(text, 'latin1').toString('base64'), vendorId: of, isDryRun })).body

const orders = 'N° commande;Date;Fournisseur;Référence;Désignation;Quantité;PU HT;Date promise\r\nC-1;01/03/2026;VISSERIE MOREL SARL;VIS-8;Vis;100;10,5;10/03/2026\r\nC-1;01/03/2026;Visserie Morel;ECR-8;Écrou;50;2;12/03/2026\r\nC-2;02/03/2026;Visserie Morel;VIS-8;Vis;20;10,5;15/03/2026\r\n'

describe('a table of documents', () => {
  it('is tried before it is written, and written once', async () => {
    expect(await send('orders', orders, true)).toMatchObject({ isDryRun: true, created: 2, known: 0, faulty: 0, issues: [], sample: [{ number: 'C-1', lineCount: 2, amount: { minor: 115_000, currency: 'EUR' } }, { number: 'C-2' }] })
    expect((await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)).body.counts.orders).toBe(0)
    expect(await send('orders', orders)).toMatchObject({ created: 2, known: 0 })
    expect(await send('orders', orders)).toMatchObject({ created: 0, known: 2 })
    const { body } = await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)
    expect(body.orders).toMatchObject([{ number: 'C-2', origin: 'csv' }, { number: 'C-1', lines: [{ itemName: 'Vis', promisedOn: '2026-03-10' }, { itemName: 'Écrou', quantity: 50 }] }])
  })

  it('ties receipts and invoices to the lines of their orders', async () => {
    expect(await send('receipts', 'BL;Date réception;Code fournisseur;Commande;Référence;Quantité reçue;Quantité refusée;Motif\nBL-9;11/03/2026;F001;C-1;VIS-8;100;5;Rouille\n')).toMatchObject({ created: 1, issues: [] })
    expect(await send('invoices', 'Facture;Date facture;Échéance;Commande;Référence;Désignation;Quantité;Montant HT;Taux TVA\nF-9;12/03/2026;11/04/2026;C-1;VIS-8;Vis;95;997,50;20 %\nAV-1;13/03/2026;;;;Geste;;-20,00;20\n', false, vendorId)).toMatchObject({ created: 2, issues: [] })
    const { body } = await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)
    expect(body.receipts[0].lines).toMatchObject([{ orderNumber: 'C-1', rejectedQuantity: 5, rejectReason: 'Rouille' }])
    expect(body.invoices).toMatchObject([
      { number: 'AV-1', kind: 'credit_note', netMinor: 2_000, taxMinor: 400 },
      { number: 'F-9', netMinor: 99_750, taxMinor: 19_950, dueOn: '2026-04-11', match: { status: 'matched' } },
    ])
    expect(test.told).toHaveLength(2)
  })

  it('takes the tax that the file states before what the rates make, and the category where there is one', async () => {
    const text = 'Facture;Date;Désignation;Montant HT;TVA;Code TVA\nF-20;12/03/2026;Vis;600,05;120,01;S\nF-20;12/03/2026;Port;50,00;2,75;taux réduit\nF-21;12/03/2026;Vis;80,00;;Autoliquidation\n'
    expect(await send('invoices', text, false, vendorId)).toMatchObject({ created: 2, issues: [], columns: expect.arrayContaining([{ header: 'TVA', field: 'tax' }]) })
    const { body } = await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)
    const found = (number: string) => body.invoices.find((one: { number: string }) => one.number === number)
    expect(found('F-20')).toMatchObject({ netMinor: 65_005, taxMinor: 12_276, lines: [{ taxCategory: 'S' }, { taxCategory: 'S' }] })
    expect(found('F-21')).toMatchObject({ taxMinor: 0, lines: [{ taxCategory: 'AE' }] })
    expect(await send('invoices', 'Facture;Date;Montant HT;TVA;Code TVA\nF-22;12/03/2026;10,00;20;TVA bizarre\n', true, vendorId)).toMatchObject({ created: 0, issues: [{ field: 'taxCategory', code: 'bad_tax_category', value: 'TVA bizarre' }], columns: expect.arrayContaining([{ header: 'TVA', field: 'taxRate' }]) })
  })

  it('says line by line what is wrong, and leaves the document out', async () => {
    const report = await send('receipts', 'BL;Date;Fournisseur;Commande;Quantité\nBL-10;11/03/2026;Visserie Morel;C-1;10\nBL-10;11/03/2026;Visserie Morel;C-1;dix\nBL-11;11/03/2026;Inconnu;C-1;10\nBL-12;11/03/2026;Visserie Morel;C-404;10\n')
    expect(report).toMatchObject({
      created: 0, faulty: 3,
      issues: [{ line: 3, field: 'quantity', code: 'bad_number', value: 'dix' }, { line: 4, code: 'unknown_vendor', value: 'Inconnu' }, { line: 5, code: 'unknown_order', value: 'C-404' }],
    })
    expect(await send('orders', 'Fournisseur;Quantité\nX;1\n')).toMatchObject({ created: 0, issues: [{ code: 'no_column' }, { code: 'no_column' }, { code: 'no_column' }] })
  })

  it('finds only vendors whose prices one may edit', async () => {
    await test.grant('viewer', ['identity', 'prices'])
    expect(await send('orders', orders.replaceAll('C-', 'D-'))).toMatchObject({ created: 0, issueCount: 3 })
  })
})

import { describe, expect, it } from 'vitest'
import { readDocumentTable, RowReader } from './document-table.ts'

const table = (kind: 'orders' | 'receipts' | 'invoices', text: string) => readDocumentTable(kind, new TextEncoder().encode(text))

describe('a table of documents', () => {
  it('is read as a French spreadsheet writes it', async () => {
    const read = await readDocumentTable('orders', Uint8Array.from(Buffer.from('N° commande;Date de commande;Fournisseur;Réf.;Désignation;Qté;PU HT;Date promise\r\nC-1;01/03/2026;Visserie;VIS-8;Vis;1 250,5;0,0042;31/03/2026\r\n', 'latin1')))
    expect(read.mapping).toMatchObject({ number: 0, day: 1, vendorName: 2, itemCode: 3, itemName: 4, quantity: 5, unitPrice: 6, promisedOn: 7 })
    const row = new RowReader(read, read.rows[0]!)
    expect([row.required('number'), row.day('day'), row.positive('quantity'), row.number('unitPrice'), row.day('promisedOn'), row.issues]).toEqual(['C-1', '2026-03-01', 1250.5, 0.0042, '2026-03-31', []])
  })

  it('gives a bare date to the field that has none of its own', async () => {
    expect((await table('invoices', 'Date,Due date,Invoice,Supplier,Amount\n2026-03-01,2026-04-01,F1,X,12.5\n')).mapping).toMatchObject({ day: 0, dueOn: 1, number: 2, vendorName: 3, net: 4 })
  })

  it('says which columns are missing and which cells are wrong', async () => {
    expect((await table('receipts', 'Fournisseur;BL\nX;1\n')).issues).toMatchObject([{ field: 'day', code: 'no_column' }, { field: 'quantity', code: 'no_column' }])
    const read = await table('receipts', 'Fournisseur;BL;Date;Quantité\nX;;bientôt;-3\n')
    const row = new RowReader(read, read.rows[0]!)
    row.required('number')
    row.requiredDay('day')
    row.positive('quantity')
    expect(row.issues).toEqual([
      { line: 2, field: 'number', code: 'missing', value: '' }, { line: 2, field: 'day', code: 'bad_date', value: 'bientôt' }, { line: 2, field: 'quantity', code: 'not_positive', value: '-3' },
    ])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ciiInvoice } from '../testing/e-invoice-files.ts'
import { order, purchasingUnderTest, type PurchasingUnderTest } from '../testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(async () => {
  expect(test.undeclared).toEqual([])
  await test.close()
})

const read = (text: string, vendorId: string | null = null) =>
  test.ask('POST', '/api/e-invoices/read', { name: 'facture.xml', content: Buffer.from(text).toString('base64'), vendorId })

describe('an e-invoice dropped on Comptoir', () => {
  it('finds its vendor, its order and what speaks against it, and is saved once', async () => {
    const vendorId = await test.addVendor({ siren: '552032534', iban: 'DE89370400440532013000' })
    await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order())
    const { body } = await read(ciiInvoice())
    expect(body).toMatchObject({
      vendor: { vendorId, by: 'siren' }, faults: [], knownInvoiceId: null, document: { name: 'facture.xml', profile: 'urn:cen.eu:en16931:2017' },
      fields: { number: 'FA-2026-042', dueOn: '2026-04-11', taxMinor: 19_400, dueMinor: 106_400, lines: [{ netMinor: 100_000 }, { description: 'Remise', netMinor: -5_000 }, { description: 'Port', netMinor: 2_000 }] },
      warnings: { ibanCheck: 'different', duplicates: [] },
    })
    expect(body.fields.lines[0].orderLineId).not.toBeNull()
    const saved = await test.ask('POST', `/api/vendors/${vendorId}/e-invoices`, { ...body.fields, document: body.document })
    expect(saved.body).toMatchObject({ origin: 'e-invoice', netMinor: 97_000, totalMinor: 116_400, ibanCheck: 'different', document: { name: 'facture.xml' }, lines: [{ orderNumber: 'C-1' }, {}, {}] })
    const again = await test.ask('POST', `/api/vendors/${vendorId}/e-invoices`, { ...body.fields, document: body.document })
    expect(again.body.invoiceId).toBe(saved.body.invoiceId)
    expect((await read(ciiInvoice())).body).toMatchObject({ knownInvoiceId: saved.body.invoiceId, warnings: { duplicates: [] } })
    expect((await read(ciiInvoice({ dueOn: '20260501' }))).body).toMatchObject({ knownInvoiceId: null, warnings: { duplicates: [{ reason: 'same_number' }] } })
  })

  it('is recognised by VAT number or account, and by nothing when two vendors fit', async () => {
    const german = await test.addVendor({ name: 'Schrauben GmbH', vat_number: 'DE123456789' })
    expect((await read(ciiInvoice({ siret: '1', vat: 'DE 123 456 789', iban: 'FR7630001007941234567890185' }))).body.vendor).toMatchObject({ vendorId: german, by: 'vat' })
    const payee = await test.addVendor({ name: 'Banque', iban: 'FR76 3000 1007 9412 3456 7890 185' })
    expect((await read(ciiInvoice({ siret: '1', vat: 'IT1', iban: 'FR7630001007941234567890185' }))).body.vendor).toMatchObject({ vendorId: payee, by: 'iban' })
    await test.addVendor({ name: 'Schrauben Zwei', vat_number: 'DE123456789' })
    expect((await read(ciiInvoice({ siret: '1', vat: 'DE123456789', iban: '' }))).body).toMatchObject({ vendor: null, warnings: null })
  })

  it('is told from a file that is none', async () => {
    expect(await read('Fournisseur;Montant')).toMatchObject({ status: 400, body: { code: 'purchasing.file_unknown' } })
    expect(await read(ciiInvoice({ number: '' }))).toMatchObject({ status: 400, body: { code: 'purchasing.file_unreadable', details: { element: expect.stringContaining('BT-1') } } })
  })
})

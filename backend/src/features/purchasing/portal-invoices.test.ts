import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invoice, noon, purchasingUnderTest, type PurchasingUnderTest } from './testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(() => test.close())

describe('invoices of the portal', () => {
  it('are offered where their company is a vendor, and taken over once', async () => {
    const vendorId = await test.addVendor({ company_id: 44 })
    const row = { portal_id: test.portal.id, stage_id: 'N', currency: 'EUR', created_at: noon, company_id: 44, amount_minor: 12_000, tax_minor: 2_000 }
    await test.db.insertInto('crm_invoices').values([
      { ...row, invoice_id: 1, number: 'SI-1', issued_on: '2026-03-02', due_on: '2026-04-01', deal_id: 9 }, { ...row, invoice_id: 2, number: 'FA-7' },
      { ...row, invoice_id: 3, number: 'SI-3', company_id: 45 }, { ...row, invoice_id: 4, number: 'SI-4', semantics: 'F' as const },
    ]).execute()
    await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ number: 'FA 0007' }))
    const url = '/api/purchasing/portal-invoices'
    expect((await test.ask('GET', url)).body).toMatchObject([{ portalInvoiceId: 2, isKnown: true, issuedOn: '2026-03-15' }, { portalInvoiceId: 1, number: 'SI-1', vendorId, totalMinor: 12_000, isKnown: false }])
    const answers = await Promise.all([1, 2].map(() => test.ask('POST', url, { portalInvoiceIds: [1] })))
    expect(answers.map(({ body }) => body.created).sort()).toEqual([0, 1])
    const { body } = await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)
    expect(body.invoices.find((one: { number: string }) => one.number === 'SI-1')).toMatchObject({ origin: 'crm', dueOn: '2026-04-01', dealId: 9, lines: [{ netMinor: 10_000 }] })
    expect(await test.ask('POST', url, { portalInvoiceIds: [3] })).toMatchObject({ status: 404, body: { code: 'purchasing.not_found' } })
    expect((await test.ask('GET', url)).body.map((one: { portalInvoiceId: number }) => one.portalInvoiceId)).toEqual([2])
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '@comptoir/shared/insights/calendar'
import { dueDate, legalDueDate, legalLimitOf, termKinds, type PaymentTerm } from '@comptoir/shared/payments/payment-terms'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { addInvoice, addPortal, addVendor } from './testing/payment-rows.ts'

let database: TestDatabase
let portalId: number
beforeAll(async () => {
  database = await freshDatabase()
  portalId = await addPortal(database.db)
})
afterAll(() => database.close())

const payablesOf = (invoiceId: string) => database.db.selectFrom('payables').selectAll()
  .where('portal_id', '=', portalId).where('invoice_id', '=', invoiceId).orderBy('installment_no').execute()

describe('payables of invoices', () => {
  it('owes a registered invoice on its own due day', async () => {
    const vendorId = await addVendor(database.db, portalId)
    const invoiceId = await addInvoice(database.db, portalId, vendorId, { due_on: '2026-04-10', total_minor: 12_000 })
    expect(await payablesOf(invoiceId)).toMatchObject([{ due_on: '2026-04-10', amount_minor: 12_000, amount_base_minor: 12_000, status: 'open', legal_due_on: '2026-04-30' }])
  })
  it('counts from the vendor\'s term where the invoice names no day, and from the law\'s where nobody agreed one', async () => {
    const agreed = await addVendor(database.db, portalId, { payment_term_days: 45 })
    const silent = await addVendor(database.db, portalId)
    const [first] = await payablesOf(await addInvoice(database.db, portalId, agreed, {}))
    const [second] = await payablesOf(await addInvoice(database.db, portalId, silent, { received_on: '2026-03-05' }))
    expect([first?.due_on, second?.due_on]).toEqual(['2026-04-15', '2026-04-04'])
  })
  it('writes a credit note as an amount owed to us, and no payable for nothing', async () => {
    const vendorId = await addVendor(database.db, portalId)
    const credit = await addInvoice(database.db, portalId, vendorId, { kind: 'credit_note', total_minor: 500 })
    const nothing = await addInvoice(database.db, portalId, vendorId, { total_minor: 0 })
    expect([(await payablesOf(credit))[0]?.amount_minor, await payablesOf(nothing)]).toEqual([-500, []])
  })
  it('has no base amount without a rate', async () => {
    const vendorId = await addVendor(database.db, portalId)
    const [payable] = await payablesOf(await addInvoice(database.db, portalId, vendorId, { currency: 'XTS' }))
    expect(payable?.amount_base_minor).toBeNull()
  })
  it('follows the invoice while nobody has touched the payable, then leaves it alone', async () => {
    const vendorId = await addVendor(database.db, portalId)
    const invoiceId = await addInvoice(database.db, portalId, vendorId, { total_minor: 1000 })
    const change = (values: object) => database.db.updateTable('vendor_invoices').set(values).where('portal_id', '=', portalId).where('invoice_id', '=', invoiceId).execute()
    await change({ total_minor: 2000 })
    expect(await payablesOf(invoiceId)).toMatchObject([{ amount_minor: 2000 }])
    await database.db.updateTable('payables').set({ version: 2, due_on: '2026-09-09' }).where('invoice_id', '=', invoiceId).execute()
    await change({ total_minor: 3000 })
    expect(await payablesOf(invoiceId)).toMatchObject([{ amount_minor: 2000, due_on: '2026-09-09' }])
  })
  it('takes the payable back with a rejected invoice, and opens it again when it is registered after all', async () => {
    const vendorId = await addVendor(database.db, portalId)
    const invoiceId = await addInvoice(database.db, portalId, vendorId, {})
    const become = (status: 'rejected' | 'registered') => database.db.updateTable('vendor_invoices').set({ status }).where('invoice_id', '=', invoiceId).execute()
    await become('rejected')
    expect(await payablesOf(invoiceId)).toMatchObject([{ status: 'cancelled' }])
    await become('registered')
    expect(await payablesOf(invoiceId)).toMatchObject([{ status: 'open' }])
  })
  it('agrees with the shared rule on every term and day', async () => {
    const cases = Array.from({ length: 600 }, (_, index): { agreed: PaymentTerm, issuedOn: string } => ({
      agreed: { kind: termKinds[index % 3]!, days: index * 7 % 121, monthDay: index % 4 === 0 ? index % 31 + 1 : null },
      issuedOn: addDays('2024-01-01', index * 5),
    }))
    const { rows } = await sql<{ due: string, legal: string }>`
      select payment_due_on(c.kind, c.days, c.month_day, c.issued_on) as due, payment_legal_due_on(c.kind, false, c.issued_on) as legal
      from jsonb_to_recordset(${JSON.stringify(cases.map(({ agreed, issuedOn }) => ({ kind: agreed.kind, days: agreed.days, month_day: agreed.monthDay, issued_on: issuedOn })))}::jsonb)
        as c(kind text, days integer, month_day integer, issued_on date)`.execute(database.db)
    expect(rows).toEqual(cases.map(({ agreed, issuedOn }) => ({
      due: dueDate(agreed, { issuedOn }), legal: legalDueDate(legalLimitOf(agreed, false), { issuedOn }),
    })))
  })
})

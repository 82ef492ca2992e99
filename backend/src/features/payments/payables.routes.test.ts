import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addInvoice, addPayable, addVendor } from './testing/payment-rows.ts'
import { paymentsUnderTest, type PaymentsUnderTest } from './testing/payments-under-test.ts'

let app: PaymentsUnderTest
beforeAll(async () => {
  app = await paymentsUnderTest()
})
afterAll(async () => {
  expect(app.undeclared).toEqual([])
  await app.close()
})

describe('payables', () => {
  it('are listed by due day, with ageing of everything unpaid in the base currency', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { name: 'Atelier Roux' })
    await addPayable(app.db, app.portalId, vendorId, { reference: 'R-1', due_on: '2026-03-30', amount_minor: 1000 })
    await addPayable(app.db, app.portalId, vendorId, { reference: 'R-2', due_on: '2026-04-20', amount_minor: 2000 })
    await addPayable(app.db, app.portalId, vendorId, { reference: 'R-3', due_on: '2025-12-01', amount_minor: 5000, currency: 'XTS', amount_base_minor: null })
    await addPayable(app.db, app.portalId, vendorId, { reference: 'AV-1', due_on: '2025-11-01', amount_minor: -400 })
    const { status, body } = await app.ask('GET', '/api/payments/payables?search=roux')
    expect(status).toBe(200)
    expect(body.payables.map((payable: { reference: string }) => payable.reference)).toEqual(['R-3', 'R-1', 'R-2', 'AV-1'])
    expect(body.ageing).toMatchObject([{ bucket: 'not_due', amountMinor: 2000 }, { bucket: 'days_1_30', amountMinor: 1000 }, {}, {}, { bucket: 'days_over_90', amountMinor: 0, unpricedCount: 1 }, { bucket: 'credits', amountMinor: -400 }])
    expect((await app.ask('GET', `/api/vendors/${vendorId}/payments`)).body.ageing).toEqual(body.ageing)
    expect((await app.ask('GET', '/api/payments/payables?search=roux&bucket=days_over_90')).body.payables).toMatchObject([{ reference: 'R-3' }])
    expect((await app.ask('GET', '/api/payments/payables?search=roux&bucket=credits')).body.payables).toMatchObject([{ reference: 'AV-1' }])
    expect((await app.ask('GET', '/api/payments/payables?search=roux&view=due')).body.total).toBe(3)
    expect((await app.ask('GET', '/api/payments/payables?search=roux&bucket=days_1_30')).body.payables).toMatchObject([{ reference: 'R-1', daysLate: 2 }])
    expect((await app.ask('GET', '/api/payments/payables?search=R-2')).body.total).toBe(1)
  })
  it('never show an account number', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { iban: 'FR7630006000011234567890189' })
    await addPayable(app.db, app.portalId, vendorId)
    const answers = await Promise.all(['/api/payments/payables', `/api/vendors/${vendorId}/payments`].map(url => app.ask('GET', url, undefined, 55)))
    expect(answers.map(answer => answer.status)).toEqual([200, 200])
    expect(JSON.stringify(answers)).not.toContain('7630006000011234567890189')
  })
  it('are closed to those who may not read amounts', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { name: 'Secret' })
    await addPayable(app.db, app.portalId, vendorId)
    await app.db.updateTable('vendor_grants').set({ field_groups: ['identity'] }).where('subject_kind', '=', 'everyone').execute()
    expect((await app.ask('GET', '/api/payments/payables', undefined, 55)).body).toMatchObject({ total: 0 })
    expect(await app.ask('GET', `/api/vendors/${vendorId}/payments`, undefined, 55)).toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })
    await app.db.updateTable('vendor_grants').set({ field_groups: ['identity', 'prices'] }).where('subject_kind', '=', 'everyone').execute()
  })
  it('are entered by hand in instalments that add up, by the vendor\'s term where no day is given', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { payment_term_days: 45 })
    const { body } = await app.ask('POST', '/api/payments/payables', { vendorId, reference: 'LOYER', issuedOn: '2026-04-01', amountMinor: 10_000, currency: 'EUR', count: 3, everyMonths: 1 })
    expect(body.payableIds).toHaveLength(3)
    const view = (await app.ask('GET', `/api/vendors/${vendorId}/payments`)).body
    expect(view.payables.map((payable: { dueOn: string, amountMinor: number }) => [payable.dueOn, payable.amountMinor])).toEqual([['2026-05-16', 3333], ['2026-06-16', 3334], ['2026-07-16', 3333]])
    expect(view.payables[0]).toMatchObject({ installmentCount: 3, amountBaseMinor: 3333, legalDueOn: '2026-05-31' })
    expect(view.payables[2].daysOverLegal).toBeGreaterThan(0)
  })
  it('are split, moved, settled by a person, and opened again, each version once', async () => {
    const vendorId = await addVendor(app.db, app.portalId)
    const invoiceId = await addInvoice(app.db, app.portalId, vendorId, { total_minor: 10_001 })
    const [first] = (await app.ask('GET', `/api/vendors/${vendorId}/payments`)).body.payables
    const split = await app.ask('POST', `/api/payments/payables/${first.payableId}/instalments`, { version: 1, count: 3, firstDueOn: '2026-04-30', everyMonths: 1 })
    expect(split.body.payableIds).toHaveLength(3)
    const rows = await app.db.selectFrom('payables').select(['amount_minor', 'amount_base_minor', 'installment_no']).where('invoice_id', '=', invoiceId).orderBy('installment_no').execute()
    expect(rows).toEqual([{ amount_minor: 3334, amount_base_minor: 3334, installment_no: 1 }, { amount_minor: 3333, amount_base_minor: 3333, installment_no: 2 }, { amount_minor: 3334, amount_base_minor: 3334, installment_no: 3 }])
    const url = `/api/payments/payables/${first.payableId}`
    expect(await app.ask('PATCH', url, { version: 1, dueOn: '2026-05-05' })).toMatchObject({ status: 409, body: { code: 'payment.changed_meanwhile' } })
    expect(await app.ask('PATCH', url, { version: 2, dueOn: '2026-05-05', note: 'accord' })).toMatchObject({ status: 200, body: { dueOn: '2026-05-05', note: 'accord' } })
    expect(await app.ask('POST', `${url}/settlement`, { version: 3, paidOn: '2026-05-05', note: null })).toMatchObject({ status: 400 })
    expect(await app.ask('POST', `${url}/settlement`, { version: 3, paidOn: '2026-03-31', note: 'chèque 12' })).toMatchObject({ status: 200, body: { status: 'paid', paidBy: 'person' } })
    expect(await app.ask('PATCH', url, { version: 4, dueOn: '2026-05-06' })).toMatchObject({ status: 409, body: { code: 'payment.not_open' } })
    expect(await app.ask('POST', `${url}/settlement`, { version: 4, paidOn: null, note: null })).toMatchObject({ status: 200, body: { status: 'open', paidOn: null } })
  })
})

describe('a vendor\'s payments', () => {
  it('say what a term means in law, and follow a new one', async () => {
    const vendorId = await addVendor(app.db, app.portalId)
    await addInvoice(app.db, app.portalId, vendorId, { issued_on: '2026-03-10' })
    expect((await app.ask('GET', `/api/vendors/${vendorId}/payments`)).body).toMatchObject({ termSource: 'law', term: null, termCheck: null, payables: [{ dueOn: '2026-04-09' }] })
    const saved = await app.ask('PUT', `/api/vendors/${vendorId}/payment-term`, { term: { kind: 'days_then_month_end', days: 60, monthDay: null }, isPeriodic: false })
    expect(saved.body).toMatchObject({ termSource: 'terms', termCheck: { verdict: 'sometimes', limit: 'days_45_then_month_end' }, payables: [{ dueOn: '2026-05-31', legalDueOn: '2026-04-30', daysOverLegal: 31 }] })
    expect((await app.ask('PUT', `/api/vendors/${vendorId}/payment-term`, { term: null, isPeriodic: false })).body).toMatchObject({ termSource: 'law', payables: [{ dueOn: '2026-04-09' }] })
  })
  it('know no interest without a rate, and count it once there is one', async () => {
    const vendorId = await addVendor(app.db, app.portalId)
    await addPayable(app.db, app.portalId, vendorId, { amount_minor: 1_000_000, due_on: '2026-03-02', reference: 'L-1' })
    const read = async () => (await app.ask('GET', `/api/vendors/${vendorId}/payments`)).body.late
    expect(await read()).toMatchObject({ interestMinor: null, feeMinor: 4000, hasRates: false, lines: [{ daysLate: 30, interestMinor: null }] })
    expect(await app.ask('PUT', '/api/payments/rates', { rates: [{ validFrom: '2026-01-01', percent: 12.15 }] })).toMatchObject({ status: 403 })
    await app.ask('PUT', '/api/payments/rates', { rates: [{ validFrom: '2026-01-01', percent: 12.15 }] }, 1)
    expect(await read()).toMatchObject({ interestMinor: 9986, interestCurrency: 'EUR', hasRates: true })
  })
})

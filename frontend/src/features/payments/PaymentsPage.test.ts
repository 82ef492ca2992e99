import { ageingBuckets } from '@comptoir/shared/payments/ageing'
import { paymentRunApi, type BankTransaction, type Run } from '@comptoir/shared/payments/payment-run.contract'
import { paymentApi, type Payable, type PayablePage, type VendorPayments } from '@comptoir/shared/payments/payments.contract'
import { fireEvent } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import BookingList from './BookingList.vue'
import PaymentsPage from './PaymentsPage.vue'
import PaymentsSection from './PaymentsSection.vue'
import RunDetail from './RunDetail.vue'

const id = (last: number): string => `00000000-0000-4000-8000-00000000000${last}`
const aPayable = (values: Partial<Payable> = {}): Payable => ({
  payableId: id(1), vendorId: id(9), vendorName: 'Atelier Roux', vendorStatus: 'active', invoiceId: null, reference: 'F-1', installmentNo: 1, installmentCount: 1,
  issuedOn: '2026-01-10', dueOn: '2026-04-10', legalDueOn: '2026-03-11', daysOverLegal: 30, daysLate: 12, amountMinor: 12_000, currency: 'EUR', amountBaseMinor: 12_000,
  status: 'open', paidOn: null, paidBy: null, paymentRunId: null, runNumber: null, note: null, guards: [], version: 1, ...values,
})
const ageing = ageingBuckets.map(bucket => ({ bucket, amountMinor: bucket === 'days_1_30' ? 12_000 : 0, count: bucket === 'days_1_30' ? 1 : 0, unpricedCount: 0 }))
const access = { canPrepare: true, canApprove: false, isAdmin: false }
const aPage = (payables: readonly Payable[], values: Partial<PayablePage> = {}): PayablePage =>
  ({ payables: [...payables], total: payables.length, today: '2026-04-22', currency: 'EUR', ageing, access, ...values })

describe('the page of payments', () => {
  it('shows what is late, what is beyond the law, and what speaks against paying', async () => {
    const blocked = aPayable({ payableId: id(2), reference: 'F-2', guards: [{ code: 'iban_pending', isBlocking: true, twin: null }] })
    fakeApi().on(paymentApi.payables, () => aPage([aPayable(), blocked])).on(paymentRunApi.list, () => ({ runs: [], accounts: [], access }))
    const { findByText, getAllByText, getByText, queryByRole, getByRole } = await renderInPortal(PaymentsPage)
    expect(await findByText('F-1')).toBeTruthy()
    expect(getAllByText(/12 jours de retard/)).toHaveLength(2)
    expect(getAllByText(/30 jours au-delà du délai légal/)).toHaveLength(2)
    expect(getByText(/changement d’IBAN en attente/)).toBeTruthy()
    expect(getByRole('checkbox', { name: /F-1/ })).toBeTruthy()
    expect(queryByRole('checkbox', { name: /F-2/ })).toBeNull()
  })
  it('keeps runs from those whose rights do not reach every account', async () => {
    fakeApi().on(paymentApi.payables, () => aPage([aPayable()], { access: { ...access, canPrepare: false } }))
    const { findByText, queryByRole } = await renderInPortal(PaymentsPage, { session: aSession({ viewer: { userId: 5, name: 'Nadia Benali', isAdmin: false, departmentIds: [] } }) })
    expect(await findByText('F-1')).toBeTruthy()
    expect(queryByRole('checkbox')).toBeNull()
  })
  it('says that nothing is owed', async () => {
    fakeApi().on(paymentApi.payables, () => aPage([]))
    expect(await (await renderInPortal(PaymentsPage)).findByText('Rien à payer')).toBeTruthy()
  })
})

const aRun = (values: Partial<Run> = {}): Run => ({
  paymentRunId: id(3), number: 7, status: 'draft', accountName: 'Compte', executionOn: '2026-04-23', itemCount: 1, confirmedCount: 0, totalMinor: 12_000, currency: 'EUR',
  createdBy: { userId: 5, name: 'Nadia Benali' }, createdAt: '2026-04-22T08:00:00Z', approvedBy: null, accountIban: 'FR76 •••• •••• 0189', painVersion: '001.001.09',
  items: [{ itemId: 'i', payableId: id(1), vendorId: id(9), vendorName: 'Atelier Roux', reference: 'F-1', dueOn: '2026-04-10', executionOn: '2026-04-23', amountMinor: 12_000, currency: 'EUR', creditorIban: 'FR7630006000011234567890189', creditorName: 'Atelier Roux', endToEndId: null, status: 'waiting', transferMinor: null, isLead: true, guards: [] }],
  approvedAt: null, exportedAt: null, exportedBy: null, cancelledAt: null, cancelReason: null, messageId: null, fileName: null, fileSha256: null, note: null,
  isOwn: false, version: 1, access: { canPrepare: true, canApprove: true, isAdmin: true }, ...values,
})

describe('a payment run', () => {
  it('is approved by the second person, with the version that was looked at', async () => {
    let run = aRun()
    const api = fakeApi().on(paymentRunApi.get, () => run).on(paymentRunApi.approve, () => run = aRun({ status: 'approved', version: 2, approvedBy: { userId: 1, name: 'Hélène' }, approvedAt: '2026-04-22T09:00:00Z' }))
    const { findByRole } = await renderInPortal(RunDetail, { props: { paymentRunId: id(3) } })
    await fireEvent.click(await findByRole('button', { name: 'Approuver' }))
    expect(await findByRole('button', { name: 'Écrire le fichier bancaire' })).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/approval'))?.body).toEqual({ version: 1 })
  })
  it('offers its author no approval, and says why', async () => {
    fakeApi().on(paymentRunApi.get, () => aRun({ isOwn: true }))
    const { findByText, queryByRole } = await renderInPortal(RunDetail, { props: { paymentRunId: id(3) } })
    expect(await findByText(/une autre personne doit l’approuver/)).toBeTruthy()
    expect(queryByRole('button', { name: 'Approuver' })).toBeNull()
  })
})

describe('a booking that nothing is known about', () => {
  it('is matched with the payable that a person finds; one of another amount cannot be chosen', async () => {
    const booking: BankTransaction = {
      transactionId: id(4), bookedOn: '2026-04-20', amountMinor: -12_000, currency: 'EUR', counterpartyName: null, counterpartyIban: null, remittance: 'VIR', endToEndId: null,
      isReversal: false, twinFile: null, status: 'unmatched', matches: [], suggestions: [],
    }
    const less = aPayable({ payableId: id(2), reference: 'F-2', amountMinor: 9_000 })
    const api = fakeApi().on(paymentApi.payables, () => aPage([less, aPayable(), aPayable({ payableId: id(3), reference: 'F-3', status: 'paid' })]))
      .on(paymentRunApi.match, () => ({ ...booking, status: 'matched' as const }))
    const { findByRole, findByLabelText, queryByRole } = await renderInPortal(BookingList, { props: { bookings: [booking] } })
    await fireEvent.click(await findByRole('button', { name: 'Chercher une échéance' }))
    await fireEvent.update(await findByLabelText('Fournisseur ou référence'), 'roux')
    expect(await findByRole('button', { name: /F-2/ })).toHaveProperty('disabled', true)
    expect(queryByRole('button', { name: /F-3/ })).toBeNull()
    await fireEvent.click(await findByRole('button', { name: /Rapprocher de F-1/ }))
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/match'))?.body).toEqual({ allocations: [{ payableId: id(1), amountMinor: 12_000 }] })
  })
  it('is given out to several payables, and only once nothing of it is left', async () => {
    const booking: BankTransaction = {
      transactionId: id(4), bookedOn: '2026-04-20', amountMinor: -15_000, currency: 'EUR', counterpartyName: null, counterpartyIban: null, remittance: 'VIR', endToEndId: null,
      isReversal: false, twinFile: null, status: 'unmatched', matches: [], suggestions: [],
    }
    const api = fakeApi().on(paymentApi.payables, () => aPage([aPayable(), aPayable({ payableId: id(2), reference: 'F-2', amountMinor: 9_000 })]))
      .on(paymentRunApi.match, () => ({ ...booking, status: 'matched' as const }))
    const { findByRole, findByLabelText, getByRole } = await renderInPortal(BookingList, { props: { bookings: [booking] } })
    await fireEvent.click(await findByRole('button', { name: 'Répartir' }))
    await fireEvent.update(await findByLabelText('Fournisseur ou référence'), 'roux')
    await fireEvent.click(await findByLabelText(/F-1/))
    expect(getByRole('button', { name: /^Rapprocher de 1/ })).toHaveProperty('disabled', true)
    await fireEvent.click(await findByLabelText(/F-2 · /))
    expect(getByRole('textbox', { name: 'Part de F-2' })).toHaveProperty('value', '30,00')
    await fireEvent.click(getByRole('button', { name: 'Rapprocher de 2 échéances' }))
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/match'))?.body).toEqual({ allocations: [{ payableId: id(1), amountMinor: 12_000 }, { payableId: id(2), amountMinor: 3_000 }] })
  })
})

describe('a vendor\'s payments', () => {
  it('says that there is no rate instead of an amount, and what the law says of the term', async () => {
    const view: VendorPayments = {
      payables: [aPayable()], history: [], ageing, currency: 'EUR', today: '2026-04-22', term: { kind: 'days_then_month_end', days: 60, monthDay: null }, isPeriodic: false, termSource: 'terms',
      termCheck: { verdict: 'sometimes', limit: 'days_45_then_month_end', example: { issuedOn: '2026-01-10', dueOn: '2026-03-31', legalDueOn: '2026-02-28', daysOver: 31 } },
      late: { lines: [{ payableId: id(1), reference: 'F-1', dueOn: '2026-04-10', until: '2026-04-22', daysLate: 12, amountMinor: 12_000, currency: 'EUR', interestMinor: null }], interestMinor: null, interestCurrency: 'EUR', feeMinor: 4000, hasRates: false },
      canEdit: true,
    }
    fakeApi().on(paymentApi.vendor, () => view)
    const { findByText, getByText, getAllByText } = await renderInPortal(PaymentsSection, { props: { vendorId: id(9) } })
    expect(await findByText('Dépasse parfois la loi')).toBeTruthy()
    expect(getByText(/31 jours après/)).toBeTruthy()
    expect(getByText(/Aucun taux n’est renseigné/)).toBeTruthy()
    expect(getAllByText(/taux absent/)).toHaveLength(1)
  })
})

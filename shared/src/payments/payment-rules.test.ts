import { describe, expect, it } from 'vitest'
import { findMatch, suggestMatches, type MatchablePayable, type MatchableTransaction } from './match-transactions.ts'
import { guardsOf, type PayableFacts } from './payment-guards.ts'
import { allowsStep, requireSecondPerson, requireStep, runStatuses, statusByItems } from './payment-run.ts'

const facts: PayableFacts = {
  isOpen: true, amountMinor: 100, currency: 'EUR', vendorStatus: 'active', iban: 'FR7630006000011234567890189', bic: null, isIbanApproved: true,
  isIbanPending: false, invoiceIban: null, vendorName: 'Bâti-Sud SARL', accountHolder: null, invoiceStatus: 'registered', matchDoubt: null, isHeld: false, isBlockedByScore: false, paidTwin: null, similarTwin: null,
}

describe('guards of a payment', () => {
  it('say nothing where nothing speaks against it', () => {
    expect(guardsOf(facts)).toEqual([])
    expect(guardsOf({ ...facts, invoiceIban: 'FR76 3000 6000 0112 3456 7890 189', approvedIban: facts.iban })).toEqual([])
  })
  it.each([
    [{ isOpen: false }, 'not_open'], [{ currency: 'USD' }, 'currency_not_eur'], [{ amountMinor: 1e12 }, 'amount_too_large'],
    [{ vendorStatus: 'suspended' }, 'vendor_suspended'], [{ vendorStatus: 'terminated' }, 'vendor_terminated'], [{ iban: null }, 'iban_missing'],
    [{ iban: 'FR00' }, 'iban_invalid'], [{ iban: 'TR330006100519786457841326' }, 'iban_outside_sepa'], [{ isIbanApproved: false }, 'iban_unapproved'],
    [{ isIbanPending: true }, 'iban_pending'], [{ approvedIban: 'DE89370400440532013000' }, 'iban_changed'], [{ isHeld: true }, 'payments_held'], [{ isBlockedByScore: true }, 'score_too_low'],
    [{ invoiceStatus: 'disputed' }, 'invoice_disputed'], [{ matchDoubt: 'match_blocked' }, 'match_blocked'], [{ paidTwin: 'x', similarTwin: 'x' }, 'paid_before'],
  ] as const)('stop %j by %s', (changed, code) => {
    expect(guardsOf({ ...facts, ...changed })).toMatchObject([{ code, isBlocking: true }])
  })
  it('let a credit note be taken off what else is paid', () => {
    expect(guardsOf({ ...facts, amountMinor: -5 })).toEqual([{ code: 'credit_note', isBlocking: false, twin: null }])
  })
  it('warn of a missing BIC outside the EEA alone', () => {
    const swiss = { ...facts, iban: 'CH9300762011623852957' }
    expect(guardsOf(swiss)).toEqual([{ code: 'bic_missing', isBlocking: false, twin: null }])
    expect(guardsOf({ ...swiss, bic: 'UBSWCHZH' })).toEqual([])
  })
  it('warn of a holder who is not, or not quite, the vendor', () => {
    const codes = (accountHolder: string | null) => guardsOf({ ...facts, accountHolder })
    expect(codes('SARL BATI SUD')).toEqual([])
    expect(codes('Bati Sut')).toEqual([{ code: 'payee_name_close', isBlocking: false, twin: null }])
    expect(codes('Jean Martin')).toEqual([{ code: 'payee_name_differs', isBlocking: false, twin: null }])
  })
  it('warn of a similar payable and of another account on the invoice, and name the twin', () => {
    expect(guardsOf({ ...facts, similarTwin: 'x', invoiceIban: 'DE89370400440532013000' })).toEqual([
      { code: 'invoice_iban_differs', isBlocking: false, twin: null }, { code: 'similar', isBlocking: false, twin: 'x' },
    ])
  })
})

describe('a payment run', () => {
  it('moves from draft over approved to exported, and nowhere else by hand', () => {
    expect(runStatuses.filter(status => allowsStep(status, 'approve'))).toEqual(['draft'])
    expect(runStatuses.filter(status => allowsStep(status, 'export'))).toEqual(['approved'])
    expect(runStatuses.filter(status => allowsStep(status, 'cancel'))).toEqual(['draft', 'approved', 'exported'])
    expect(() => requireStep('approved', 'approve')).toThrow('payment.run_moved')
  })
  it('is approved by nobody who had a hand in it', () => {
    expect(() => requireSecondPerson([7, 9], 9)).toThrow('payment.own_run')
    expect(() => requireSecondPerson([7, 9], 8)).not.toThrow()
  })
  it('is confirmed by what the bank booked, never before', () => {
    const items = (...statuses: ('sent' | 'confirmed' | 'returned')[]) => statuses.map(status => ({ status }))
    expect([items('sent', 'sent'), items('sent', 'confirmed'), items('confirmed', 'returned')].map(statusByItems)).toEqual(['exported', 'partly_confirmed', 'confirmed'])
  })
})

describe('matching', () => {
  const debit: MatchableTransaction = { bookedOn: '2026-04-02', amountMinor: -100, currency: 'EUR', reference: null, counterpartyIban: null, counterpartyKey: null, remittance: null }
  const payable = (values: Partial<MatchablePayable>): MatchablePayable => ({
    payableId: 'a', reference: 'FAC-2026/001', issuedOn: '2026-03-01', amountMinor: 100, currency: 'EUR', vendorKey: 'alpha', vendorIban: null, endToEndId: null, messageId: null, ...values,
  })
  it('goes by the identification we sent, and only with the same amount', () => {
    const sent = [payable({ endToEndId: 'E1' }), payable({ payableId: 'b', endToEndId: 'E2' })]
    expect(findMatch({ ...debit, reference: 'E2' }, sent)).toEqual({ rule: 'end_to_end', payableIds: ['b'], partMinor: null })
    expect(findMatch({ ...debit, reference: 'E2', amountMinor: -101, counterpartyKey: 'alpha' }, sent)).toBeNull()
  })
  it('takes less than was sent as a part, of one payable alone', () => {
    const sent = [payable({ endToEndId: 'E1' }), payable({ payableId: 'b', endToEndId: 'E2' }), payable({ payableId: 'c', endToEndId: 'E2', amountMinor: -20 })]
    expect(findMatch({ ...debit, reference: 'E1', amountMinor: -99 }, sent)).toEqual({ rule: 'end_to_end', payableIds: ['a'], partMinor: 99 })
    expect(findMatch({ ...debit, reference: 'E2', amountMinor: -80 }, sent)).toEqual({ rule: 'end_to_end', payableIds: ['b', 'c'], partMinor: null })
    expect(findMatch({ ...debit, reference: 'E2', amountMinor: -79 }, sent)).toBeNull()
  })
  it('takes a whole file that was booked in one sum', () => {
    const sent = [payable({ endToEndId: 'E1', messageId: 'M' }), payable({ payableId: 'b', endToEndId: 'E2', messageId: 'M', amountMinor: 50 })]
    expect(findMatch({ ...debit, amountMinor: -150, reference: 'M-1' }, sent)).toEqual({ rule: 'end_to_end', payableIds: ['a', 'b'], partMinor: null })
    expect(findMatch({ ...debit, amountMinor: -149, reference: 'M-1' }, sent)).toBeNull()
  })
  it('takes amount, date and counterparty when exactly one fits', () => {
    expect(findMatch({ ...debit, counterpartyKey: 'alpha' }, [payable({}), payable({ payableId: 'b', vendorKey: 'beta' })])).toEqual({ rule: 'amount', payableIds: ['a'], partMinor: null })
    expect(findMatch({ ...debit, remittance: 'VIR FAC 2026 001' }, [payable({}), payable({ payableId: 'b', reference: 'X-99999' })])).toEqual({ rule: 'amount', payableIds: ['a'], partMinor: null })
  })
  it('takes several invoices that its words name, when they are its amount to the cent', () => {
    const named = [payable({}), payable({ payableId: 'b', reference: 'FAC-2026-002', amountMinor: 50 }), payable({ payableId: 'c', reference: 'AV-2026-9', amountMinor: -10 })]
    const booking = { ...debit, amountMinor: -140, remittance: 'FAC-2026-001 FAC-2026-002 AV-2026-9' }
    expect(findMatch(booking, named)).toEqual({ rule: 'amount', payableIds: ['a', 'b', 'c'], partMinor: null })
    expect(findMatch({ ...booking, amountMinor: -141 }, named)).toBeNull()
    expect(findMatch(booking, [...named.slice(1), payable({ vendorKey: 'beta' })])).toBeNull()
  })
  it('leaves doubt, strangers, credits and other days to a person', () => {
    const twins = [payable({}), payable({ payableId: 'b', reference: 'FAC-91' })]
    expect(findMatch({ ...debit, counterpartyKey: 'alpha' }, twins)).toBeNull()
    expect(findMatch({ ...debit, counterpartyKey: 'alpha', remittance: 'fac2026001' }, twins)).toEqual({ rule: 'amount', payableIds: ['a'], partMinor: null })
    expect(findMatch(debit, [payable({})])).toBeNull()
    expect(findMatch({ ...debit, counterpartyKey: 'alpha', bookedOn: '2026-01-01' }, [payable({})])).toBeNull()
    expect(findMatch({ ...debit, amountMinor: 100, counterpartyKey: 'alpha' }, [payable({})])).toBeNull()
    expect(findMatch({ ...debit, amountMinor: 100, counterpartyKey: 'alpha' }, [payable({ amountMinor: -100 })])).toEqual({ rule: 'amount', payableIds: ['a'], partMinor: null })
  })
  it('offers the same amount before the same partner', () => {
    expect(suggestMatches({ ...debit, counterpartyKey: 'beta' }, [payable({ payableId: 'partner', vendorKey: 'beta', amountMinor: 7 }), payable({}), payable({ payableId: 'nothing', amountMinor: 9 })])).toEqual(['a', 'partner'])
  })
})

import { describe, expect, it } from 'vitest'
import { duplicateReason, numberKey, type ComparableInvoice } from './duplicate-invoice.ts'

const invoice: ComparableInvoice = { kind: 'invoice', number: 'FA-2026-0042', issuedOn: '2026-03-10', currency: 'EUR', totalMinor: 120_000 }
const against = (other: Partial<ComparableInvoice>) => duplicateReason({ ...invoice, ...other }, invoice)

describe('an invoice that may have come before', () => {
  it('has the same number, however it is typed', () => {
    expect(numberKey('fa 2026/042')).toBe(numberKey('FA-2026-0042'))
    expect(against({ number: 'fa2026/42' })).toBe('same_number')
    expect(against({ number: 'FA 2026 42' })).toBe('same_number')
    expect(against({ totalMinor: 90_000 })).toBe('same_number')
  })

  it('has a number that is nearly the same, and the same amount', () => {
    expect(against({ number: '2026-0042', issuedOn: '2026-03-12' })).toBe('similar_number')
    expect(against({ number: 'FA-2026-0024' })).toBe('similar_number')
    expect(against({ number: '2026-0042', totalMinor: 90_000 })).toBeNull()
  })

  it('has the same amount on the same day', () => {
    expect(against({ number: 'X-9' })).toBe('same_amount_and_day')
  })

  it('is none when numbers merely follow each other, years lie between, or a credit note answers it', () => {
    expect(against({ number: 'FA-2026-0043', issuedOn: '2026-04-10' })).toBeNull()
    expect(against({ issuedOn: '2025-03-10', totalMinor: 90_000 })).toBeNull()
    expect(against({ kind: 'credit_note' })).toBeNull()
  })
})

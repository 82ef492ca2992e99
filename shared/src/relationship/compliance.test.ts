import { describe, expect, it } from 'vitest'
import { isTooOld, judgeCompliance, validUntil, type HeldDocument, type Requirement } from './compliance.ts'

const requirement = (kind: string, values: Partial<Requirement> = {}): Requirement => ({ kind, isMandatory: true, applies: true, ...values })
const document = (kind: string, values: Partial<HeldDocument> = {}): HeldDocument =>
  ({ documentId: `${kind}-1`, kind, validFrom: null, validTo: null, isVerified: true, ...values })

describe('the verdict on a vendor\'s documents', () => {
  it('counts the last valid day', () => {
    const held = [document('insurance', { validTo: '2026-11-22' })]
    expect(judgeCompliance([requirement('insurance')], held, '2026-11-22')).toMatchObject({ verdict: 'compliant', nextDeadline: '2026-11-22' })
    expect(judgeCompliance([requirement('insurance')], held, '2026-11-23')).toMatchObject({ verdict: 'expired', expired: ['insurance'], nextDeadline: null })
  })

  it('tells a document that nobody checked from one that is missing, and from one that ran out', () => {
    const held = [document('urssaf', { isVerified: false, validTo: '2027-01-01' })]
    expect(judgeCompliance([requirement('urssaf'), requirement('kbis')], held, '2026-11-22')).toMatchObject({
      verdict: 'incomplete', missing: ['urssaf', 'kbis'], unverified: ['urssaf'], expired: [],
    })
  })

  it('takes the document that lasts longest, and one without end before all', () => {
    const held = [
      document('insurance', { documentId: 'old', validTo: '2026-12-01' }),
      document('insurance', { documentId: 'new', validTo: '2027-12-01' }),
      document('insurance', { documentId: 'draft', validTo: null, isVerified: false }),
    ]
    expect(judgeCompliance([requirement('insurance')], held, '2026-11-22').states[0]).toMatchObject({ state: 'valid', documentId: 'new' })
  })

  it('goes on calling a document expired while its successor has not been checked', () => {
    const held = [document('insurance', { documentId: 'old', validTo: '2026-10-31' }), document('insurance', { documentId: 'new', validTo: '2027-10-31', isVerified: false })]
    expect(judgeCompliance([requirement('insurance')], held, '2026-11-22')).toMatchObject({
      verdict: 'expired', expired: ['insurance'], missing: [], unverified: ['insurance'], states: [{ state: 'received', documentId: 'new' }],
    })
  })

  it('does not count a document before its first day', () => {
    const held = [document('insurance', { validFrom: '2027-01-01', validTo: '2027-12-31' }), document('insurance', { documentId: 'past', validTo: '2026-06-30' })]
    expect(judgeCompliance([requirement('insurance')], held, '2026-11-22').states[0]).toMatchObject({ state: 'expired', documentId: 'past' })
  })

  it('is not decided by what is only wished for, and says when nothing is asked', () => {
    expect(judgeCompliance([requirement('kbis'), requirement('tax', { isMandatory: false })], [document('kbis')], '2026-11-22').verdict).toBe('compliant')
    expect(judgeCompliance([requirement('urssaf', { applies: false })], [], '2026-11-22').verdict).toBe('not-asked')
  })
})

it('a certificate is good until the day before its age is reached', () => {
  expect(validUntil('2026-01-10', 6)).toBe('2026-07-09')
  expect(validUntil('2026-08-31', 6)).toBe('2027-02-27')
  expect(validUntil('2026-01-10', null)).toBeNull()
})

it('an extract is too old when it was older than allowed on the day it came', () => {
  expect([isTooOld('2026-08-22', '2026-11-22', 3), isTooOld('2026-08-21', '2026-11-22', 3), isTooOld('2020-01-01', '2026-11-22', null)]).toEqual([false, true, false])
})

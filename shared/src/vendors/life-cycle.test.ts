import { describe, expect, it } from 'vitest'
import { defaultLifeRules, effectsOf, isReasonRequired, missingFor, needsApprover, restrictionsOf } from './life-cycle.ts'
import { movesFrom, vendorStatuses } from './vendor-status.ts'

const nothing = { openOrders: 0, duePayments: 0, runningContracts: 0, runningWorkflows: 0 }
const busy = { openOrders: 2, duePayments: 3, runningContracts: 1, runningWorkflows: 4 }

describe('what a move asks for', () => {
  it('is identifiers and a signed contract to become active, or a reason to do without', () => {
    const missing = missingFor('onboarding', 'active', { hasIdentifiers: false, hasSignedContract: false }, defaultLifeRules)
    expect(missing).toEqual(['identifiers', 'contract'])
    expect(isReasonRequired('onboarding', 'active', missing)).toBe(true)
    expect(isReasonRequired('onboarding', 'active', [])).toBe(false)
  })

  it('is nothing that the administrator switched off, and nothing twice for a vendor who comes back', () => {
    const facts = { hasIdentifiers: false, hasSignedContract: false }
    expect(missingFor('prospect', 'active', facts, { ...defaultLifeRules, activationNeedsContract: false })).toEqual(['identifiers'])
    expect(missingFor('suspended', 'active', facts, defaultLifeRules)).toEqual([])
  })

  it('is an approver only for the end', () => {
    expect(vendorStatuses.filter(needsApprover)).toEqual(['terminated'])
  })
})

describe('what a move does', () => {
  it('holds payments and blocks orders of a suspended vendor, with what is touched', () => {
    expect(effectsOf('active', 'suspended', busy)).toEqual([
      { effect: 'orders.blocked', count: null }, { effect: 'orders.open', count: 2 }, { effect: 'payments.held', count: 3 },
      { effect: 'contracts.running', count: 1 }, { effect: 'workflows.running', count: 4 },
    ])
  })

  it('stops reminders at the end, and says that what is owed stays owed', () => {
    expect(effectsOf('active', 'terminated', { ...nothing, duePayments: 3 })).toEqual([
      { effect: 'orders.blocked', count: null }, { effect: 'payments.held', count: null }, { effect: 'payments.due', count: 3 }, { effect: 'reminders.stopped', count: null },
    ])
  })

  it('gives back what was taken when a vendor comes back', () => {
    expect(effectsOf('suspended', 'active', nothing).map(({ effect }) => effect)).toEqual(['orders.allowed', 'payments.resumed'])
    expect(effectsOf('terminated', 'onboarding', nothing).map(({ effect }) => effect)).toEqual(['orders.allowed', 'payments.resumed', 'reminders.resumed'])
  })

  it('never counts nothing, and does nothing where two statuses allow the same', () => {
    for (const from of vendorStatuses) {
      for (const to of movesFrom(from))
        expect(effectsOf(from, to, nothing).every(({ count }) => count === null)).toBe(true)
    }
    expect(effectsOf('prospect', 'onboarding', busy)).toEqual([])
  })

  it('lets what is owed be paid unless the vendor was stopped', () => {
    expect(vendorStatuses.filter(status => restrictionsOf(status).payments === 'held')).toEqual(['suspended', 'terminated'])
  })
})

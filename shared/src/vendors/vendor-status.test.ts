import { describe, expect, it } from 'vitest'
import { canMove, movesFrom, needsReason, vendorStatuses } from './vendor-status.ts'

describe('the life of a vendor', () => {
  it('lets nobody go back to prospect once active', () => {
    expect(canMove('active', 'prospect')).toBe(false)
    expect(canMove('suspended', 'prospect')).toBe(false)
  })

  it('reopens a terminated vendor only through onboarding', () => {
    expect(movesFrom('terminated')).toEqual(['onboarding'])
  })

  it('never offers the status the vendor already has, and always offers a way out', () => {
    for (const status of vendorStatuses) {
      expect(canMove(status, status)).toBe(false)
      expect(movesFrom(status).length).toBeGreaterThan(0)
    }
  })

  it('asks for a reason to stop a vendor and to take one back, not to welcome one', () => {
    expect(needsReason('active', 'suspended')).toBe(true)
    expect(needsReason('prospect', 'terminated')).toBe(true)
    expect(needsReason('terminated', 'onboarding')).toBe(true)
    expect(needsReason('suspended', 'active')).toBe(true)
    expect(needsReason('prospect', 'onboarding')).toBe(false)
    expect(needsReason('onboarding', 'active')).toBe(false)
  })
})

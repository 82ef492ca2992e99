import { describe, expect, it } from 'vitest'
import { deadLetter, loginState } from './health.ts'

const now = new Date('2026-05-14T10:00:00Z')
const earlier = new Date('2026-05-14T09:00:00Z')
const later = new Date('2026-05-14T11:00:00Z')

describe('the login at the portal', () => {
  it('renews itself as long as it can, even when its token is over', () => {
    expect(loginState({ canRefresh: true, expiresAt: earlier, renewedAt: earlier }, now).status).toBe('renewable')
  })

  it('ends with its token when nothing renews it', () => {
    expect(loginState({ canRefresh: false, expiresAt: later, renewedAt: earlier }, now)).toEqual({
      status: 'ending', expiresAt: later.toISOString(), renewedAt: earlier.toISOString(),
    })
    expect(loginState({ canRefresh: false, expiresAt: earlier, renewedAt: earlier }, now).status).toBe('lost')
  })

  it('is lost without a token', () => {
    expect(loginState(null, now)).toEqual({ status: 'lost', expiresAt: null, renewedAt: null })
  })
})

describe('work that was given up', () => {
  const job = { id: 'a', queue: 'mirror.sync', at: now }

  it('tells why by the code of its failure', () => {
    expect(deadLetter({ ...job, reason: { code: 'crm.forbidden', stack: 'at secret.ts' } })).toEqual({
      deadLetterId: 'a', queue: 'mirror.sync', at: now.toISOString(), errorCode: 'crm.forbidden',
    })
    expect(deadLetter({ ...job, reason: { message: 'crm.limit' } }).errorCode).toBe('crm.limit')
  })

  it.each([null, 'text', { code: 'ECONNREFUSED', message: 'connect 10.0.0.7' }])('keeps %j to itself', (reason) => {
    expect(deadLetter({ ...job, reason }).errorCode).toBeNull()
  })
})

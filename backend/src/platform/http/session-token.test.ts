import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openSession, signSession } from './session-token.ts'

const key = randomBytes(32)
const claims = { portalId: 1, viewer: { userId: 7, name: 'Ada', isAdmin: false, departmentIds: [1] }, expiresAt: 1_000 }

describe('a session token', () => {
  it('gives back what it was signed with', () => {
    expect(openSession(signSession(claims, key), key, 999)).toEqual(claims)
  })

  it('is refused from its last millisecond on', () => {
    expect(() => openSession(signSession(claims, key), key, 1_000)).toThrow('auth.expired')
  })

  it('is refused when anything was changed, added or signed by another key', () => {
    const token = signSession(claims, key)
    const [payload, signature] = token.split('.')
    const admin = Buffer.from(JSON.stringify({ ...claims, viewer: { ...claims.viewer, isAdmin: true } })).toString('base64url')
    for (const forged of ['', '.', 'x', `${admin}.${signature}`, `${payload}.`, `${token}.x`, signSession(claims, randomBytes(32))])
      expect(() => openSession(forged, key, 0)).toThrow('auth.forged')
  })
})

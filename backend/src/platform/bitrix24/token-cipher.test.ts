import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createApplicationTokens } from './application-token.ts'
import { createTokenCipher } from './token-cipher.ts'

describe('a token at rest', () => {
  const key = randomBytes(32)
  const cipher = createTokenCipher(key)

  it('opens again for the portal it was sealed for', () => {
    expect(cipher.open(7, cipher.seal(7, 'a token é'))).toBe('a token é')
  })

  it('looks different each time it is sealed', () => {
    expect(cipher.seal(7, 'same')).not.toEqual(cipher.seal(7, 'same'))
  })

  it('does not open for another portal, with another key, or after a change', () => {
    const sealed = cipher.seal(7, 'secret')
    const changed = Buffer.from(sealed)
    changed[changed.length - 1]! ^= 1
    expect(() => cipher.open(8, sealed)).toThrow('crm.login_lost')
    expect(() => createTokenCipher(randomBytes(32)).open(7, sealed)).toThrow('crm.login_lost')
    expect(() => cipher.open(7, changed)).toThrow('crm.login_lost')
    expect(() => cipher.open(7, Buffer.of(9, 1, 2))).toThrow('crm.login_lost')
  })

  it('refuses a key of the wrong length', () => {
    expect(() => createTokenCipher(randomBytes(16))).toThrow('32 bytes')
  })
})

describe('the application token', () => {
  const tokens = createApplicationTokens(randomBytes(32))

  it('matches only itself', () => {
    const hash = tokens.hash('abc')
    expect(tokens.matches('abc', hash)).toBe(true)
    expect(tokens.matches('abd', hash)).toBe(false)
  })

  it('never matches when either side is missing', () => {
    expect(tokens.matches('', tokens.hash(''))).toBe(false)
    expect(tokens.matches(undefined, tokens.hash('abc'))).toBe(false)
    expect(tokens.matches('abc', null)).toBe(false)
    expect(tokens.matches('abc', Buffer.alloc(3))).toBe(false)
  })

  it('is kept under a hash that another key does not produce', () => {
    const other = createApplicationTokens(randomBytes(32))
    expect(other.matches('abc', tokens.hash('abc'))).toBe(false)
  })
})

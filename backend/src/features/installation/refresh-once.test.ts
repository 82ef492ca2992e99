import { describe, expect, it } from 'vitest'
import { refreshOnce } from './refresh-once.ts'

const pairOf = (accessToken: string) => ({ accessToken, refreshToken: null, expiresAt: new Date(0), memberId: 'm1', clientEndpoint: null, scope: [] })

describe('a refresh token of the installer', () => {
  it('is spent once, also by two that come together, until its pair is over', async () => {
    let at = 0
    let spent = 0
    const server = refreshOnce({ ownerOf: () => Promise.reject(new Error('not asked')), refresh: async () => pairOf(`a${++spent}`) }, () => new Date(at))
    const [one, other] = await Promise.all([server.refresh('r'), server.refresh('r')])
    expect([one.accessToken, other.accessToken, (await server.refresh('r')).accessToken]).toEqual(['a1', 'a1', 'a1'])
    at = 3_600_000
    expect((await server.refresh('r')).accessToken).toBe('a2')
  })

  it('is sent again after the server failed', async () => {
    let tries = 0
    const server = refreshOnce({
      ownerOf: () => Promise.reject(new Error('not asked')),
      refresh: async () => ++tries === 1 ? Promise.reject(new Error('away')) : pairOf('a'),
    }, () => new Date(0))
    await expect(server.refresh('r')).rejects.toThrow('away')
    expect((await server.refresh('r')).accessToken).toBe('a')
  })
})

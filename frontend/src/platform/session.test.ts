import { installationApi } from '@comptoir/shared/installation/installation.contract'
import { sessionApi } from '@comptoir/shared/portal/portal.contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from './api.ts'
import type { Frame } from './frame/frame.ts'
import { closeSession, openSession, viewer } from './session.ts'
import { fakeApi, type FakeApi } from './testing/fake-api.ts'
import { aSession } from './testing/render.ts'

const ping = installationApi.state

const state = { isAdmin: true, isInstalled: true, done: [], scope: [], missingScope: [], vendorChoices: [], vendorRule: null }

const now = (): number => Date.parse('2026-03-05T10:00:00Z')
const inSeconds = (seconds: number): string => new Date(now() + seconds * 1000).toISOString()

function aFrame(): Frame & { refreshes: number } {
  const auth = { accessToken: 'frame-token', refreshToken: 'frame-refresh' }
  const frame = {
    refreshes: 0,
    init: () => Promise.resolve({ ...auth, memberId: 'member' }),
    refreshAuth: () => {
      frame.refreshes += 1
      return Promise.resolve({ ...auth, accessToken: `fresh-${frame.refreshes}` })
    },
  }
  return frame as unknown as Frame & { refreshes: number }
}

describe('the session', () => {
  let api: FakeApi
  let opened: number

  beforeEach(() => {
    opened = 0
    api = fakeApi().on(ping, () => state).on(sessionApi.open, () => {
      opened += 1
      return aSession({ token: `opened-${opened}`, expiresAt: inSeconds(3600) })
    })
  })
  afterEach(closeSession)

  const tokensOfPings = (): (string | null)[] => api.sent.filter(({ address }) => address.pathname === ping.path).map(({ token }) => token)

  it('is the one that came with the page', async () => {
    await openSession(aSession({ expiresAt: inSeconds(3600) }), null, { now })
    await call(ping)
    expect(viewer().name).toBe('Camille Roux')
    expect(tokensOfPings()).toEqual(['Bearer session-token'])
    expect(opened).toBe(0)
  })

  it('is bought with the frame\'s token when the page came without', async () => {
    await openSession(null, aFrame(), { now })
    expect(api.sent[0]?.body).toEqual({ accessToken: 'frame-token', memberId: 'member' })
    await call(ping)
    expect(tokensOfPings()).toEqual(['Bearer opened-1'])
  })

  it('is asked for once more, with a fresh token, when the one of the page is over', async () => {
    const frame = aFrame()
    api.fail(sessionApi.open, 'auth.forged')
    await expect(openSession(null, frame, { now })).rejects.toThrow('auth.forged')
    expect(api.sent.map(({ body }) => (body as { accessToken: string }).accessToken)).toEqual(['frame-token', 'fresh-1'])
  })

  it('is renewed before it ends, once for all who wait', async () => {
    const frame = aFrame()
    await openSession(aSession({ expiresAt: inSeconds(30) }), frame, { now })
    await Promise.all([call(ping), call(ping), call(ping)])
    expect(frame.refreshes).toBe(1)
    expect(tokensOfPings()).toEqual(['Bearer opened-1', 'Bearer opened-1', 'Bearer opened-1'])
  })

  it('of an installer is proven with both tokens', async () => {
    api.on(installationApi.openSession, () => aSession({ token: 'installer' }))
    await openSession(null, aFrame(), { now, isInstaller: true })
    expect(api.sent[0]?.body).toEqual({ accessToken: 'frame-token', refreshToken: 'frame-refresh', memberId: 'member' })
  })

  it('cannot be opened outside the host', async () => {
    await expect(openSession(null, null)).rejects.toMatchObject({ code: 'frame.outside' })
    expect(() => viewer()).toThrow('auth.required')
  })
})

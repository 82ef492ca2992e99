import { installationApi, type InstallState } from '@comptoir/shared/installation/installation.contract'
import { sessionApi } from '@comptoir/shared/portal/portal.contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { addressOf, call, provideTokens } from './api.ts'
import { fakeApi, type FakeApi } from './testing/fake-api.ts'
import { aSession } from './testing/render.ts'

const state: InstallState = {
  isAdmin: true, isInstalled: false, done: [], scope: [], missingScope: [], vendorChoices: [], vendorRule: null,
}
const { state: read, run } = installationApi
const credentials = { body: { accessToken: 'a', memberId: 'm' } }

describe('a call', () => {
  let api: FakeApi
  let renewals: number

  beforeEach(() => {
    api = fakeApi()
    renewals = 0
    provideTokens({
      token: () => Promise.resolve('old'),
      renew: () => {
        renewals += 1
        return Promise.resolve('new')
      },
    })
  })

  it('goes where the contract says, with the session', async () => {
    api.on(run, () => state)
    await expect(call(run, { params: { step: 'events' }, query: {} })).resolves.toEqual(state)
    expect(api.sent[0]).toMatchObject({ token: 'Bearer old', params: { step: 'events' } })
  })

  it('sends no session to an open endpoint', async () => {
    api.on(sessionApi.open, () => aSession())
    await call(sessionApi.open, credentials)
    expect(api.sent[0]?.token).toBeNull()
  })

  it('renews an expired session once and repeats itself', async () => {
    api.fail(read, 'auth.expired')
    await expect(call(read)).rejects.toMatchObject({ code: 'auth.expired' })
    expect(renewals).toBe(1)
    expect(api.sent.map(({ token }) => token)).toEqual(['Bearer old', 'Bearer new'])
  })

  it('carries the server\'s code, details and trace', async () => {
    api.fail(read, 'request.not_found', { vendorId: '1' })
    await expect(call(read))
      .rejects.toMatchObject({ code: 'request.not_found', details: { vendorId: '1', traceId: 'trace-1' } })
  })

  it('says that the network is gone when nothing answers', async () => {
    globalThis.fetch = () => Promise.reject(new TypeError('failed to fetch'))
    await expect(call(read)).rejects.toMatchObject({ code: 'network.offline' })
  })

  it('says that the network is gone when a gateway answers in the server\'s place', async () => {
    globalThis.fetch = () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    await expect(call(read)).rejects.toMatchObject({ code: 'network.offline' })
  })

  it('leaves a call that was given up to whoever gave it up', async () => {
    globalThis.fetch = (_, init) => Promise.reject(init?.signal?.reason)
    const signal = AbortSignal.abort()
    await expect(call(read, {}, { signal })).rejects.toBe(signal.reason)
  })

  it('leaves out what is absent', () => {
    expect(addressOf('/api/x', {}, { a: null, b: undefined, c: 0, d: false })).toBe('/api/x?c=0&d=false')
  })

  it('writes names and lists so that they arrive as they are', () => {
    expect(addressOf('/api/vendors/:vendorId', { vendorId: 'a/b' }, { tags: ['x', 'y'] })).toBe('/api/vendors/a%2Fb?tags=x&tags=y')
  })
})

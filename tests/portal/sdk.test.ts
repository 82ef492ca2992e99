import type { Session, Wire } from './testing/session.ts'
import { B24OAuth } from '@bitrix24/b24jssdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueToken } from './apps/tokens.ts'
import { openSession } from './testing/session.ts'

const unhurried = { rateLimit: { burstLimit: 1000, drainRate: 1000 } } as never

describe('the official SDK', () => {
  let session: Session
  beforeEach(async () => {
    session = await openSession({ data: 'generate:1234' })
  })
  afterEach(() => session.close())

  function sdk(userId = 1) {
    const { portal, app, url } = session
    const { accessToken, refreshToken, expiresAt } = issueToken(portal, app, userId)
    const client = new B24OAuth({
      applicationToken: app.applicationToken,
      userId,
      memberId: portal.memberId,
      accessToken,
      refreshToken,
      expires: Math.floor(expiresAt / 1000),
      expiresIn: portal.settings.tokenLifetimeSeconds,
      scope: app.scopes.join(','),
      domain: new URL(url).host,
      clientEndpoint: `${url}/rest/`,
      serverEndpoint: `${url}/rest/`,
      status: 'L' as never,
    }, { clientId: app.clientId, clientSecret: app.clientSecret }, { restrictionParams: unhurried })
    client.offClientSideWarning()
    return { client, accessToken }
  }

  it('calls a method through the double slash', async () => {
    const answer = await sdk(2).client.actions.v2.call.make({ method: 'profile' })
    expect(answer.getData()!.result).toMatchObject({ ID: '2', ADMIN: false })
  })

  it('renews a token that the portal calls expired and repeats the call', async () => {
    const { client, accessToken } = sdk()
    session.portal.tokens.get(accessToken)!.expiresAt = session.portal.clock.now() - 1
    const renewed: string[] = []
    client.setCallbackRefreshAuth(async ({ authData }) => {
      renewed.push(authData.access_token)
    })
    expect((await client.actions.v2.call.make({ method: 'profile' })).isSuccess).toBe(true)
    expect(renewed).toHaveLength(1)
    expect(renewed[0]).not.toBe(accessToken)
  })

  it('renews once when many calls find the token out of date', async () => {
    session.portal.settings.tokenLifetimeSeconds = -1
    const { client } = sdk()
    session.portal.settings.tokenLifetimeSeconds = 3600
    const renewed: string[] = []
    client.setCallbackRefreshAuth(async ({ authData }) => {
      renewed.push(authData.access_token)
    })
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.actions.v2.call.make({ method: 'profile' })))
    expect(answers.every(answer => answer.isSuccess)).toBe(true)
    expect(renewed).toHaveLength(1)
  })

  it('fetches a whole list by keyset', async () => {
    const ids: number[] = []
    for await (const page of sdk().client.actions.v2.fetchList.make<{ id: number }>({ method: 'crm.item.list', params: { entityTypeId: 2, select: ['id'], filter: { '>opportunity': 0 } }, idKey: 'id', customKeyForResult: 'items' }))
      ids.push(...page.map(({ id }) => id))
    expect(ids).toEqual(Array.from({ length: 1234 }, (_, at) => at + 1))
  })

  it('runs a batch and reads the answers by name', async () => {
    const answer = await sdk().client.actions.v2.batch.make({
      calls: { me: { method: 'profile' }, deals: { method: 'crm.item.list', params: { entityTypeId: 2, select: ['id'], filter: { '>id': 1200 } } } },
      options: { isHaltOnError: false, returnAjaxResult: false },
    })
    expect(answer.isSuccess).toBe(true)
    const data = answer.getData() as Record<string, Wire>
    expect(data.me.ID).toBe('1')
    expect(data.deals.items).toHaveLength(34)
  })

  it('reports the code of a refusal', async () => {
    await expect(sdk().client.actions.v2.call.make({ method: 'crm.item.list', params: { entityTypeId: 2, filter: { nothing: 1 } } })).rejects.toMatchObject({ code: 'INVALID_ARG_VALUE' })
  })
})

import type { Session, Wire } from '../testing/session.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueCode, issueToken } from '../apps/tokens.ts'
import { openSession, post } from '../testing/session.ts'

describe('the authorization server', () => {
  let session: Session
  beforeEach(async () => {
    session = await openSession({ settings: { tokenLifetimeSeconds: 5 } })
  })
  afterEach(() => session.close())

  async function token(params: Record<string, string>, method = 'POST'): Promise<Record<string, Wire>> {
    const { clientId, clientSecret } = session.app
    const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...params })
    const response = method === 'GET'
      ? await fetch(`${session.url}/oauth/token/?${form}`)
      : await fetch(`${session.url}/oauth/token/`, { method, body: form })
    return { ...await response.json() as object, httpStatus: response.status }
  }

  it('expires an access token after its lifetime and exchanges the refresh token once', async () => {
    const { portal, app, url } = session
    const first = issueToken(portal, app, 3)
    portal.clock.jump(6000)
    expect(await post(`${url}/rest/profile`, { auth: first.accessToken })).toMatchObject({ error: 'expired_token' })

    const fresh = await token({ grant_type: 'refresh_token', refresh_token: first.refreshToken })
    expect(fresh).toMatchObject({ httpStatus: 200, expires_in: 5, member_id: portal.memberId, user_id: 3, client_endpoint: `${url}/rest/` })
    expect(fresh.refresh_token).not.toBe(first.refreshToken)
    expect(fresh.domain).not.toBe(new URL(url).host)
    expect(await post(`${url}/rest/profile`, { auth: fresh.access_token })).toMatchObject({ result: { ID: '3' } })

    expect(await token({ grant_type: 'refresh_token', refresh_token: first.refreshToken })).toMatchObject({ httpStatus: 400, error: 'invalid_grant' })
    expect(await token({ grant_type: 'refresh_token', refresh_token: fresh.refresh_token }, 'GET')).toMatchObject({ expires: expect.any(Number) })
  })

  it('redeems a code within half a minute, once', async () => {
    const { portal, app } = session
    const code = issueCode(portal, app, 2)
    expect(await token({ grant_type: 'authorization_code', code })).toMatchObject({ user_id: 2 })
    expect(await token({ grant_type: 'authorization_code', code })).toMatchObject({ error: 'invalid_grant' })
    const late = issueCode(portal, app, 2)
    portal.clock.jump(31_000)
    expect(await token({ grant_type: 'authorization_code', code: late })).toMatchObject({ error: 'invalid_grant' })
  })

  it('sends the browser back with a code', async () => {
    const response = await fetch(`${session.url}/oauth/authorize/?client_id=${session.app.clientId}&state=xyz`, { redirect: 'manual' })
    expect(response.status).toBe(302)
    const target = new URL(response.headers.get('location')!)
    expect(target.origin + target.pathname).toBe(session.app.handlerUrl)
    expect(Object.fromEntries(target.searchParams)).toMatchObject({ state: 'xyz', member_id: session.portal.memberId, code: expect.any(String) })
  })

  it('refuses a wrong secret, an unknown grant and tokens of an uninstalled app', async () => {
    expect(await token({ grant_type: 'refresh_token', client_secret: 'wrong' })).toMatchObject({ httpStatus: 401, error: 'invalid_client' })
    expect(await token({ grant_type: 'password' })).toMatchObject({ httpStatus: 400, error: 'invalid_request' })
    const { refreshToken } = issueToken(session.portal, session.app, 1)
    await post(`${session.url}/control/apps/${session.app.clientId}/uninstall`, { clean: true })
    expect(await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).toMatchObject({ error: 'invalid_grant' })
  })
})

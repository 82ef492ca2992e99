import type { Session } from '../testing/session.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession, post } from '../testing/session.ts'

describe('REST conventions', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession()
  })
  afterAll(() => session.close())

  it.each(['/rest/profile', '/rest/profile.json', '/rest//profile', '/rest/PROFILE'])('answers at %s', async (path) => {
    const answer = await post(`${session.url}${path}`, { auth: session.tokenOf(1) })
    expect(answer).toMatchObject({ status: 200, result: { ID: '1', ADMIN: true } })
  })

  it('accepts the query string and a form in PHP brackets as well as JSON', async () => {
    const query = await fetch(`${session.url}/rest/user.access?auth=${session.tokenOf(2)}&ACCESS[]=U2`)
    expect(await query.json()).toMatchObject({ result: true })
    const form = await fetch(`${session.url}/rest/crm.item.list`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `auth=${session.tokenOf(1)}&entityTypeId=4&filter[0][logic]=OR&filter[0][0][%3Eid]=5&filter[0][1][title]=x&select[]=id`,
    })
    expect(await form.json()).toMatchObject({ result: { items: [] }, total: 0 })
  })

  it('puts the time with its operating counters into every answer', async () => {
    const { time } = await session.call('server.time')
    expect(time).toEqual({
      start: expect.any(Number),
      finish: expect.any(Number),
      duration: expect.any(Number),
      processing: expect.any(Number),
      date_start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/),
      date_finish: expect.any(String),
      operating: expect.any(Number),
      operating_reset_at: expect.any(Number),
    })
  })

  it('answers the preflight of a cross-origin JSON call', async () => {
    const response = await fetch(`${session.url}/rest/profile`, { method: 'OPTIONS', headers: { 'origin': 'http://127.0.0.1:1', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toContain('content-type')
  })

  it('refuses a missing, an unknown and an expired token with different codes', async () => {
    expect(await post(`${session.url}/rest/profile`, {})).toMatchObject({ status: 401, error: 'NO_AUTH_FOUND' })
    expect(await post(`${session.url}/rest/profile`, { auth: 'nobody' })).toMatchObject({ status: 401, error: 'invalid_token' })
    const stale = session.portal.tokens.get(session.tokenOf(3))!
    stale.expiresAt = session.portal.clock.now() - 1
    expect(await session.call('profile', {}, 3)).toMatchObject({ status: 401, error: 'expired_token' })
  })

  it('knows no method that is not there, and no CRM method of version 3', async () => {
    expect(await session.call('crm.nothing')).toMatchObject({ status: 404, error: 'ERROR_METHOD_NOT_FOUND' })
    expect(await post(`${session.url}/rest/api/crm.item.list`, {})).toMatchObject({ status: 404, error: { code: 'BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION' } })
  })

  it('serves an incoming webhook without application context', async () => {
    session.portal.webhooks.set('1/abc', { userId: 1, code: 'abc', scopes: ['crm', 'placement'] })
    expect(await post(`${session.url}/rest/1/abc/profile.json`, {})).toMatchObject({ status: 200, result: { ID: '1' } })
    expect(await post(`${session.url}/rest/1/abc/placement.bind`, {})).toMatchObject({ status: 403, error: 'WRONG_AUTH_TYPE' })
    expect(await post(`${session.url}/rest/1/wrong/profile`, {})).toMatchObject({ status: 401, error: 'INVALID_CREDENTIALS' })
  })

  it('enforces scopes, administrators and the list of allowed users', async () => {
    const narrow = await openSession({}, { scopes: ['im'], allowedUserIds: [1, 2] })
    expect(await narrow.call('crm.item.list', { entityTypeId: 2 })).toMatchObject({ status: 403, error: 'insufficient_scope' })
    expect(await narrow.call('app.option.set', { options: { a: 1 } }, 2)).toMatchObject({ status: 400, error: 'AccessException' })
    expect(await narrow.call('profile', {}, 3)).toMatchObject({ status: 403, error: 'user_access_error' })
    await narrow.close()
  })

  it('writes an empty map as a list', async () => {
    expect(await session.call('app.option.get')).toMatchObject({ result: [] })
    await session.call('app.option.set', { options: { vendorTypeId: 'SUPPLIER' } })
    expect(await session.call('app.option.get')).toMatchObject({ result: { vendorTypeId: 'SUPPLIER' } })
  })

  it('names the token\'s app, portal and user where the authorization server is asked', async () => {
    const { result } = await session.call('app.info', {}, 2)
    expect(result).toMatchObject({
      CODE: session.app.clientId,
      INSTALLED: true,
      LICENSE: expect.any(String),
      client_id: session.app.clientId,
      member_id: session.portal.memberId,
      user_id: 2,
      client_endpoint: `${session.url}/rest/`,
      install: { version: 1, member_id: session.portal.memberId },
    })
  })

  it('sends a renamed portal\'s callers to its new address', async () => {
    const other = await openSession()
    const port = new URL(other.url).port
    await post(`${other.url}/control/rename`, { host: `127.0.0.1:${port}` })
    const moved = await fetch(`${other.url}/rest/server.time`, { redirect: 'manual' })
    expect(moved.status).toBe(302)
    expect(moved.headers.get('location')).toBe(`http://127.0.0.1:${port}/rest/server.time`)
    await other.close()
  })
})

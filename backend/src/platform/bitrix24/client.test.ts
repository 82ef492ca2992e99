import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import { createCrm, type Crm } from './client.ts'
import { createLimiter } from './limiter.ts'
import { createOauth } from './oauth.ts'
import { createPortalDirectory } from './portal-directory.postgres.ts'
import { createRequestLog, type RequestLog } from './request-log.postgres.ts'
import { faultOfAnswer, faultOfSilence } from './rest-fault.ts'
import { createTokenCipher } from './token-cipher.ts'
import { createTokenStore, type TokenStore } from './token-store.postgres.ts'
import type { Exchange, Post } from './transport.ts'
import { createVerifiedViewers } from './verified-viewers.postgres.ts'
import { verifyViewer } from './verify-viewer.ts'

type Script = (url: string, body: Record<string, unknown>) => Exchange | undefined

let database: TestDatabase
let portalId: number
let crm: Crm
let tokens: TokenStore
let log: RequestLog
let sent: { url: string, body: Record<string, unknown> }[]
let waits: number[]
let script: Script
let clock = 0

const at = () => new Date('2026-05-01T10:00:00Z')
const answer = (status: number, body: Record<string, unknown>): Exchange => ({ status, body, location: null, fault: faultOfAnswer(status, body) })
const silence: Exchange = { status: null, body: null, location: null, fault: faultOfSilence('network') }
const movedTo = (location: string): Exchange => ({ status: 302, body: null, location, fault: null })
const restCalls = () => sent.filter(({ url }) => !url.startsWith('https://auth.test'))

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  const { db } = database
  const row = await db.insertInto('portals')
    .values({ member_id: 'm', domain: 'old.test', client_endpoint: 'https://old.example.test/rest/', server_endpoint: 'https://auth.test/rest/', application_token_hash: null, app_version: null, installer_user_id: 1, installed_at: null, status: 'installed' })
    .returning('portal_id').executeTakeFirstOrThrow()
  portalId = row.portal_id
  sent = []
  waits = []
  let rotations = 0
  const post: Post = async (url, body) => {
    const plain = body instanceof URLSearchParams ? Object.fromEntries(body) : body
    sent.push({ url, body: plain })
    const scripted = script(url, plain)
    if (scripted)
      return scripted
    if (url === 'https://auth.test/oauth/token/')
      return answer(200, { access_token: `a${++rotations}`, refresh_token: `r${rotations}`, expires_in: 3600, client_endpoint: 'https://new.example.test/rest/' })
    return answer(200, { result: { method: url.split('/').at(-1) }, time: { start: 1_777_000_000.5 } })
  }
  script = () => undefined
  const oauth = createOauth({ server: 'https://auth.test', clientId: 'id', clientSecret: 'secret', post, now: at })
  tokens = createTokenStore({ db, cipher: createTokenCipher(randomBytes(32)), oauth, now: at })
  await tokens.save(portalId, 0, { accessToken: 'a0', refreshToken: 'r0', expiresAt: new Date('2026-05-01T11:00:00Z') })
  log = createRequestLog({ db, now: at })
  crm = createCrm({
    post, oauth, tokens, log, now: at,
    directory: createPortalDirectory(db),
    limiter: createLimiter({ now: () => clock, sleep: async ms => void (clock += ms) }),
    rules: { allowInsecure: false },
    sleep: async ms => void waits.push(ms),
    random: () => 0.5,
  })
})
afterEach(async () => {
  await log.flush()
  await database.db.deleteFrom('portals').execute()
})
afterAll(() => database.close())

const client = (lane: 'viewer' | 'background' = 'background') => crm.for(portalId, { lane })

describe('a call', () => {
  it('goes to the stored address with the stored token', async () => {
    const { result, startedAt } = await client().call('profile', { a: 1 })
    expect(result).toEqual({ method: 'profile' })
    expect(startedAt).toEqual(new Date(1_777_000_000_500))
    expect(sent).toEqual([{ url: 'https://old.example.test/rest/profile', body: { a: 1, auth: 'a0' } }])
  })

  it('renews a token that the portal calls expired, once, and repeats the call even if it writes', async () => {
    script = (_url, body) => body.auth === 'a0' ? answer(401, { error: 'expired_token' }) : undefined
    await client().call('crm.item.add', { entityTypeId: 4 })
    expect(restCalls().map(({ body }) => body.auth)).toEqual(['a0', 'a1'])
  })

  it('renews before calling when the stored token is over', async () => {
    await tokens.save(portalId, 0, { accessToken: 'a0', refreshToken: 'r0', expiresAt: at() })
    await client().call('profile')
    expect(restCalls().map(({ body }) => body.auth)).toEqual(['a1'])
  })

  it('shares one renewal among twenty calls that expire together', async () => {
    script = (_url, body) => body.auth === 'a0' ? answer(401, { error: 'expired_token' }) : undefined
    await Promise.all(Array.from({ length: 20 }, () => client().call('profile')))
    expect(sent.filter(({ url }) => url.endsWith('/oauth/token/'))).toHaveLength(1)
  })

  it('reports a lost login when the renewed token is refused as well', async () => {
    script = url => url.includes('/rest/') ? answer(401, { error: 'expired_token' }) : undefined
    await expect(client().call('profile')).rejects.toMatchObject({ code: 'crm.login_lost' })
    expect(restCalls()).toHaveLength(2)
  })

  it('waits longer each time the portal says it is too much', async () => {
    let refusals = 3
    script = () => refusals-- > 0 ? answer(503, { error: 'QUERY_LIMIT_EXCEEDED' }) : undefined
    await client().call('crm.item.add')
    expect(waits).toEqual([1_500, 3_000, 6_000])
  })

  it.each<[string, Exchange]>([
    ['a dropped connection', silence],
    ['a page of HTML', { status: 200, body: null, location: null, fault: faultOfSilence('unreadable', 200) }],
    ['an empty object', answer(200, {})],
    ['an internal error', answer(500, { error: 'INTERNAL_SERVER_ERROR' })],
  ])('repeats a read after %s and never a write', async (_name, failure) => {
    let failures = 1
    script = () => failures-- > 0 ? failure : undefined
    await client().call('crm.item.list')
    expect(sent).toHaveLength(2)
    failures = 1
    await expect(client().call('crm.item.add')).rejects.toMatchObject({ code: 'crm.unavailable' })
    expect(sent).toHaveLength(3)
  })

  it('repeats a write when the caller vouches for it', async () => {
    let failures = 1
    script = () => failures-- > 0 ? silence : undefined
    await client().call('bizproc.event.send', {}, { isRepeatable: true })
    expect(sent).toHaveLength(2)
  })

  it('gives a viewer an error instead of a long silence', async () => {
    script = () => silence
    await expect(client('viewer').call('profile')).rejects.toMatchObject({ code: 'crm.unavailable' })
    expect(sent).toHaveLength(3)
  })

  it('reports an error that came with status 200', async () => {
    script = () => answer(200, { error: 'ERROR_ARGUMENT', error_description: 'x' })
    await expect(client().call('placement.bind')).rejects.toMatchObject({ code: 'crm.refused', details: { hostCode: 'ERROR_ARGUMENT' } })
  })

  it('tells whoever wants to know until when the portal asked for patience', async () => {
    script = () => sent.length < 3 ? answer(503, { error: 'QUERY_LIMIT_EXCEEDED' }) : undefined
    const until: Date[] = []
    await crm.for(portalId, { lane: 'background', onPatience: async moment => void until.push(moment) }).call('profile')
    expect(waits).toHaveLength(2)
    expect(until.map((moment, at) => moment.getTime() - new Date('2026-05-01T10:00:00Z').getTime() >= waits[at]!)).toEqual([true, true])
  })

  it('stops a method that used up its time until the portal resets it', async () => {
    script = () => answer(429, { error: 'OPERATION_TIME_LIMIT' })
    await expect(client().call('crm.item.list')).rejects.toMatchObject({ code: 'crm.limit', details: { retryAfterMs: 60_000 } })
    expect(sent).toHaveLength(1)
  })

  it('marks a deleted portal and does not call it again', async () => {
    script = () => answer(500, { error: 'PORTAL_DELETED' })
    await expect(client().call('profile')).rejects.toMatchObject({ code: 'portal.not_installed' })
    await expect(client().call('profile')).rejects.toMatchObject({ code: 'portal.not_installed' })
    expect(sent).toHaveLength(1)
  })

  it('refuses to call a portal over http in production', async () => {
    await database.db.updateTable('portals').set({ client_endpoint: 'http://portal.example.test/rest/' }).execute()
    await expect(client().call('profile')).rejects.toMatchObject({ code: 'portal.insecure' })
  })

  it('is logged without its token', async () => {
    await client().call('profile', { note: 'x' })
    await log.flush()
    const row = await database.db.selectFrom('request_log').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ method: 'profile', status: 200, request: { note: 'x' } })
    expect(JSON.stringify(row)).not.toContain('a0')
  })
})

describe('a renamed portal', () => {
  const isOld = (url: string) => url.startsWith('https://old.example.test/')

  it('is followed with the same POST and remembered once the authorization server names the new address', async () => {
    script = (url) => {
      if (isOld(url))
        return movedTo('https://new.example.test/rest/crm.item.add')
      return url === 'https://auth.test/rest/app.info' ? answer(200, { result: { install: { client_endpoint: 'https://new.example.test/rest/' } } }) : undefined
    }
    await client().call('crm.item.add', { fields: { title: 'x' } })
    expect(restCalls().at(-1)).toEqual({ url: 'https://new.example.test/rest/crm.item.add', body: { fields: { title: 'x' }, auth: 'a0' } })
    const portal = await database.db.selectFrom('portals').selectAll().executeTakeFirstOrThrow()
    expect(portal).toMatchObject({ domain: 'new.example.test', client_endpoint: 'https://new.example.test/rest/' })
  })

  it('is followed after a rotation where app.info does not name an address', async () => {
    script = (url) => {
      if (isOld(url))
        return movedTo('https://new.example.test/rest/profile')
      return url === 'https://auth.test/rest/app.info' ? answer(200, { result: { ID: 1 } }) : undefined
    }
    await client().call('profile')
    expect(restCalls().at(-1)).toEqual({ url: 'https://new.example.test/rest/profile', body: { auth: 'a1' } })
  })

  it('in a folder is found for a viewer as well, by the app\'s own tokens', async () => {
    script = (url) => {
      if (isOld(url))
        return movedTo('https://new.example.test/crm/rest/batch')
      if (url === 'https://auth.test/rest/app.info')
        return answer(200, { result: { ID: 1 } })
      return url === 'https://auth.test/oauth/token/'
        ? answer(200, { access_token: 'a1', refresh_token: 'r1', client_endpoint: 'https://new.example.test/crm/rest/' })
        : undefined
    }
    await crm.for(portalId, { as: { accessToken: 'frame' } }).call('profile')
    expect(restCalls().at(-1)).toEqual({ url: 'https://new.example.test/crm/rest/profile', body: { auth: 'frame' } })
  })

  it('never gets the token when the authorization server names another address', async () => {
    script = (url) => {
      if (isOld(url))
        return movedTo('https://thief.example.test/rest/profile')
      return url === 'https://auth.test/rest/app.info' ? answer(200, { result: { client_endpoint: 'https://old.example.test/rest/' } }) : undefined
    }
    await expect(client().call('profile')).rejects.toMatchObject({ code: 'crm.unavailable' })
    expect(sent.some(({ url }) => url.includes('thief'))).toBe(false)
  })
})

describe('a viewer', () => {
  const verify = (accessToken: string) => verifyViewer({ crm, appCode: async () => 'local.ours', viewers: createVerifiedViewers(database.db), now: at }, { portalId, accessToken })
  const portalSays = (code: string) => answer(200, { result: { result: { profile: { ID: '3', ADMIN: false, NAME: 'Ben', LAST_NAME: 'Reed' }, app: { CODE: code } }, result_error: [] } })

  it('is who the portal says, and is asked about once per token', async () => {
    script = () => portalSays('local.ours')
    expect(await verify('frame')).toMatchObject({ userId: 3, name: 'Ben Reed', isAdmin: false })
    expect(await verify('frame')).toMatchObject({ userId: 3, name: 'Ben Reed' })
    expect(sent).toMatchObject([{ url: 'https://old.example.test/rest/batch', body: { auth: 'frame' } }])
  })

  it('who is only a guest of the portal is not let in', async () => {
    script = () => answer(200, { result: { result: { profile: { ID: '6', ADMIN: false }, app: { CODE: 'local.ours' } }, result_error: { crm: { error: 'allowed_only_intranet_user', error_description: '' } } } })
    await expect(verify('guest')).rejects.toMatchObject({ code: 'auth.not_allowed' })
  })

  it('with a token that the portal gave to another app is a forgery', async () => {
    script = () => portalSays('local.theirs')
    await expect(verify('stray')).rejects.toMatchObject({ code: 'auth.forged' })
  })

  it('with a token the portal does not know is a forgery', async () => {
    script = () => answer(401, { error: 'NO_AUTH_FOUND' })
    await expect(verify('forged')).rejects.toMatchObject({ code: 'auth.forged' })
  })
})

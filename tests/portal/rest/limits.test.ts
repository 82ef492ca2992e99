import type { Session } from '../testing/session.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSession, post } from '../testing/session.ts'

describe('limits', () => {
  let session: Session
  beforeEach(async () => {
    session = await openSession({ limits: { isBucketOn: true } })
  })
  afterEach(() => session.close())

  it('blocks above fifty calls and lets two a second through again', async () => {
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await session.call('server.time')).status))
    expect(statuses.filter(status => status === 200).length).toBeGreaterThanOrEqual(50)
    expect(statuses.filter(status => status === 503).length).toBeGreaterThanOrEqual(8)
    expect(await session.call('server.time')).toMatchObject({ status: 503, error: 'QUERY_LIMIT_EXCEEDED' })
    session.portal.clock.jump(1000)
    expect(await session.call('server.time')).toMatchObject({ status: 200 })
  })

  it('counts a batch as one call', async () => {
    const cmd = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`c${at}`, 'server.time']))
    for (let round = 0; round < 3; round++)
      expect((await session.call('batch', { cmd })).status).toBe(200)
  })

  it('blocks a method that used up its working time until its oldest minute falls out', async () => {
    Object.assign(session.portal.limiter.settings, { isBucketOn: false, operatingCost: { 'server.time': 200, '*': 0 } })
    const operating = [await session.call('server.time'), await session.call('server.time'), await session.call('server.time')]
    expect(operating.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(operating.at(-1)!.time).toMatchObject({ operating: 600 })
    expect(await session.call('server.time')).toMatchObject({ status: 429, error: 'OPERATION_TIME_LIMIT' })
    expect(await session.call('profile')).toMatchObject({ status: 200 })
    session.portal.clock.jump(Number(operating[0]!.time!.operating_reset_at) * 1000 - session.portal.clock.now() + 1000)
    session.portal.tokens.forEach((token) => { token.expiresAt = session.portal.clock.now() + 1e6 })
    expect(await session.call('server.time')).toMatchObject({ status: 200 })
  })
})

describe('faults', () => {
  let session: Session
  beforeEach(async () => {
    session = await openSession()
  })
  afterEach(() => session.close())

  const spoil = (kind: string, more: object = {}) => post(`${session.url}/control/faults`, { rest: [{ kind, ...more }] })

  it.each([
    ['queryLimit', 503, 'QUERY_LIMIT_EXCEEDED'],
    ['operationLimit', 429, 'OPERATION_TIME_LIMIT'],
    ['expiredToken', 401, 'expired_token'],
    ['serverError', 500, 'INTERNAL_SERVER_ERROR'],
    ['emptyErrorCode', 400, ''],
    ['errorWithStatus200', 200, 'ERROR_UNEXPECTED_ANSWER'],
  ])('answers %s as often as told, then the truth', async (kind, status, error) => {
    await spoil(kind, { count: 2 })
    expect(await session.call('profile')).toMatchObject({ status, error })
    expect(await session.call('profile')).toMatchObject({ status, error })
    expect(await session.call('profile')).toMatchObject({ status: 200, result: { ID: '1' } })
  })

  it('hits only the methods that it names', async () => {
    await spoil('serverError', { methods: ['crm.item.list'] })
    expect((await session.call('profile')).status).toBe(200)
    expect((await session.call('crm.item.list', { entityTypeId: 2 })).status).toBe(500)
  })

  it('hits a command inside a batch by its name', async () => {
    await spoil('operationLimit', { methods: ['profile'], count: 1 })
    const { result } = await session.call('batch', { cmd: { a: 'server.time', b: 'profile', c: 'profile' } })
    expect(Object.keys(result.result)).toEqual(['a', 'c'])
    expect(result.result_error.b).toMatchObject({ error: 'OPERATION_TIME_LIMIT' })
  })

  it('cuts the connection, answers HTML, forgets next, empties maps, and waits', async () => {
    await spoil('dropConnection', { count: 1 })
    await expect(session.call('profile')).rejects.toThrow()
    await spoil('html', { count: 1 })
    const page = await fetch(`${session.url}/rest/profile?auth=${session.tokenOf(1)}`)
    expect(page.headers.get('content-type')).toContain('text/html')
    await spoil('emptyMapAsList', { count: 1 })
    expect((await session.call('profile')).result).toEqual([])
    await spoil('slow', { count: 1, delayMs: 60 })
    const startedAt = performance.now()
    await session.call('profile')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55)
  })

  it('refuses an unknown switch by name', async () => {
    expect(await spoil('nonsense')).toMatchObject({ status: 400 })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installationApi } from '@comptoir/shared/installation/installation.contract'
import { sessionApi } from '@comptoir/shared/portal/portal.contract'
import { refusalOf, startSiege, type Siege } from '../factories/siege.ts'

/** Bodies that are too large, too deep or too clever. */

let siege: Siege
beforeAll(async () => {
  siege = await startSiege()
})
afterAll(() => siege?.close())

describe('a body that is meant to hurt', () => {
  const doors = ['/p/install', '/p/deal-tab', '/bx/action/comptoir_vendor_management', '/bx/event']
  const open = [sessionApi.open.path, installationApi.openSession.path]
  const deep = (depth: number) => `member_id${'[a]'.repeat(depth)}=1&auth${'[b]'.repeat(depth)}=2`

  it.each(doors)('posted to %s is refused when it is too large', async (path) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.post(path, `x=${'a'.repeat(5 * 1024 * 1024)}`)))).toEqual({ status: 413, code: 'request.too_large' })
  })

  it.each(open)('posted to %s is refused when it is too large', async (path) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.json(path, JSON.stringify({ accessToken: 'a'.repeat(2 * 1024 * 1024) }))))).toEqual({ status: 413, code: 'request.too_large' })
  })

  it.each(doors)('nested ten thousand deep changes nothing at %s', async (path) => {
    const { status } = await siege.unchanged(async () => refusalOf(await siege.post(path, deep(10_000))))
    expect([200, 400, 401]).toContain(status)
  })

  it.each(doors)('with a hundred thousand fields changes nothing at %s', async (path) => {
    const many = Array.from({ length: 100_000 }, (_, at) => `f${at}=1`).join('&')
    const { status } = await siege.unchanged(async () => refusalOf(await siege.post(path, many)))
    expect([200, 400, 401]).toContain(status)
  })

  it.each(doors)('that names __proto__ reaches no prototype at %s', async (path) => {
    await siege.unchanged(() => siege.post(path, '__proto__[isAdmin]=1&constructor[prototype][isAdmin]=1&auth[__proto__][isAdmin]=1&auth[member_id][__proto__]=1'))
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  })

  it.each(open)('that names __proto__ is refused at %s', async (path) => {
    const text = `{"accessToken":"x","refreshToken":"","memberId":"${siege.comptoir.portal.memberId}","__proto__":{"isAdmin":true}}`
    expect((await siege.unchanged(async () => refusalOf(await siege.json(path, text)))).status).toBe(400)
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  })

  it.each(open)('nested ten thousand deep is refused at %s', async (path) => {
    const text = `{"accessToken":${'['.repeat(10_000)}${']'.repeat(10_000)},"memberId":"x"}`
    expect((await siege.unchanged(async () => refusalOf(await siege.json(path, text)))).status).toBe(400)
  })
})

describe('somebody who knocks again and again', () => {
  it.each(['/p/install', sessionApi.open.path, installationApi.openSession.path])('at %s has to wait after three hundred times in a minute', async (path) => {
    const knock = () => path.startsWith('/p/') ? siege.post(path, {}) : siege.json(path, '{}')
    const statuses: number[] = []
    for (let round = 0; round < 13; round++)
      statuses.push(...await Promise.all(Array.from({ length: 25 }, async () => (await knock()).status)))
    expect(statuses.filter(status => status === 429).length).toBeGreaterThanOrEqual(25)
    expect(await refusalOf(await knock())).toEqual({ status: 429, code: 'request.too_many' })
  })
})

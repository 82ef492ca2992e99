import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mirrorApi } from '@comptoir/shared/mirror/mirror.contract'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'

let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:120' })
})
afterAll(() => comptoir?.close())

const state = async () => (await comptoir.call(mirrorApi.state)).body
const deal = (dealId: number) => comptoir.database.db.selectFrom('crm_deals').selectAll().where('deal_id', '=', dealId).executeTakeFirst()

describe('the state of the sync', () => {
  it('tells after an installation that everything is there, and that both sides count the same', async () => {
    await waitFor(async () => (await state()).status === 'idle', 'the first reading')
    const { lagSeconds, entities, limiter } = await state()
    expect(lagSeconds).toBeLessThan(120)
    expect(entities.find(({ entity }) => entity === 'deals')).toMatchObject({ mode: 'incremental', rowsRead: 120, portalCount: 120, mirrorCount: 120, errorCode: null })
    expect(limiter.operating.map(({ method }) => method)).toContain('crm.item.list')
  })

  it('may be seen by everybody and changed by administrators alone', async () => {
    const employee = await comptoir.session(3)
    expect((await comptoir.call(mirrorApi.state, {}, employee)).status).toBe(200)
    for (const endpoint of [mirrorApi.run, mirrorApi.pause, mirrorApi.resume, mirrorApi.rebuild])
      expect(await comptoir.call(endpoint, {}, employee)).toMatchObject({ status: 403, body: { code: 'auth.admin_only' } })
    expect(await comptoir.call(mirrorApi.state, {}, null)).toMatchObject({ status: 401, body: { code: 'auth.required' } })
  })
})

describe('a change in the portal', () => {
  it('arrives through its event within seconds', async () => {
    comptoir.portal.crm.update(2, 4, { title: 'Heard of it' }, { userId: 1 })
    expect(await waitFor(async () => (await deal(4))?.title === 'Heard of it', 'the new title')).toBe(true)
  })

  it('takes a deleted deal out', async () => {
    comptoir.portal.crm.remove(2, 5, { userId: 1 })
    expect(await waitFor(async () => !await deal(5), 'the deal to go')).toBe(true)
  })
})

describe('a pause', () => {
  it('lasts until somebody ends it', async () => {
    await comptoir.idle()
    expect((await comptoir.call(mirrorApi.pause)).body).toMatchObject({ status: 'paused', nextRunAt: null })
    comptoir.portal.crm.update(2, 6, { title: 'Not yet' }, { userId: 1 })
    await comptoir.portal.queue.idle()
    await comptoir.idle()
    expect((await deal(6))?.title).not.toBe('Not yet')
    expect((await comptoir.call(mirrorApi.resume)).body.status).not.toBe('paused')
    expect(await waitFor(async () => (await deal(6))?.title === 'Not yet', 'the change made during the pause')).toBe(true)
  })
})

describe('orders of an administrator', () => {
  it('compare the counts at once', async () => {
    await comptoir.idle()
    const before = (await state()).lastCheckAt
    await comptoir.call(mirrorApi.run)
    expect(await waitFor(async () => (await state()).lastCheckAt !== before, 'a fresh comparison')).toBe(true)
  })

  it('read everything again', async () => {
    await comptoir.idle()
    await comptoir.database.db.updateTable('crm_deals').set({ title: 'Spoiled' }).where('deal_id', '=', 9).execute()
    await comptoir.call(mirrorApi.rebuild)
    expect(await waitFor(async () => (await deal(9))?.title !== 'Spoiled', 'the true title')).toBe(true)
    await comptoir.idle()
    expect((await state()).entities.every(({ mode }) => mode === 'incremental')).toBe(true)
  })
})

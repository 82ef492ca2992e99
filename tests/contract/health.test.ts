import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { healthApi, requestsPerPage } from '@comptoir/shared/health/health.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import type { PortalStage } from '../factories/portal-stage.ts'

let comptoir: Comptoir
let other: PortalStage
let portalId: number

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  portalId = (await comptoir.database.db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  other = await comptoir.addPortal()
})
afterAll(() => comptoir?.close())

const state = async () => (await comptoir.call(healthApi.state)).body

/** As the queue leaves a job behind that failed at its last try. */
async function giveUp(output: object): Promise<string> {
  const { rows: [row] } = await comptoir.database.pool.query<{ id: string }>(`
    insert into pgboss.job (name, data, output, source_name, source_id, source_created_on)
    values ('dead-letters', $1, $2, 'installation.register-again', gen_random_uuid(), now()) returning id`,
  [{ portalId }, output])
  return row?.id ?? ''
}

describe('the health of a portal', () => {
  it('tells what works', async () => {
    expect(await state()).toMatchObject({
      version: '0.0.0', storage: { isEmbedded: comptoir.config.databaseUrl === null }, deadLetters: [], missingScope: [],
      login: { status: 'renewable' }, sync: { status: 'idle', errorCode: null },
    })
    expect((await state()).storage.sizeBytes).toBeGreaterThan(1_000_000)
  })

  it('counts the runs of the last day', async () => {
    const run = (state: 'answered' | 'failed', age: number) => ({
      portal_id: portalId, action_id: 'vendor-management', code: 'c', settings: '{}', event_token: Buffer.from('x'),
      event_token_hash: Buffer.from(randomUUID()), is_waited_for: false, state, received_at: new Date(Date.now() - age),
    })
    await comptoir.database.db.insertInto('action_runs').values([run('answered', 0), run('failed', 3_600_000), run('failed', 90_000_000)]).execute()
    expect((await state()).runs).toEqual([{ state: 'answered', count: 1 }, { state: 'failed', count: 1 }])
  })

  it('says that the login is lost', async () => {
    const { db } = comptoir.database
    const tokens = db.selectFrom('portal_tokens').selectAll().where('portal_id', '=', portalId)
    const before = await tokens.execute()
    await db.deleteFrom('portal_tokens').where('portal_id', '=', portalId).execute()
    expect((await state()).login).toEqual({ status: 'lost', expiresAt: null, renewedAt: null })
    await db.insertInto('portal_tokens').values(before).execute()
  })
})

describe('work that was given up', () => {
  it('is seen and started again by its own portal alone', async () => {
    const id = await giveUp({ code: 'crm.forbidden', message: 'crm.forbidden', stack: 'Error: at /home/x.ts' })
    const seen = await state()
    expect(seen.deadLetters).toMatchObject([{ deadLetterId: id, queue: 'installation.register-again', errorCode: 'crm.forbidden' }])
    expect(seen.queues).toContainEqual({ queue: 'installation.register-again', waiting: 0, active: 0, failed: 1 })
    expect(JSON.stringify(seen)).not.toContain('/home/x.ts')

    const stranger = await other.session(1)
    expect((await other.call(healthApi.state, {}, stranger)).body.deadLetters).toEqual([])
    expect(await other.call(healthApi.retry, { params: { deadLetterId: id } }, stranger)).toMatchObject({ status: 409, body: { code: 'health.dead_letter_gone' } })

    const answer = await comptoir.call(healthApi.retry, { params: { deadLetterId: id } })
    expect(answer).toMatchObject({ status: 200, body: { deadLetters: [] } })
    await comptoir.idle()
    const { rows } = await comptoir.database.pool.query<{ state: string }>(`select state from pgboss.job where name = 'installation.register-again' and data = $1 order by created_on desc limit 1`, [{ portalId }])
    expect(rows).toEqual([{ state: 'completed' }])
    expect(await comptoir.call(healthApi.retry, { params: { deadLetterId: id } })).toMatchObject({ status: 409 })
  })
})

describe('the request log', () => {
  it('is read page by page, newest first', async () => {
    const row = (index: number) => ({ portal_id: portalId, method: 'test.page', status: 200, error_code: null, duration_ms: index, request: '{}', answer: '{}' })
    await comptoir.database.db.insertInto('request_log').values(Array.from({ length: requestsPerPage + 5 }, (_, index) => row(index))).execute()
    const first = (await comptoir.call(healthApi.requests, { query: { method: 'TEST.' } })).body
    const second = (await comptoir.call(healthApi.requests, { query: { method: 'TEST.', before: first.next ?? 0 } })).body
    const read = [...first.requests, ...second.requests].map(({ durationMs }) => durationMs)
    expect(read).toEqual(Array.from({ length: requestsPerPage + 5 }, (_, index) => requestsPerPage + 4 - index))
    expect(second.next).toBeNull()
  })

  it('shows what failed, with question and answer as they were kept', async () => {
    const { db } = comptoir.database
    const { request_log_id: requestId } = await db.insertInto('request_log')
      .values({ portal_id: portalId, method: 'crm.item.list', status: 403, error_code: 'ACCESS_DENIED', duration_ms: 12, operating_ms: 3, request: JSON.stringify({ auth: '•••' }), answer: JSON.stringify({ error: 'ACCESS_DENIED' }) })
      .returning('request_log_id').executeTakeFirstOrThrow()
    const { requests } = (await comptoir.call(healthApi.requests, { query: { isFailed: true } })).body
    expect(requests.map(request => request.errorCode)).toContain('ACCESS_DENIED')
    expect(requests.every(({ errorCode }) => errorCode !== null)).toBe(true)
    const detail = await comptoir.call(healthApi.request, { params: { requestId } })
    expect(detail.body).toMatchObject({ operatingMs: 3, request: { auth: '•••' }, answer: { error: 'ACCESS_DENIED' } })
    expect(await other.call(healthApi.request, { params: { requestId } }, await other.session(1))).toMatchObject({ status: 404, body: { code: 'health.request_gone' } })
    expect((await other.call(healthApi.requests, { query: { method: 'test.page' } }, await other.session(1))).body.requests).toEqual([])
  })
})

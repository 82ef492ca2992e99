import { fork } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { dealList } from '@comptoir/backend/platform/bitrix24/crm-lists'
import { startMirrorStage, type MirrorStage } from './mirror-stage.ts'

let stage: MirrorStage
afterEach(() => stage.close())

const states = async () => {
  const rows = await stage.database.db.selectFrom('sync_states').selectAll().where('portal_id', '=', stage.portalId).execute()
  return Object.fromEntries(rows.map(row => [row.entity, row]))
}
const count = async (table: 'crm_deals' | 'crm_companies' | 'crm_product_rows' | 'crm_stage_changes' | 'crm_users' | 'crm_stages' | 'crm_departments' | 'sync_hints') => {
  const { rows } = await stage.database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]!.n
}
const wrongDeals = async (condition: string) => {
  const { rows } = await stage.database.pool.query<{ n: number }>(`select count(*)::int as n from crm_deals d
    left join crm_stages s on s.portal_id = d.portal_id and s.entity_type_id = 2 and s.stage_id = d.stage_id where ${condition}`)
  return rows[0]!.n
}
const answeredWith = (text: string) => stage.running.portal.journal.read('rest').filter(entry => JSON.stringify(entry).includes(text))
const restRequests = () => stage.requests.length

describe('a first full reading', () => {
  it('brings everything over, and the counts agree with the portal\'s own', async () => {
    stage = await startMirrorStage({ data: 'generate:3000' })
    await stage.sync()
    const { crm, users, departments } = stage.running.portal
    expect(await count('crm_deals')).toBe(crm.items(2)!.size)
    expect(await count('crm_companies')).toBe(crm.items(4)!.size)
    expect(await count('crm_stage_changes')).toBe(crm.stageHistory(2).size)
    expect(await count('crm_product_rows')).toBe(3000)
    expect(await count('crm_users')).toBe(users.size)
    expect(await count('crm_departments')).toBe(departments.size)
    expect(await count('crm_stages')).toBeGreaterThan(0)
    const read = await states()
    for (const entity of ['deals', 'companies', 'stage_changes'])
      expect(read[entity]).toMatchObject({ mode: 'incremental', status: 'idle', error_code: null, portal_count: read[entity]!.mirror_count })
    expect(read.product_rows).toMatchObject({ mode: 'incremental', status: 'idle', rows_read: 3000 })
  })

  it('knows when a deal was closed, what it is worth in the base currency, and what its stage means', async () => {
    stage = await startMirrorStage({ data: 'generate:500' })
    await stage.sync()
    const { db } = stage.database
    expect(await wrongDeals(`d.semantics <> s.semantics or (d.semantics = 'P') <> (d.closed_at is null)`)).toBe(0)
    const won = await db.selectFrom('crm_deals').selectAll().where('semantics', '=', 'S').limit(1).executeTakeFirstOrThrow()
    const final = await db.selectFrom('crm_stage_changes').select('at').where('deal_id', '=', won.deal_id).where('semantics', '=', 'S').executeTakeFirstOrThrow()
    expect(won.closed_at).toEqual(final.at)
    const foreign = await db.selectFrom('crm_deals').innerJoin('crm_currencies', 'crm_currencies.currency', 'crm_deals.currency')
      .select(['amount_minor', 'amount_base_minor', 'rate']).where('is_base', '=', false).where('rate', 'is not', null).limit(1).executeTakeFirstOrThrow()
    expect(foreign.amount_base_minor).toBe(Math.round(foreign.amount_minor! * Number(foreign.rate)))
  })

  it('stays within the budget of requests and never trips the limiter', async () => {
    stage = await startMirrorStage({ data: 'generate:10000' })
    await stage.sync()
    const { crm } = stage.running.portal
    const records = crm.items(2)!.size + crm.items(4)!.size + crm.stageHistory(2).size + await count('crm_product_rows')
    expect(restRequests()).toBeLessThanOrEqual(1.05 * records / 2_500)
    expect(await count('crm_deals')).toBe(10_000)
    expect(answeredWith('QUERY_LIMIT_EXCEEDED')).toEqual([])
  }, 60_000)

  it('of a hundred thousand deals takes forty requests, and one to see that there are no more', async () => {
    stage = await startMirrorStage({ data: 'generate:100000' })
    let rows = 0
    for await (const page of stage.crm.for(stage.portalId, { lane: 'background' }).stream(dealList))
      rows += page.rows.length
    expect(rows).toBe(100_000)
    expect(restRequests()).toBe(41)
    expect(answeredWith('QUERY_LIMIT_EXCEEDED')).toEqual([])
  }, 60_000)

  it('goes on where a killed process stopped, without loss and without reading a page twice', async () => {
    stage = await startMirrorStage({ data: 'generate:9000' })
    const { portal } = stage.running
    const child = fork(join(import.meta.dirname, 'mirror-child.ts'), { env: {
      ...process.env, DATABASE: stage.database.url, SERVER: stage.running.url, TOKEN_KEY: stage.tokenKey.toString('hex'),
      PORTAL_ID: String(stage.portalId), CLIENT_ID: stage.app.clientId, CLIENT_SECRET: stage.app.clientSecret,
    } })
    let batches = 0
    const stopListening = portal.journal.subscribe((entry) => {
      if (entry.channel === 'rest' && entry.method === 'batch' && ++batches === 4)
        child.kill('SIGKILL')
    })
    await new Promise(resolve => child.once('exit', resolve))
    stopListening()
    const before = await count('crm_deals')
    expect(before).toBeGreaterThan(2_000)
    expect(before).toBeLessThan(9_000)
    await stage.sync()
    expect(await count('crm_deals')).toBe(9_000)
    expect(await count('crm_stage_changes')).toBe(portal.crm.stageHistory(2).size)
    expect(await count('crm_product_rows')).toBe(9_000)
    const first = stage.requests[0]!.commands.map(decodeURIComponent).find(command => command.includes('entityTypeId=2&select'))
    expect(Number(/filter\[>id\]=(\d+)/.exec(first!)![1])).toBe(before)
    expect((await states()).deals).toMatchObject({ rows_read: 9_000 })
  }, 60_000)
})

describe('an incremental run', () => {
  it('costs one request when nothing happened', async () => {
    stage = await startMirrorStage({ data: 'generate:600' })
    await stage.sync()
    stage.running.portal.clock.jump(10 * 60_000)
    const before = restRequests()
    await stage.sync()
    expect(restRequests() - before).toBe(1)
  })

  it('finds changed, new and moved deals by their time alone', async () => {
    stage = await startMirrorStage({ data: 'generate:600' })
    const { portal } = stage.running
    await stage.sync()
    portal.clock.jump(10 * 60_000)
    portal.crm.update(2, 5, { title: 'Renamed', opportunity: 123.45 }, { userId: 1 })
    const added = portal.crm.add(2, { title: 'New', categoryId: 0, stageId: 'NEW', opportunity: 10, currencyId: 'EUR' }, { userId: 1 })
    portal.clock.jump(60_000)
    await stage.sync()
    const rows = await stage.database.db.selectFrom('crm_deals').selectAll().where('deal_id', 'in', [5, added.id]).orderBy('deal_id').execute()
    expect(rows).toMatchObject([{ title: 'Renamed', amount_minor: 12_345 }, { title: 'New', amount_minor: 1_000 }])
  })

  it('follows a hint, and a record that is not answered any more is taken out', async () => {
    stage = await startMirrorStage({ data: 'generate:300' })
    const { portal } = stage.running
    await stage.sync()
    portal.crm.remove(2, 7, { userId: 1 })
    await stage.database.db.insertInto('sync_hints').values([{ portal_id: stage.portalId, entity: 'deals', entity_id: 7 }, { portal_id: stage.portalId, entity: 'deals', entity_id: 8 }]).execute()
    await stage.sync()
    const left = await stage.database.db.selectFrom('crm_deals').select('deal_id').where('deal_id', 'in', [7, 8]).execute()
    expect(left).toEqual([{ deal_id: 8 }])
    expect(await stage.database.db.selectFrom('crm_product_rows').select('deal_id').where('deal_id', '=', 7).execute()).toEqual([])
    expect(await count('sync_hints')).toBe(0)
  })

  it('reads product rows again when their deal changed', async () => {
    stage = await startMirrorStage({ data: 'generate:200' })
    const { portal } = stage.running
    await stage.sync()
    portal.clock.jump(10 * 60_000)
    await stage.crm.for(stage.portalId).call('crm.item.productrow.set', { ownerType: 'D', ownerId: 9, productRows: [{ productName: 'Chaise', price: 12.5, quantity: 4 }, { productName: 'Table', price: 80, quantity: 1 }] })
    portal.crm.update(2, 9, { title: 'With rows' }, { userId: 1 })
    await stage.sync()
    const rows = await stage.database.db.selectFrom('crm_product_rows').selectAll().where('deal_id', '=', 9).orderBy('product_row_id').execute()
    expect(rows).toMatchObject([{ product_name: 'Chaise', price_minor: 1_250 }, { product_name: 'Table', price_minor: 8_000 }])
  })

  it('converts again when a rate changes', async () => {
    stage = await startMirrorStage({ data: 'generate:300' })
    const { portal } = stage.running
    await stage.sync()
    const foreign = portal.crm.currencies.find(({ isBase }) => !isBase)!
    foreign.amount = 2
    foreign.amountCount = 1
    portal.clock.jump(2 * 3_600_000)
    await stage.sync()
    expect(await wrongDeals(`d.currency = '${foreign.code}' and d.amount_base_minor is distinct from d.amount_minor * 2`)).toBe(0)
  })
})

describe('the nightly comparison', () => {
  it('finds deletions that no event told of, in a handful of requests', async () => {
    stage = await startMirrorStage({ data: 'generate:8000' })
    const { portal } = stage.running
    await stage.sync()
    for (const id of [17, 4_000, 4_001, 7_990])
      portal.crm.remove(2, id, { userId: 1 })
    portal.clock.jump(26 * 3_600_000)
    const before = restRequests()
    await stage.sync()
    expect(await count('crm_deals')).toBe(portal.crm.items(2)!.size)
    const gone = await stage.database.db.selectFrom('crm_deals').select('deal_id').where('deal_id', 'in', [17, 4_000, 4_001, 7_990]).execute()
    expect(gone).toEqual([])
    expect(restRequests() - before).toBeLessThan(12)
    expect((await states()).deals).toMatchObject({ portal_count: 7_996, mirror_count: 7_996 })
  }, 60_000)

  it('brings back what the mirror lost', async () => {
    stage = await startMirrorStage({ data: 'generate:1000' })
    await stage.sync()
    await stage.database.db.deleteFrom('crm_deals').where('deal_id', 'in', [3, 500]).execute()
    stage.running.portal.clock.jump(26 * 3_600_000)
    await stage.sync()
    expect(await count('crm_deals')).toBe(1_000)
  })
})

describe('a host in trouble', () => {
  it.each(['queryLimit', 'html', 'dropConnection', 'serverError', 'emptyMapAsList', 'expiredToken'] as const)('does not lose a row to %s', async (kind) => {
    stage = await startMirrorStage({ data: 'generate:3000' })
    stage.running.portal.faults.add({ kind, methods: ['batch'], count: 2 })
    await stage.sync()
    stage.running.portal.clock.jump(5 * 60_000)
    await stage.sync()
    expect(await count('crm_deals')).toBe(3_000)
    expect((await states()).deals).toMatchObject({ mode: 'incremental', error_code: null })
  })

  it('that asks for patience is said to do so while the run waits for it', async () => {
    stage = await startMirrorStage({ data: 'generate:200' })
    const { portal } = stage.running
    portal.faults.add({ kind: 'queryLimit', methods: ['batch'], count: 2 })
    const waits: { at: number, until: Date }[] = []
    await stage.sync({ crm: { ...stage.crm, for: (portalId, options) => stage.crm.for(portalId, { ...options, async onPatience(until) {
      await options?.onPatience?.(until)
      const run = await stage.database.db.selectFrom('sync_portals').select('waiting_until').executeTakeFirstOrThrow()
      waits.push({ at: portal.clock.now(), until: run.waiting_until! })
    } }) } })
    expect(waits).toHaveLength(2)
    expect(waits.every(({ at, until }) => until.getTime() > at)).toBe(true)
    expect(await stage.database.db.selectFrom('sync_portals').select(['waiting_until', 'error_code']).executeTakeFirstOrThrow()).toEqual({ waiting_until: null, error_code: null })
    expect(await count('crm_deals')).toBe(200)
  })

  it('that used up its time for a method is left alone until the reset, and what was read stays', async () => {
    stage = await startMirrorStage({ data: 'generate:9000' })
    const { portal } = stage.running
    portal.limiter.settings.operatingCost['crm.item.list'] = 6
    await stage.sync()
    const run = await stage.database.db.selectFrom('sync_portals').selectAll().executeTakeFirstOrThrow()
    expect(run.error_code).toBe('crm.limit')
    expect(run.waiting_until!.getTime()).toBeGreaterThan(portal.clock.now())
    const refusals = portal.journal.read('rest').filter(entry => JSON.stringify(entry).includes('OPERATION_TIME_LIMIT')).length
    portal.limiter.settings.operatingCost['crm.item.list'] = 0.01
    for (let round = 0; round < 12 && (await count('crm_deals')) < 9_000; round++) {
      portal.clock.jump(10 * 60_000)
      await stage.sync()
    }
    expect(await count('crm_deals')).toBe(9_000)
    expect(refusals).toBeLessThanOrEqual(50)
  })

  it('without the right to see departments costs only the departments', async () => {
    stage = await startMirrorStage({ data: 'generate:200' })
    stage.app.scopes.splice(stage.app.scopes.indexOf('department'), 1)
    for (const token of stage.running.portal.tokens.values())
      token.scopes.splice(token.scopes.indexOf('department'), 1)
    await stage.sync()
    expect((await states()).departments).toMatchObject({ status: 'failed', error_code: 'crm.forbidden' })
    expect(await count('crm_deals')).toBe(200)
  })
})

describe('pause and rebuild', () => {
  it('stops before the next request and resumes later', async () => {
    stage = await startMirrorStage({ data: 'generate:400' })
    await stage.database.db.insertInto('sync_portals').values({ portal_id: stage.portalId, is_paused: true }).execute()
    await stage.sync()
    expect(restRequests()).toBe(0)
    await stage.database.db.updateTable('sync_portals').set({ is_paused: false }).execute()
    await stage.sync()
    expect(await count('crm_deals')).toBe(400)
  })

  it('reads everything again and drops what the portal no longer has', async () => {
    stage = await startMirrorStage({ data: 'generate:400' })
    await stage.sync()
    stage.running.portal.crm.remove(2, 11, { userId: 1 })
    await stage.database.db.updateTable('sync_portals').set({ rebuild_requested_at: new Date() }).execute()
    await stage.sync()
    expect(await count('crm_deals')).toBe(399)
    expect((await states()).deals).toMatchObject({ mode: 'incremental', rows_read: 399 })
  })
})

describe('a renamed portal', () => {
  it('goes on being read under its new name', async () => {
    stage = await startMirrorStage({ data: 'generate:300', host: '127.0.0.1' })
    const { portal } = stage.running
    const { host, port } = new URL(portal.origin)
    portal.settings.renamedFrom = host
    portal.origin = `http://localhost:${port}`
    await stage.sync()
    expect(await count('crm_deals')).toBe(300)
    expect(await stage.database.db.selectFrom('portals').select('domain').executeTakeFirstOrThrow()).toEqual({ domain: `localhost:${port}` })
  })
})

describe('the app\'s token', () => {
  it('is renewed once for twenty calls that found it expired', async () => {
    stage = await startMirrorStage()
    stage.running.portal.clock.jump(2 * 3_600_000)
    await Promise.all(Array.from({ length: 20 }, () => stage.crm.for(stage.portalId).call('profile')))
    expect(answeredWith('oauth.token')).toHaveLength(1)
  })

  it('is renewed once for two instances on one database', async () => {
    stage = await startMirrorStage()
    const second = stage.secondInstance()
    stage.running.portal.clock.jump(2 * 3_600_000)
    await Promise.all([stage.crm, second.crm, stage.crm, second.crm].map(crm => crm.for(stage.portalId).call('profile')))
    expect(answeredWith('oauth.token')).toHaveLength(1)
  })
})

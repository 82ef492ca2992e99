import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchApi, type WatchInput } from '@comptoir/shared/alerts/watch.contract'
import { addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { composeWatches, type WatchRounds } from '@comptoir/backend/features/alerts/compose'
import { watchPorts } from '@comptoir/backend/app-ports'
import { createLog } from '@comptoir/backend/platform/http/fastify'
import { createPortals } from '@comptoir/backend/platform/portals/portals.postgres'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

describe('watches over figures', () => {
  let comptoir: Comptoir
  let rounds: WatchRounds
  let portalId = 0
  let vendorId = ''
  const running = startOfMonth(dayAt(new Date(), 'Europe/Paris'))
  // Days may pass without the month coming to its end.
  const inMonth = (month: string) => new Date(`${month.slice(0, 8)}15T12:00:00Z`)
  let clock = inMonth(running)
  const employee = 3

  beforeAll(async () => {
    comptoir = await startComptoir()
    const { db } = comptoir.database
    rounds = composeWatches({ db, portals: createPortals(db), now: () => clock, log: createLog('silent'), ...watchPorts({ db, now: () => clock }) })
    portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
    vendorId = (await db.insertInto('vendors').values({ portal_id: portalId, name: 'Durand', name_key: 'durand', status: 'active' }).returning('vendor_id').executeTakeFirstOrThrow()).vendor_id
    for (let back = 15; back >= 1; back--)
      await spend(addMonths(running, -back), back === 3 ? 90_000 : 10_000)
  }, 60_000)
  afterAll(() => comptoir?.close())

  const spend = (month: string, amount: number) => comptoir.database.db.insertInto('purchases').values({
    portal_id: portalId, vendor_id: vendorId, spent_on: `${month.slice(0, 8)}05`, amount_minor: amount, amount_base_minor: amount, currency: 'EUR',
  } as never).execute()
  const watch = (change: Partial<WatchInput> = {}): WatchInput =>
    ({ metric: 'spend_total', categoryId: null, rule: { kind: 'threshold', direction: 'above', value: 50_000 }, coolDownMonths: 0, ...change })
  const alerts = async (session?: Parameters<Comptoir['call']>[2]) => (await comptoir.call(noticeApi.alerts, {}, session)).body.items

  it('are tried on the last twelve months before they are set', async () => {
    const { body } = await comptoir.call(watchApi.try, { body: watch() })
    expect(body).toMatchObject({ unit: 'money', currency: 'EUR', rang: 1 })
    expect(body.checks).toHaveLength(12)
    expect(body.checks.find(({ state }) => state === 'rang')).toMatchObject({ month: addMonths(running, -3), value: 90_000 })
    const change = await comptoir.call(watchApi.try, { body: watch({ rule: { kind: 'change', direction: 'up', against: 'previous', share: 0.5, floor: 1_000 } }) })
    expect(change.body.rang).toBe(1)
  })

  it('refuse a rule that the figure cannot have', async () => {
    const { status, body } = await comptoir.call(watchApi.create, { body: watch({ metric: 'win_rate', rule: { kind: 'target', direction: 'below', value: 1 } }) })
    expect([status, (body as unknown as { code: string }).code]).toEqual([400, 'watch.unfit'])
  })

  it('ring once for a month, for their owner alone, and are quiet again afterwards', async () => {
    const session = await comptoir.session(employee)
    await comptoir.call(watchApi.create, { body: watch() }, session)
    await rounds.check()
    expect(await alerts(session)).toHaveLength(0)
    await spend(addMonths(running, -1), 60_000)
    clock = new Date(clock.getTime() + 24 * 3_600_000)
    await rounds.check()
    await rounds.check()
    const [alert] = await alerts(session)
    expect(alert).toMatchObject({ kind: 'watch_threshold', params: { value: { minor: 70_000, currency: 'EUR' } } })
    const other = await comptoir.session(4)
    expect(await alerts(other)).toHaveLength(0)
    expect(await comptoir.database.db.selectFrom('notice_outbox').select('recipients').where('kind', '=', 'watch_threshold').execute()).toEqual([{ recipients: [employee] }])
    expect((await comptoir.call(watchApi.list, {}, other)).body.watches).toEqual([])
  })

  it('learn from a false alarm, and rest it', async () => {
    const session = await comptoir.session(employee)
    const [mine] = (await comptoir.call(watchApi.list, {}, session)).body.watches
    const month = addMonths(running, -1)
    const { body } = await comptoir.call(watchApi.judge, { params: { watchId: mine?.watchId ?? '' }, body: { month, judgement: 'normal' } }, session)
    expect(body.watches[0]?.checks[0]).toMatchObject({ month, state: 'rang', judgement: 'normal' })
    expect(await alerts(session)).toHaveLength(0)
    clock = new Date(clock.getTime() + 24 * 3_600_000)
    await rounds.check()
    expect(await alerts(session)).toHaveLength(0)
    const strange = await comptoir.call(watchApi.judge, { params: { watchId: mine?.watchId ?? '' }, body: { month, judgement: 'useful' } }, await comptoir.session(4))
    expect(strange.status).toBe(404)
  })

  it('see no more than their owner may see', async () => {
    const { db } = comptoir.database
    const grants = await db.selectFrom('vendor_grants').selectAll().execute()
    await db.deleteFrom('vendor_grants').execute()
    const { body } = await comptoir.call(watchApi.try, { body: watch() }, await comptoir.session(employee))
    expect(body.rang).toBe(0)
    for (const grant of grants)
      await db.insertInto('vendor_grants').values(grant as never).execute()
  })

  it('are changed, paused and taken away by their owner', async () => {
    const session = await comptoir.session(employee)
    const [mine] = (await comptoir.call(watchApi.list, {}, session)).body.watches
    const params = { watchId: mine?.watchId ?? '' }
    const paused = await comptoir.call(watchApi.change, { params, body: { ...watch(), isOn: false, version: mine?.version } }, session)
    expect(paused.body.watches[0]).toMatchObject({ isOn: false })
    expect((await comptoir.call(watchApi.change, { params, body: { ...watch(), isOn: true, version: mine?.version } }, session)).status).toBe(409)
    const changed = await comptoir.call(watchApi.change, { params, body: { ...watch({ rule: { kind: 'band', direction: 'either', floor: 0 } }), isOn: true, version: 2 } }, session)
    expect(changed.body.watches[0]?.checks).toEqual([])
    expect((await comptoir.call(watchApi.remove, { params }, session)).body.watches).toEqual([])
  })

  it('are seen, paused and handed over by administrators, and judged anew in the rights of whoever takes over', async () => {
    const { db } = comptoir.database
    const heir = 4
    const other = await comptoir.session(heir)
    const handOver = (fromId: number, ownerId: number, session?: typeof other) => comptoir.call(watchApi.handOverAll, { body: { fromId, ownerId } }, session)
    await comptoir.call(watchApi.create, { body: watch() })
    await rounds.check()
    const [found] = (await comptoir.call(watchApi.all, {})).body.watches
    expect(found).toMatchObject({ isMine: true, isOwnerGone: false, checks: [{ month: addMonths(running, -1), state: 'rang', value: 70_000 }] })
    const { watchId = '', ownerId = 0 } = found ?? {}
    const pause = (isPaused: boolean, session?: typeof other) => comptoir.call(watchApi.pause, { params: { watchId }, body: { isPaused } }, session)

    expect([(await comptoir.call(watchApi.all, {}, other)).status, (await pause(true, other)).status, (await handOver(ownerId, heir, other)).status, (await comptoir.call(watchApi.handOvers, {}, other)).status]).toEqual([403, 403, 403, 403])
    expect((await handOver(ownerId, 999)).body).toMatchObject({ code: 'watch.owner_unknown' })

    const grants = await db.selectFrom('vendor_grants').selectAll().execute()
    await db.deleteFrom('vendor_grants').execute()
    expect((await handOver(ownerId, heir)).body.watches).toMatchObject([{ watchId, isMine: false, ownerId: heir, checkedAt: null, checks: [] }])
    expect(await alerts()).toHaveLength(0)
    await rounds.check()
    const [taken] = (await comptoir.call(watchApi.list, {}, other)).body.watches
    expect(taken).toMatchObject({ watchId, isOn: true })
    expect(taken?.checks.map(({ state, value }) => [state, value])).not.toContainEqual(['rang', 70_000])
    expect(await alerts(other)).toHaveLength(0)
    expect((await pause(true)).body.watches).toMatchObject([{ isOn: false, ownerId: heir }])
    expect((await pause(false)).body.watches).toMatchObject([{ isOn: true, ownerId: heir }])

    await db.updateTable('crm_users').set({ is_active: false }).where('portal_id', '=', portalId).where('user_id', '=', heir).execute()
    expect((await comptoir.call(watchApi.all, {})).body.watches).toMatchObject([{ isOwnerGone: true }])
    expect((await handOver(heir, ownerId)).body.watches).toMatchObject([{ isMine: true, isOwnerGone: false }])
    expect((await comptoir.call(watchApi.handOvers, {})).body).toMatchObject([{ items: 1, from: { userId: heir }, to: { userId: ownerId } }, { from: { userId: ownerId }, to: { userId: heir } }])
    // Who has left is let in no more.
    expect((await comptoir.call(watchApi.handOvers, {}, other)).status).toBe(401)
    for (const grant of grants)
      await db.insertInto('vendor_grants').values(grant as never).execute()
  })

  it('keep the silence of a snoozed alert, whatever the next month brings', async () => {
    const session = await comptoir.session(employee)
    const told = async () => (await comptoir.database.db.selectFrom('notice_outbox').select('recipients').where('kind', '=', 'watch_threshold').execute()).filter(({ recipients }) => recipients?.includes(employee)).length
    await comptoir.call(watchApi.create, { body: watch() }, session)
    await rounds.check()
    const [alert] = await alerts(session)
    const before = await told()
    await comptoir.call(noticeApi.act, { body: { alertIds: [alert?.alertId ?? ''], action: 'snooze', until: addMonths(running, 3) } }, session)
    await spend(running, 90_000)
    clock = inMonth(addMonths(running, 1))
    await rounds.check()
    const resting = (await comptoir.call(noticeApi.alerts, { query: { view: 'snoozed' } }, session)).body.items
    expect(resting).toMatchObject([{ alertId: alert?.alertId, params: { value: { minor: 90_000 } } }])
    expect(await told()).toBe(before)
  })

  it('ring for a running month within the hour in which it passes the threshold, and not again at its end', async () => {
    const session = await comptoir.session(employee)
    const month = addMonths(running, 1)
    const after = async (minutes: number) => {
      clock = new Date(clock.getTime() + minutes * 60_000)
      await rounds.check()
      return (await alerts(session)).map(({ params }) => params.value)
    }
    await comptoir.call(watchApi.create, { body: watch({ rule: { kind: 'threshold', direction: 'above', value: 100_000 } }) }, session)
    expect(await after(0)).toEqual([])
    await spend(month, 110_000)
    expect(await after(30)).toEqual([])
    const raised = await after(31)
    expect(raised).toEqual([{ minor: 110_000, currency: 'EUR' }])
    expect((await comptoir.call(watchApi.list, {}, session)).body.watches.at(-1)?.checks[0]).toMatchObject({ month, state: 'rang', value: 110_000 })
    clock = inMonth(addMonths(month, 1))
    expect(await after(0)).toEqual(raised)
  })

  it('know the quality of the data', async () => {
    const { body } = await comptoir.call(watchApi.try, { body: watch({ metric: 'purchases_unpriced', rule: { kind: 'quality', direction: 'above', value: 0.1 } }) })
    expect(body).toMatchObject({ unit: 'percent', rang: 0 })
    expect(body.checks.at(-1)?.value).toBe(0)
  })
})

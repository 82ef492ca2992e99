import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../storage/test-database.ts'
import { notify, raiseAlert, resolveAlert, type Alert } from './outbox.postgres.ts'

describe('the outbox of notices', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let portalId = 0

  beforeAll(async () => {
    fresh = await freshDatabase()
    const row = await fresh.db.insertInto('portals')
      .values({ member_id: 'm', domain: 'd', client_endpoint: 'https://d/rest/', server_endpoint: 'https://s/rest/', application_token_hash: null, app_version: null, installer_user_id: 1, installed_at: null })
      .returning('portal_id').executeTakeFirstOrThrow()
    portalId = row.portal_id
  })
  afterAll(() => fresh.close())

  const inTx = <T>(work: (tx: Parameters<typeof notify>[0]) => Promise<T>) => fresh.db.transaction().execute(work)
  const notices = (like: string) => fresh.db.selectFrom('notice_outbox').select(['key', 'alert_key']).where('key', 'like', like).execute()
  const alert = (change: Partial<Alert> = {}): Alert => ({ portalId, key: 'late:7', kind: 'payment_overdue', dueOn: '2026-11-02', ...change })

  it('keeps one notice of a key, whoever writes it again', async () => {
    const notice = { portalId, key: 'once', kind: 'report_ready', recipients: [3] } as const
    await inTx(tx => notify(tx, notice))
    await inTx(tx => notify(tx, notice))
    expect(await notices('once')).toHaveLength(1)
  })

  it('forgets a notice whose transaction fails', async () => {
    await expect(inTx(async (tx) => {
      await notify(tx, { portalId, key: 'undone', kind: 'report_ready', recipients: [3] })
      throw new Error('the work failed')
    })).rejects.toThrow('the work failed')
    expect(await notices('undone')).toHaveLength(0)
  })

  it('tells people once while an alert stays open, and again when it comes back', async () => {
    expect(await inTx(tx => raiseAlert(tx, alert()))).toMatchObject({ isNews: true })
    expect(await inTx(tx => raiseAlert(tx, alert({ severity: 'warning' })))).toMatchObject({ isNews: false })
    expect(await notices('alert:late:7:%')).toEqual([{ key: 'alert:late:7:1', alert_key: 'late:7' }])
    expect(await inTx(tx => resolveAlert(tx, portalId, 'late:7', 'paid'))).toBe(true)
    expect(await inTx(tx => resolveAlert(tx, portalId, 'late:7'))).toBe(false)
    expect(await inTx(tx => raiseAlert(tx, alert()))).toMatchObject({ isNews: true })
    expect(await notices('alert:late:7:%')).toHaveLength(2)
    const events = await fresh.db.selectFrom('alert_events').select('event').orderBy('alert_event_id').execute()
    expect(events.map(({ event }) => event)).toEqual(['raised', 'resolved', 'returned'])
  })

  it('opens an acknowledged alert again when its date moves', async () => {
    const state = () => fresh.db.selectFrom('alerts').select('state').where('key', '=', 'late:7').executeTakeFirstOrThrow()
    await fresh.db.updateTable('alerts').set({ state: 'acknowledged' }).execute()
    await inTx(tx => raiseAlert(tx, alert()))
    expect(await state()).toEqual({ state: 'acknowledged' })
    await inTx(tx => raiseAlert(tx, alert({ dueOn: '2026-12-02' })))
    expect(await state()).toEqual({ state: 'open' })
  })

  it('tells nobody when nobody is named', async () => {
    await inTx(tx => raiseAlert(tx, alert({ key: 'quiet', recipients: null })))
    expect(await notices('alert:quiet:%')).toHaveLength(0)
  })
})

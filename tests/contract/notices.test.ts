import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { composeNotices, type Notices } from '@comptoir/backend/features/notices/compose'
import { connectHost } from '@comptoir/backend/platform/bitrix24/host'
import { createLog } from '@comptoir/backend/platform/http/fastify'
import { notify, raiseAlert, resolveAlert } from '@comptoir/backend/platform/notices/outbox.postgres'
import { createPortals } from '@comptoir/backend/platform/portals/portals.postgres'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

/** The outbox over nights, weekends and restarts: its clock is ours, the portal is the stand-in. */
describe('notices', () => {
  let comptoir: Comptoir
  let notices: Notices
  let portalId = 0
  let vendorId = ''
  let clock = new Date('2027-02-02T10:00:00Z')
  const owner = 3
  const other = 4

  beforeAll(async () => {
    comptoir = await startComptoir({ data: 'generate:5' })
    const { database: { db }, config } = comptoir
    const log = createLog('silent')
    notices = composeNotices({ db, host: connectHost({ config, db, log, now: () => new Date() }), portals: createPortals(db), now: () => clock, log })
    const portal = await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()
    portalId = portal.portal_id
    const vendor = await db.insertInto('vendors').values({ portal_id: portalId, name: 'Durand [SARL]', name_key: 'durand', status: 'active' }).returning('vendor_id').executeTakeFirstOrThrow()
    vendorId = vendor.vendor_id
  }, 60_000)
  afterAll(() => comptoir?.close())

  beforeEach(async () => {
    const { db } = comptoir.database
    for (const table of ['notice_outbox', 'alerts', 'reminder_dates', 'contracts', 'compliance_documents', 'notice_preferences', 'notice_kind_settings'] as const)
      await db.deleteFrom(table).execute()
    comptoir.portal.notifications.splice(0)
    clock = new Date('2027-02-02T10:00:00Z')
  })

  const inTx = <T>(work: (tx: Parameters<typeof notify>[0]) => Promise<T>) => comptoir.database.db.transaction().execute(work)
  const at = (moment: string) => { clock = new Date(moment) }
  const bells = (userId: number) => comptoir.portal.notifications.filter(one => one.userId === userId).map(({ message }) => message)
  async function settle(): Promise<void> {
    while (await notices.sendDue())
      continue
    await notices.sendDue()
  }
  async function planAndSend(moment: string): Promise<void> {
    at(moment)
    await notices.plan()
    await settle()
  }
  const late = (change: object = {}) => ({ portalId, key: 'late', kind: 'payment_overdue', vendorId, recipients: [owner], dueOn: '2027-02-01', params: { subject: 'F-1', amount: { minor: 12_300, currency: 'EUR' } }, link: { to: 'vendor', vendorId, section: 'payments' }, at: clock, ...change }) as const

  it('rings the bell of the person, in French, with a link that opens the place', async () => {
    await inTx(tx => raiseAlert(tx, late()))
    await settle()
    expect(bells(owner)).toHaveLength(1)
    expect(bells(owner)[0]).toContain('[B]Durand (SARL)\u00A0: paiement en retard[/B]')
    expect(bells(owner)[0]).toContain(`[URL=/marketplace/view/${comptoir.app.clientId}/?params%5Bto%5D=%2Fvendors%2F${vendorId}%3Ftab%3Dpayments]`)
    expect(bells(other)).toHaveLength(0)
  })

  it('shows a notice once although the process died between the portal\'s answer and its own note of it', async () => {
    await inTx(tx => raiseAlert(tx, late()))
    await settle()
    // As a killed process leaves it: the portal has the notice, the row still says that it is being sent.
    await comptoir.database.db.updateTable('notice_deliveries').set({ state: 'sending', host_id: null, sent_at: null }).execute()
    at('2027-02-02T10:05:00Z')
    await settle()
    expect(bells(owner)).toHaveLength(1)
    expect(await comptoir.database.db.selectFrom('notice_deliveries').select(['state', 'attempts']).execute()).toEqual([{ state: 'sent', attempts: 2 }])
  })

  it('finds a task that an earlier try has left instead of making it again', async () => {
    await inTx(tx => notify(tx, { portalId, key: 'approve', kind: 'change_proposed', vendorId, recipients: [owner], params: { author: 'Léa', subject: 'IBAN' }, at: clock }))
    const before = comptoir.portal.tasks.size
    await settle()
    expect(comptoir.portal.tasks.size).toBe(before + 1)
    await comptoir.database.db.updateTable('notice_deliveries').set({ state: 'sending', started_at: new Date(), sent_at: null }).where('channel', '=', 'task').execute()
    at('2027-02-02T10:05:00Z')
    await settle()
    expect(comptoir.portal.tasks.size).toBe(before + 1)
  })

  it('waits for the morning of the next working day, unless it is urgent', async () => {
    at('2027-02-05T20:30:00Z')
    await inTx(tx => raiseAlert(tx, late({ at: clock })))
    await inTx(tx => notify(tx, { portalId, key: 'now', kind: 'report_failed', recipients: [other], params: { subject: 'Achats' }, at: clock, isUrgent: true }))
    await settle()
    expect([bells(owner).length, bells(other).length]).toEqual([0, 1])
    for (const moment of ['2027-02-06T12:00:00Z', '2027-02-07T12:00:00Z', '2027-02-08T06:59:00Z']) {
      at(moment)
      await settle()
    }
    expect(bells(owner)).toHaveLength(0)
    at('2027-02-08T07:00:30Z')
    await settle()
    expect(bells(owner)).toHaveLength(1)
  })

  it('is not sent any more when it stopped mattering during the night', async () => {
    at('2027-02-03T21:00:00Z')
    await inTx(tx => raiseAlert(tx, late({ at: clock })))
    await settle()
    await inTx(tx => resolveAlert(tx, portalId, 'late', 'paid'))
    at('2027-02-04T09:00:00Z')
    await settle()
    expect(bells(owner)).toHaveLength(0)
    expect(await comptoir.database.db.selectFrom('notice_deliveries').select(['state', 'reason']).execute()).toEqual([{ state: 'dropped', reason: 'resolved' }])
  })

  it('tells nothing to somebody whose right was taken before it was sent', async () => {
    const { db } = comptoir.database
    const grants = await db.selectFrom('vendor_grants').selectAll().execute()
    at('2027-02-03T21:00:00Z')
    await inTx(tx => raiseAlert(tx, late({ at: clock })))
    await settle()
    await db.deleteFrom('vendor_grants').execute()
    at('2027-02-04T09:00:00Z')
    await settle()
    expect(bells(owner)).toHaveLength(0)
    await inTx(tx => raiseAlert(tx, late({ key: 'later', recipients: 'owners', ownerUserId: owner, at: clock })))
    await settle()
    // Nobody responsible may see it: the administrator hears of it.
    expect([bells(owner).length, bells(1).length]).toEqual([0, 1])
    for (const grant of grants)
      await db.insertInto('vendor_grants').values(grant as never).execute()
  })

  it('calls an order by its number to those alone who may see the prices', async () => {
    const { db } = comptoir.database
    const grants = await db.selectFrom('vendor_grants').selectAll().execute()
    const subject = { fr: 'Commande CF-77', en: 'Order CF-77' }
    const raise = (key: string) => inTx(tx => raiseAlert(tx, late({ key, kind: 'receipt_late', recipients: [owner], params: { subject }, at: clock })))
    const session = await comptoir.session(owner)
    const found = async (search = '') => (await comptoir.call(noticeApi.alerts, { query: { search } }, session)).body.items.map(({ params }) => params.subject)
    await raise('order-late:1')
    await settle()
    expect(bells(owner)).toEqual([expect.stringContaining('Commande CF-77')])
    expect(await found('CF-77')).toEqual([subject])
    await db.updateTable('vendor_grants').set({ field_groups: ['identity'] as never }).execute()
    await raise('order-late:2')
    await settle()
    expect(bells(owner)[1]).toMatch(/Une commande\s: promise pour le 1er\sfévrier/)
    expect(JSON.stringify(await found())).not.toContain('CF-77')
    expect([(await found()).length, await found('CF-77')]).toEqual([2, []])
    await db.deleteFrom('vendor_grants').execute()
    for (const grant of grants)
      await db.insertInto('vendor_grants').values(grant as never).execute()
  })

  const contract = (ends: string) => comptoir.database.db.insertInto('contracts').values({
    portal_id: portalId, vendor_id: vendorId, title: 'Transport', status: 'signed', starts_on: '2026-01-01', ends_on: ends, current_ends_on: ends, owner_user_id: owner,
  } as never).returning('contract_id').executeTakeFirstOrThrow()

  it('climbs down the ladder once per step, over weekends and restarts', async () => {
    await contract('2027-05-03')
    const told: string[] = []
    for (let day = Date.UTC(2027, 0, 25, 9); day <= Date.UTC(2027, 4, 10); day += 24 * 3_600_000) {
      const before = comptoir.portal.notifications.map(({ id }) => id)
      await planAndSend(new Date(day).toISOString())
      if (comptoir.portal.notifications.every(({ id }) => before.includes(id)))
        continue
      told.push(new Date(day).toISOString().slice(0, 10))
      await planAndSend(new Date(day + 60_000).toISOString())
    }
    expect(told).toEqual(['2027-02-02', '2027-04-02', '2027-04-26', '2027-05-03'])
    // A later step takes the earlier one's place in the bell.
    expect(bells(owner)).toHaveLength(1)
  }, 60_000)

  it('lets missed steps fall together after a standstill, and plans a moved date anew', async () => {
    const { contract_id } = await contract('2027-05-03')
    await planAndSend('2027-02-03T10:00:00Z')
    await planAndSend('2027-04-28T10:00:00Z')
    expect(bells(owner)).toEqual([expect.stringContaining('dans 5 jours')])
    comptoir.portal.notifications.splice(0)
    await comptoir.database.db.updateTable('contracts').set({ current_ends_on: '2028-05-03' }).where('contract_id', '=', contract_id).execute()
    await planAndSend('2027-04-29T10:00:00Z')
    const { body } = await comptoir.call(noticeApi.alerts, { query: { view: 'resolved' } })
    expect(body.items).toHaveLength(1)
    await planAndSend('2028-02-04T10:00:00Z')
    expect(bells(owner)).toEqual([expect.stringContaining('dans 89 jours')])
  })

  it('stops reminding when somebody acknowledges, and rests while it is snoozed', async () => {
    await contract('2027-05-03')
    await planAndSend('2027-02-03T10:00:00Z')
    const [alert] = (await comptoir.call(noticeApi.alerts)).body.items
    const alertIds = [alert?.alertId ?? '']
    expect((await comptoir.call(noticeApi.act, { body: { alertIds, action: 'snooze', until: '2027-04-20' } })).body.changed).toMatchObject([{ snoozedUntil: expect.stringContaining('2027-04-20') }])
    comptoir.portal.notifications.splice(0)
    await planAndSend('2027-04-05T10:00:00Z')
    expect(bells(owner)).toHaveLength(0)
    await planAndSend('2027-04-20T10:00:00Z')
    expect(bells(owner)).toEqual([expect.stringContaining('dans 13 jours')])
    await comptoir.call(noticeApi.act, { body: { alertIds, action: 'acknowledge' } })
    comptoir.portal.notifications.splice(0)
    await planAndSend('2027-05-03T10:00:00Z')
    expect(bells(owner)).toHaveLength(0)
    const { body: { events } } = await comptoir.call(noticeApi.history, { params: alert ? { alertId: alert.alertId } : {} })
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['raised', 'sent', 'snoozed', 'woken', 'acknowledged', 'reminded']))
  })

  it('says nothing of a former vendor\'s papers', async () => {
    await contract('2027-05-03')
    await comptoir.database.db.updateTable('vendors').set({ status: 'terminated' }).where('vendor_id', '=', vendorId).execute()
    await planAndSend('2027-04-05T10:00:00Z')
    expect(bells(owner)).toHaveLength(0)
    await comptoir.database.db.updateTable('vendors').set({ status: 'active' }).where('vendor_id', '=', vendorId).execute()
  })

  it('speaks English to whoever reads it, in their own zone', async () => {
    const session = await comptoir.session(owner)
    await comptoir.call(noticeApi.savePreferences, { body: { language: 'en', timeZone: 'America/New_York', quietFrom: null, quietUntil: null, digest: 'off', digestWeekday: 1, digestHour: 9, wishes: {} } }, session)
    at('2027-02-03T22:00:00Z')
    await inTx(tx => raiseAlert(tx, late({ at: clock })))
    await settle()
    expect(bells(owner)).toEqual([expect.stringContaining('payment overdue')])
  })

  it('gathers the week for those who asked for it, once', async () => {
    const session = await comptoir.session(owner)
    at('2027-02-01T06:00:00Z')
    await inTx(tx => raiseAlert(tx, late({ at: clock, recipients: null })))
    await comptoir.database.db.insertInto('vendor_standings').values({ portal_id: portalId, vendor_id: vendorId, standing: 'Critique', score: 31, since: '2027-01-20' }).execute()
    await comptoir.call(noticeApi.savePreferences, { body: { language: 'fr', timeZone: 'Europe/Paris', quietFrom: null, quietUntil: null, digest: 'weekly', digestWeekday: 1, digestHour: 9, wishes: {} } }, session)
    await comptoir.database.db.updateTable('notice_preferences').set({ updated_at: clock }).execute()
    for (const moment of ['2027-02-01T07:59:00Z', '2027-02-01T08:01:00Z', '2027-02-01T08:03:00Z', '2027-02-02T08:03:00Z'])
      await planAndSend(moment)
    expect(bells(owner)).toEqual([expect.stringMatching(/Votre récapitulatif[\s\S]*Alertes ouvertes\u00A0: 1, dont 1 urgente[\s\S]*paiement en retard[\s\S]*Fournisseurs notés\u00A0: 1 critique/)])
  })

  it('tells the automation of open deals once, even when nobody is told', async () => {
    const { db } = comptoir.database
    for (const [deal_id, semantics] of [[501, 'P'], [502, 'S']] as const) {
      await db.insertInto('crm_deals').values({ portal_id: portalId, deal_id, title: 'D', stage_id: 'NEW', semantics, currency: 'EUR', created_at: clock } as never).execute()
      await db.insertInto('deal_vendors').values({ portal_id: portalId, deal_id, vendor_id: vendorId, currency: 'EUR' } as never).execute()
    }
    const fired = () => comptoir.portal.journal.read('rest').filter(entry => entry.method === 'crm.automation.trigger.execute')
    await inTx(tx => raiseAlert(tx, late({ recipients: [] })))
    await inTx(tx => raiseAlert(tx, late({ recipients: [] })))
    await settle()
    expect(fired()).toHaveLength(1)
    expect(JSON.stringify(fired())).toContain('comptoir_payment_overdue')
    expect(JSON.stringify(fired())).toContain('501')
    expect(await db.selectFrom('notice_deliveries').select(['channel', 'state', 'entity_id']).execute()).toEqual([{ channel: 'trigger', state: 'sent', entity_id: 501 }])
  })

  it('tells of a status that somebody else has changed, and of a moved payment, once', async () => {
    const { db } = comptoir.database
    const change = (userId: number) => db.insertInto('vendor_changes').values({
      portal_id: portalId, vendor_id: vendorId, field: 'status', old_value: '"active"', new_value: '"suspended"', origin: 'person', by_user_id: userId,
    } as never).execute()
    await db.updateTable('notice_settings').set({ fallback_user_ids: [owner] }).execute()
    await db.insertInto('notice_settings').values({ portal_id: portalId, quiet_from: '20:00', quiet_until: '08:00', fallback_user_ids: [owner], default_digest: 'off', updated_by: 1 })
      .onConflict(conflict => conflict.column('portal_id').doUpdateSet({ fallback_user_ids: [owner] })).execute()
    await change(owner)
    await settle()
    expect(bells(owner)).toHaveLength(0)
    await change(other)
    const payable = await db.insertInto('payables').values({ portal_id: portalId, vendor_id: vendorId, reference: 'F-77', issued_on: '2027-01-01', due_on: '2027-06-01', amount_minor: 100, currency: 'EUR' } as never)
      .returning('payable_id').executeTakeFirstOrThrow()
    await db.updateTable('payables').set({ note: 'x' }).where('payable_id', '=', payable.payable_id).execute()
    await db.updateTable('payables').set({ due_on: '2027-07-01' }).where('payable_id', '=', payable.payable_id).execute()
    await settle()
    expect(bells(owner)).toEqual([expect.stringContaining('« Suspendu »'.replaceAll(' ', '\u00A0')), expect.stringContaining('F-77')])
    await db.deleteFrom('payables').execute()
    await db.deleteFrom('notice_settings').execute()
  })

  it('writes a change of status into the timeline of the company and of an open deal, once also when the answer was lost', async () => {
    const { db } = comptoir.database
    const { company_id: companyId } = await db.selectFrom('crm_companies').select('company_id').where('company_id', 'not in', eb => eb.selectFrom('vendors').select('company_id').where('company_id', 'is not', null).$castTo<{ company_id: number }>()).executeTakeFirstOrThrow()
    await db.updateTable('vendors').set({ company_id: companyId }).where('vendor_id', '=', vendorId).execute()
    await db.insertInto('vendor_changes').values({ portal_id: portalId, vendor_id: vendorId, field: 'status', old_value: '"active"', new_value: '"suspended"', origin: 'person', by_user_id: other } as never).execute()
    await settle()
    const lines = () => comptoir.portal.timeline.filter(entry => entry.kind === 'logmessage')
    expect(lines().filter(entry => entry.entityTypeId === 4).map(({ entityId, text }) => ({ entityId, text: text?.replaceAll('\u00A0', ' ') })))
      .toEqual([{ entityId: companyId, text: 'Le fournisseur est maintenant « Suspendu ».' }])
    const written = lines().length
    await db.updateTable('notice_deliveries').set({ state: 'sending', started_at: new Date(), sent_at: null, due_at: clock }).where('channel', 'in', ['company_timeline', 'deal_timeline']).execute()
    await settle()
    expect(lines()).toHaveLength(written)
    expect((await db.selectFrom('notice_deliveries').select('state').where('channel', '=', 'company_timeline').execute())).toEqual([{ state: 'sent' }])
  })

  it('says on the settings page which right is missing, and tells by a to-do instead', async () => {
    const { db } = comptoir.database
    const { scope } = await db.selectFrom('portals').select('scope').executeTakeFirstOrThrow()
    const { company_id: companyId } = await db.selectFrom('crm_companies').select('company_id').where('company_id', 'not in', eb => eb.selectFrom('vendors').select('company_id').where('company_id', 'is not', null).$castTo<{ company_id: number }>()).executeTakeFirstOrThrow()
    await db.updateTable('portals').set({ scope: scope.filter(one => one !== 'im') }).execute()
    await db.updateTable('vendors').set({ company_id: companyId }).where('vendor_id', '=', vendorId).execute()
    expect((await comptoir.call(noticeApi.settings)).body.missingScope).toEqual(['im'])
    await inTx(tx => raiseAlert(tx, late()))
    await settle()
    expect(bells(owner)).toHaveLength(0)
    const deliveries = await db.selectFrom('notice_deliveries').select('channel').execute()
    expect(deliveries.map(({ channel }) => channel)).toEqual(['todo', 'trigger'])
    await db.updateTable('portals').set({ scope }).execute()
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualCompanyDays } from '@comptoir/shared/calendar/company-days'
import { beginDay } from './new-day.job.ts'
import { aContract, relationshipUnderTest, type RelationshipUnderTest } from './testing/relationship-under-test.ts'

describe('contracts over HTTP', () => {
  let stage: RelationshipUnderTest
  beforeAll(async () => {
    stage = await relationshipUnderTest()
  })
  afterAll(() => stage.close())

  const enter = async (vendorId: string, values: Record<string, unknown> = {}) =>
    stage.ask('POST', `/api/vendors/${vendorId}/contracts`, { body: aContract(values) })

  it('answers the computed dates and keeps every version as a difference', async () => {
    const vendorId = await stage.addVendor()
    const { body: made } = await enter(vendorId, { isTacitlyRenewed: true, renewalMonths: 12, amountMinor: 1_200_00, currency: 'EUR', ownerUserId: 8 })
    expect(made).toMatchObject({ status: 'signed', phase: 'running', currentEndsOn: '2026-12-31', noticeOn: '2026-11-30', owner: { userId: 8, name: 'Jean Petit' }, amount: { minor: 120_000 } })
    const { body: changed } = await stage.ask('PATCH', `/api/contracts/${made.contractId}`, { body: { version: 1, fields: { noticeDays: 2 }, reason: 'avenant n° 1' } })
    // Two months before 31 December is over: the notice now concerns the next term.
    expect(changed).toMatchObject({ version: 2, noticeOn: '2027-10-29', strictNoticeOn: '2027-10-31', isRenewalCertain: true })
    const { body: history } = await stage.ask('GET', `/api/contracts/${made.contractId}/changes`)
    expect(history.versions).toMatchObject([
      { version: 2, changes: [{ field: 'noticeDays', from: 1, to: 2 }], reason: 'avenant n° 1', by: { name: 'Ada Morel' } },
      { version: 1, changes: [{ field: 'contract', to: 'Maintenance' }] },
    ])
    expect((await stage.ask('PATCH', `/api/contracts/${made.contractId}`, { body: { version: 1, fields: { title: 'x' }, reason: null } })).body.code).toBe('contract.changed_meanwhile')
  })

  it('moves the last day of notice when the company says on which days it works', async () => {
    const vendorId = await stage.addVendor()
    const { body: { contractId } } = await enter(vendorId, { isTacitlyRenewed: true, renewalMonths: 12 })
    const companyDays = { ...usualCompanyDays, closures: [{ from: '2026-11-26', to: '2026-11-30' }] }
    await stage.db.updateTable('portals').set({ settings: { companyDays } }).where('portal_id', '=', stage.portal.id).execute()
    await beginDay(stage.db, new Date('2026-11-22T08:00:00Z'))
    const stored = await stage.db.selectFrom('contracts').select(['notice_on', 'version']).where('contract_id', '=', contractId).executeTakeFirst()
    expect(stored).toEqual({ notice_on: '2026-11-25', version: 1 })
    await stage.db.updateTable('portals').set({ settings: {} }).where('portal_id', '=', stage.portal.id).execute()
    await beginDay(stage.db, new Date('2026-11-22T09:00:00Z'))
    expect((await stage.ask('GET', `/api/vendors/${vendorId}/contracts`)).body.contracts).toMatchObject([{ noticeOn: '2026-11-30' }])
  })

  it('tells owners of changed terms once per version, not of a new title', async () => {
    const vendorId = await stage.addVendor({ name: 'Papier' })
    const { body: { contractId } } = await enter(vendorId)
    await stage.ask('PATCH', `/api/contracts/${contractId}`, { body: { version: 1, fields: { title: 'Fournitures' }, reason: null } })
    await stage.ask('PATCH', `/api/contracts/${contractId}`, { body: { version: 2, fields: { endsOn: '2027-06-30' }, reason: null } })
    const told = await stage.db.selectFrom('notice_outbox').select('key').where('kind', '=', 'contract_changed').where('vendor_id', '=', vendorId).execute()
    expect(told).toEqual([{ key: `contract:${contractId}:v3` }])
  })

  it('refuses terms that cannot be meant and steps out of turn', async () => {
    const vendorId = await stage.addVendor()
    expect((await enter(vendorId, { endsOn: '2025-01-01' })).body).toMatchObject({ code: 'contract.terms_invalid', details: { faults: ['end_before_start', 'notice_too_long'] } })
    const { body: draft } = await enter(vendorId, { signedOn: null })
    const step = (path: string, body: object) => stage.ask('POST', `/api/contracts/${draft.contractId}/${path}`, { body: { version: 1, ...body } })
    expect((await step('notice', { givenOn: '2026-11-20' })).body.code).toBe('contract.illegal_step')
    expect((await step('termination', { on: '2026-12-01', reason: 'x' })).body.code).toBe('contract.illegal_step')
    expect((await stage.ask('DELETE', `/api/contracts/${draft.contractId}`)).status).toBe(200)
  })

  it('ends by notice, by termination with a reason, and takes both back', async () => {
    const vendorId = await stage.addVendor()
    const { body: { contractId } } = await enter(vendorId, { isTacitlyRenewed: true, renewalMonths: 12 })
    const step = (path: string, body: object) => stage.ask('POST', `/api/contracts/${contractId}/${path}`, { body })
    expect((await step('notice', { version: 1, givenOn: '2026-11-20' })).body).toMatchObject({ phase: 'ending', currentEndsOn: '2026-12-31', isRenewalCertain: false })
    expect((await step('notice', { version: 2, givenOn: null })).body.phase).toBe('running')
    expect((await step('termination', { version: 3, on: '2026-12-01', reason: ' ' })).body.code).toBe('contract.reason_required')
    expect((await step('termination', { version: 3, on: '2026-12-01', reason: 'défaut de livraison' })).body).toMatchObject({ phase: 'ending', terminatedOn: '2026-12-01', terminationReason: 'défaut de livraison' })
    expect((await step('termination', { version: 4, on: null, reason: null })).body).toMatchObject({ phase: 'running', terminationReason: null })
  })

  it('asks editors for the right to documents, terminations for an approver, and hides amounts', async () => {
    const vendorId = await stage.addVendor()
    const { body: { contractId } } = await enter(vendorId, { amountMinor: 5_000, currency: 'EUR' })
    const editor = { isAdmin: false, userId: 8 }
    expect((await stage.ask('POST', `/api/contracts/${contractId}/termination`, { body: { version: 1, on: '2026-12-01', reason: 'x' }, as: editor })).body.code).toBe('vendor.forbidden')
    await stage.db.updateTable('vendor_grants').set({ field_groups: ['identity', 'documents'], role: 'viewer' }).where('portal_id', '=', stage.portal.id).execute()
    const { body: list } = await stage.ask('GET', `/api/vendors/${vendorId}/contracts`, { as: editor })
    expect(list).toMatchObject({ mayEdit: false, mayTerminate: false, maySeeAmounts: false, contracts: [{ amount: null, amountMinor: null, isAmountHidden: true }] })
    expect((await stage.ask('PATCH', `/api/contracts/${contractId}`, { body: { version: 1, fields: { title: 'x' }, reason: null }, as: editor })).body.code).toBe('vendor.forbidden')
    await stage.db.updateTable('vendor_grants').set({ field_groups: ['identity'], role: 'editor' }).where('portal_id', '=', stage.portal.id).execute()
    expect((await stage.ask('GET', `/api/vendors/${vendorId}/contracts`, { as: editor })).body.code).toBe('vendor.forbidden')
    expect((await stage.ask('GET', `/api/contracts/${contractId}/changes`, { as: editor })).body.code).toBe('contract.not_found')
    expect((await stage.ask('GET', `/api/contracts/${contractId}/changes`, { as: { portal: stage.stranger } })).status).toBe(404)
    await stage.db.updateTable('vendor_grants').set({ field_groups: ['identity', 'prices', 'documents', 'scores'] }).where('portal_id', '=', stage.portal.id).execute()
  })

  it('lists deadlines, writes them as all-day events with names that stay, and closes a private address', async () => {
    const vendorId = await stage.addVendor({ name: 'Agenda' })
    const { body: { contractId } } = await enter(vendorId, { title: 'Location', ownerUserId: 8 })
    const { body: list } = await stage.ask('GET', `/api/deadlines?vendorId=${vendorId}`)
    expect(list).toMatchObject({ today: '2026-11-22', owners: [{ userId: 8 }], deadlines: [{ kind: 'contract.notice', dueOn: '2026-11-30' }, { kind: 'contract.end', dueOn: '2026-12-31' }] })
    expect((await stage.ask('GET', `/api/deadlines?vendorId=${vendorId}&owner=0`)).body.deadlines).toEqual([])
    const { body: { file, name } } = await stage.ask('GET', `/api/deadlines/calendar?vendorId=${vendorId}&kinds=contract.notice&language=fr`)
    expect(name).toBe('echeances-fournisseurs.ics')
    expect(file).toContain(`UID:contract-notice-${contractId}@home.test`)
    expect(file).toContain('DTSTART;VALUE=DATE:20261130')
    expect(file).toContain('DTEND;VALUE=DATE:20261201')
    expect(file).toContain('Dernier jour de préavis')
    expect(file).not.toContain('BEGIN:VTIMEZONE')

    const { body: { url, subscription } } = await stage.ask('POST', '/api/calendars', { body: { language: 'en', filter: { isMineOnly: true } }, as: { userId: 8, isAdmin: false } })
    const path = new URL(url as string).pathname
    const feed = await stage.app.inject({ method: 'GET', url: path })
    expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(feed.body).toContain('Last day to give notice: Location')
    expect(JSON.stringify(await stage.db.selectFrom('calendar_subscriptions').selectAll().execute())).not.toContain(path.slice(10, 30))
    expect((await stage.ask('GET', '/api/calendars')).body).toEqual([])
    expect((await stage.ask('DELETE', `/api/calendars/${subscription.subscriptionId}`)).body.code).toBe('calendar.not_found')
    expect((await stage.ask('DELETE', `/api/calendars/${subscription.subscriptionId}`, { as: { userId: 8 } })).status).toBe(200)
    expect((await stage.app.inject({ method: 'GET', url: path })).json().code).toBe('calendar.not_found')
  })

  it('fails only as its contracts say', () => {
    expect(stage.undeclared).toEqual([])
  })
})

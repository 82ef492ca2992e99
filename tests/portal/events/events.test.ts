import type { Inbox, Session } from '../testing/session.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openInbox, openSession, post } from '../testing/session.ts'

describe('events', () => {
  let session: Session
  let inbox: Inbox
  beforeEach(async () => {
    inbox = await openInbox()
    session = await openSession({ data: 'generate:20' }, { installerUrl: `${inbox.url}/install` })
  })
  afterEach(async () => {
    await session.close()
    await inbox.close()
  })

  const bind = (event: string, more: object = {}) => session.call('event.bind', { event, handler: `${inbox.url}/events`, ...more })
  const deal = (fields: object, userId = 1) => session.call('crm.item.update', { entityTypeId: 2, id: 7, fields }, userId)
  const control = (path: string, body: Record<string, unknown> = {}) => post(`${session.url}/control/apps/${session.app.clientId}/${path}`, body)

  it('tells a bound handler once about a change, with the actor\'s token and no refresh token', async () => {
    expect(await bind('OnCrmDealUpdate')).toMatchObject({ result: true })
    await deal({ title: 'Autre' })
    await session.portal.queue.idle()
    expect(inbox.received).toHaveLength(1)
    const { event, data, auth, event_handler_id: handlerId } = inbox.received[0]!.body
    expect({ event, data, handlerId }).toEqual({ event: 'ONCRMDEALUPDATE', data: { FIELDS: { ID: '7' } }, handlerId: '1' })
    expect(auth).toMatchObject({ application_token: session.app.applicationToken, member_id: session.portal.memberId, domain: new URL(session.url).host })
    expect(auth).not.toHaveProperty('refresh_token')
    expect(await post(`${session.url}/rest/profile`, { auth: auth.access_token })).toMatchObject({ result: { ID: '1' } })
  })

  it('does not try again when the handler fails', async () => {
    inbox.status = 500
    await bind('ONCRMDEALUPDATE')
    await deal({ title: 'Autre' })
    await session.portal.queue.idle()
    expect(inbox.received).toHaveLength(1)
    expect(session.portal.journal.read('delivery')).toMatchObject([{ name: 'ONCRMDEALUPDATE', status: 500 }])
  })

  it('survives a handler that is not there', async () => {
    await session.call('event.bind', { event: 'ONCRMDEALUPDATE', handler: 'http://127.0.0.1:1/none' })
    await deal({ title: 'Autre' })
    await session.portal.queue.idle()
    expect(session.portal.journal.read('delivery')).toMatchObject([{ status: null, failure: expect.any(String) }])
  })

  it('announces additions, removals, pipeline moves and smart process items', async () => {
    for (const event of ['ONCRMDEALADD', 'ONCRMDEALDELETE', 'ONCRMDEALMOVETOCATEGORY', 'ONCRMDYNAMICITEMUPDATE', 'ONCRMDYNAMICITEMUPDATE_1036', 'ONCRMCOMPANYADD'])
      expect(await bind(event)).toMatchObject({ result: true })
    const { result } = await session.call('crm.deal.add', { fields: { TITLE: 'Nouvelle' } })
    await session.call('crm.item.update', { entityTypeId: 2, id: result, fields: { categoryId: 1, stageId: 'C1:NEW' } })
    await session.call('crm.deal.delete', { id: result })
    await session.call('crm.item.update', { entityTypeId: 1036, id: 1, fields: { title: 'Contrat' } })
    await session.call('crm.company.add', { fields: { TITLE: 'Nouvelle SARL' } })
    await session.portal.queue.idle()
    expect(inbox.received.map(({ body }) => body.event).sort()).toEqual(['ONCRMCOMPANYADD', 'ONCRMDEALADD', 'ONCRMDEALDELETE', 'ONCRMDEALMOVETOCATEGORY', 'ONCRMDYNAMICITEMUPDATE', 'ONCRMDYNAMICITEMUPDATE_1036'])
    expect(inbox.received.find(({ body }) => body.event === 'ONCRMDYNAMICITEMUPDATE')!.body.data).toEqual({ FIELDS: { ID: '1', ENTITY_TYPE_ID: '1036' } })
  })

  it('leaves the tokens out when a workflow was the cause', async () => {
    await bind('ONCRMDEALUPDATE')
    session.portal.crm.update(2, 7, { title: 'Par un robot' }, { userId: 1, byAutomation: true })
    await session.portal.queue.idle()
    expect(inbox.received[0]!.body.auth).not.toHaveProperty('access_token')
    expect(inbox.received[0]!.body.auth).toHaveProperty('application_token')
  })

  it('delivers a burst of five hundred', async () => {
    await bind('ONCRMDEALUPDATE')
    await post(`${session.url}/control/events`, { event: 'ONCRMDEALUPDATE', data: { FIELDS: { ID: '7' } }, count: 500 })
    await session.portal.queue.idle()
    expect(inbox.received).toHaveLength(500)
  })

  it('keeps quiet until the installer has finished, then tells the installation', async () => {
    await control('update')
    await bind('ONCRMDEALUPDATE')
    await bind('ONAPPINSTALL')
    await deal({ title: 'Trop tôt' })
    await session.portal.queue.idle()
    expect(inbox.received).toEqual([])
    await control('finish-install')
    await session.portal.queue.idle()
    expect(inbox.received[0]!.body).toMatchObject({ event: 'ONAPPINSTALL', data: { VERSION: '2', INSTALLED: 'Y' }, auth: { refresh_token: expect.any(String), application_token: session.app.applicationToken } })
  })

  it('brings a new application token and drops what was registered with an update', async () => {
    await bind('ONAPPUPDATE')
    await session.call('placement.bind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: `${inbox.url}/tab` })
    const before = session.app.applicationToken
    await control('update')
    await session.portal.queue.idle()
    const { event, auth } = inbox.received[0]!.body
    expect(event).toBe('ONAPPUPDATE')
    expect(auth.application_token).toBe(session.app.applicationToken)
    expect(auth.application_token).not.toBe(before)
    expect((await session.call('event.get')).result).toEqual([])
    expect((await session.call('placement.get')).result).toEqual([])
  })

  it('says goodbye without tokens, and a deleted app comes back as another', async () => {
    await bind('ONAPPUNINSTALL')
    const old = session.tokenOf(1)
    await control('uninstall', { clean: true })
    await session.portal.queue.idle()
    expect(inbox.received[0]!.body).toMatchObject({ event: 'ONAPPUNINSTALL', data: { CLEAN: '1' } })
    expect(Object.keys(inbox.received[0]!.body.auth).sort()).toEqual(['application_token', 'client_endpoint', 'domain', 'member_id', 'server_endpoint'])
    expect(await post(`${session.url}/rest/profile`, { auth: old })).toMatchObject({ error: 'invalid_token' })
    const again = await post(`${session.url}/control/apps`, { title: 'Test', handlerUrl: session.app.handlerUrl, scopes: ['crm'] })
    expect(again.clientId).toMatch(/^local\.[0-9a-f]+\.\d+$/)
    expect(again.clientId).not.toBe(session.app.clientId)
  })

  it('loses or repeats deliveries when told to', async () => {
    await bind('ONCRMDEALUPDATE')
    await post(`${session.url}/control/queue`, { lose: 1 })
    await deal({ title: 'Perdu' })
    await session.portal.queue.idle()
    expect(inbox.received).toHaveLength(0)
    await post(`${session.url}/control/queue`, { duplicate: 1 })
    await deal({ title: 'Deux fois' })
    await session.portal.queue.idle()
    expect(inbox.received).toHaveLength(2)
    expect(inbox.received[0]!.body).toEqual(inbox.received[1]!.body)
  })

  it('keeps the latest of many offline changes and hands them out by process', async () => {
    expect(await bind('ONCRMDEALUPDATE', { event_type: 'offline' })).toMatchObject({ result: true })
    for (let at = 0; at < 5; at++)
      await deal({ title: `Essai ${at}` })
    const { result } = await session.call('event.offline.get', { clear: 0 })
    expect(result.events).toMatchObject([{ EVENT_NAME: 'ONCRMDEALUPDATE', EVENT_DATA: { FIELDS: { ID: '7' } } }])
    expect((await session.call('event.offline.get')).result.events).toEqual([])
    await session.call('event.offline.clear', { process_id: result.process_id })
    expect((await session.call('event.offline.list')).result).toEqual([])
  })

  it('refuses unknown events, second bindings and what only administrators may bind', async () => {
    expect(await bind('ONNOTHING')).toMatchObject({ status: 400, error: 'ERROR_EVENT_NOT_FOUND' })
    await bind('ONCRMDEALUPDATE')
    expect((await bind('ONCRMDEALUPDATE')).status).toBe(400)
    expect(await session.call('event.bind', { event: 'ONCRMDEALADD', event_type: 'offline' }, 3)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect(await session.call('event.unbind', { event: 'ONCRMDEALUPDATE', handler: `${inbox.url}/events` })).toMatchObject({ result: { count: 1 } })
  })
})

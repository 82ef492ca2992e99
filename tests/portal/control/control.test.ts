import type { Inbox, Session, Wire } from '../testing/session.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openInbox, openSession, post } from '../testing/session.ts'

describe('the control API', () => {
  let session: Session
  let inbox: Inbox
  beforeEach(async () => {
    inbox = await openInbox()
    session = await openSession()
  })
  afterEach(async () => {
    await session.close()
    await inbox.close()
  })

  const control = (path: string, body: Record<string, unknown> = {}): Promise<Wire> => post(`${session.url}/control/${path}`, body)
  const read = async (path: string): Promise<Wire> => (await fetch(`${session.url}/control/${path}`)).json()

  it('takes an app through its installation', async () => {
    const app = await control('apps', { title: 'Autre', handlerUrl: `${inbox.url}/main`, installerUrl: `${inbox.url}/install`, scopes: ['crm', 'placement'] })
    expect(app.isInstalled).toBe(false)
    const installer = await control(`apps/${app.clientId}/open`, { send: true })
    expect(installer).toMatchObject({ isInstaller: true, url: expect.stringContaining('/install?DOMAIN=') })
    expect(inbox.received[0]!.body).toMatchObject({ APPLICATION_TOKEN: app.applicationToken, APPLICATION_SCOPE: 'crm,placement', PLACEMENT: 'DEFAULT', member_id: session.portal.memberId, status: 'L' })
    expect(inbox.received[0]!.body).not.toHaveProperty('PLACEMENT_OPTIONS')

    const auth = inbox.received[0]!.body.AUTH_ID
    expect(await post(`${session.url}/rest/event.bind`, { auth, event: 'OnAppInstall', handler: `${inbox.url}/events` })).toMatchObject({ result: true })
    await control(`apps/${app.clientId}/finish-install`)
    await session.portal.queue.idle()
    expect(inbox.received[1]!.body).toMatchObject({ event: 'ONAPPINSTALL', auth: { application_token: app.applicationToken } })
    expect(await control(`apps/${app.clientId}/open`)).toMatchObject({ isInstaller: false, url: expect.stringContaining('/main?DOMAIN=') })
  })

  it('gives an app without screens its tokens at once', async () => {
    await control('apps', { title: 'Script', handlerUrl: `${inbox.url}/main`, installerUrl: `${inbox.url}/callback`, scopes: ['crm'], isScriptOnly: true })
    await session.portal.queue.idle()
    expect(inbox.received).toMatchObject([{ path: '/callback', body: { event: 'ONAPPINSTALL', auth: { refresh_token: expect.any(String) } } }])
  })

  it('leaves newer keys out for a legacy portal and everything for the BI menu', async () => {
    await control('settings', { isLegacy: true })
    const frame = await control(`apps/${session.app.clientId}/open`)
    expect(Object.keys(frame.body)).toEqual(['AUTH_ID', 'AUTH_EXPIRES', 'REFRESH_ID', 'member_id', 'status', 'PLACEMENT'])
    await session.call('placement.bind', { PLACEMENT: 'BI_ANALYTICS_MENU', HANDLER: `${inbox.url}/bi` })
    expect(await control(`apps/${session.app.clientId}/open`, { placement: 'BI_ANALYTICS_MENU' })).toMatchObject({ method: 'GET', url: `${inbox.url}/bi`, body: {} })
  })

  it('forges requests that a backend must refuse', async () => {
    for (const variant of ['wrongToken', 'unknownMember', 'missingAuth', 'genuine'])
      expect(await control('forge', { clientId: session.app.clientId, url: inbox.url, event: 'ONAPPUNINSTALL', variant })).toMatchObject({ status: 200 })
    const [wrong, unknown, missing, genuine] = inbox.received.map(({ body }) => body)
    expect(wrong!.auth.application_token).not.toBe(session.app.applicationToken)
    expect(unknown!.auth.member_id).not.toBe(session.portal.memberId)
    expect(missing!.auth).toBeUndefined()
    expect(genuine!.auth.application_token).toBe(session.app.applicationToken)
  })

  it('streams the log with secrets masked', async () => {
    const abort = new AbortController()
    const stream = await fetch(`${session.url}/control/stream`, { signal: abort.signal })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    await reader.read()
    await session.call('app.option.set', { options: { access_token: 'secret' } })
    const { value } = await reader.read()
    expect(value).toMatch(/event: rest\ndata: .*app\.option\.set/)
    expect(value).not.toContain('secret')
    abort.abort()
  })

  it('tells calls, deliveries and work by channel', async () => {
    await session.call('profile')
    await session.call('im.notify.system.add', { USER_ID: 1, MESSAGE: 'Bonjour' })
    expect((await read('log?channel=rest')).map(({ method }: { method: string }) => method)).toEqual(['profile', 'im.notify.system.add'])
    expect(await read('notifications')).toMatchObject([{ message: 'Bonjour' }])
    expect(await read('log?channel=notification')).toHaveLength(1)
  })

  it('loads data, jumps in time, and starts over', async () => {
    expect((await control('data', { data: 'generate:120' })).counts).toMatchObject({ deals: 120, companies: 52 })
    const before = session.portal.clock.now()
    await control('clock', { jumpSeconds: 86_400 })
    expect(session.portal.clock.now() - before).toBeGreaterThanOrEqual(86_400_000)
    await control('settings', { isStrict: true })
    const fresh = await control('reset')
    expect(fresh.settings.isStrict).toBe(false)
    expect(fresh.apps).toEqual([])
    expect(fresh.counts.deals).toBe(0)
    expect(await control('data', { data: 'nonsense' })).toMatchObject({ status: 400, error: expect.stringContaining('nonsense') })
    expect(await control('apps', {})).toMatchObject({ status: 400 })
  })

  it('keeps two portals of one process apart', async () => {
    const other = await openSession()
    expect(other.portal.memberId).not.toBe(session.portal.memberId)
    expect(await post(`${other.url}/rest/profile`, { auth: session.tokenOf(1) })).toMatchObject({ error: 'invalid_token' })
    await other.close()
  })
})

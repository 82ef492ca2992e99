import type { RunningPortal } from '../server.ts'
import type { App } from '../state.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerApp } from '../apps/lifecycle.ts'
import { createTemplate, newBuiltInStep } from '../bizproc/designer.ts'
import { documentTypeOf } from '../bizproc/documents.ts'
import { startPortal } from '../server.ts'
import { addDeal, bindWidget } from './fixtures/stage.ts'

const evil = '"><script>alert(1)</script>'
const handlerUrl = 'http://127.0.0.1:9/'

let running: RunningPortal
let app: App
let dealId: number

beforeAll(async () => {
  running = await startPortal({ data: 'none' })
  const { portal } = running
  dealId = addDeal(portal, evil)
  app = registerApp(portal, { title: evil, handlerUrl, installerUrl: null, scopes: ['crm', 'placement'], menuTitles: { en: evil } })
  bindWidget(portal, app, 'CRM_DEAL_DETAIL_TAB', `${handlerUrl}tab`, evil)
  bindWidget(portal, app, 'LEFT_MENU', `${handlerUrl}menu`, evil)
  portal.timeline.push({ id: 1, kind: 'comment', entityTypeId: 2, entityId: dealId, authorId: 1, clientId: null, title: evil, text: evil, iconCode: '', deadline: null, responsibleId: null, at: 0 })
  portal.notifications.push({ id: 1, userId: 1, fromUserId: null, clientId: null, message: evil, messageOut: '', tag: '', subTag: '', attach: null, at: 0, isRead: false })
  const step = { ...newBuiltInStep(portal, 'notify', evil), text: evil }
  createTemplate(portal, { name: evil, documentType: documentTypeOf(2), userId: 1, steps: [step] })
})

afterAll(() => running.close())

interface Viewer {
  user?: number
  language?: string
  theme?: string
}

const cookies = ({ user = 1, language = 'en', theme = 'light' }: Viewer) =>
  `portal_user=${user}; portal_language=${language}; portal_theme=${theme}`

const get = (path: string, viewer: Viewer = {}) => fetch(running.url + path, { headers: { cookie: cookies(viewer) }, redirect: 'manual' })

const post = (path: string, body: unknown, viewer: Viewer = {}) => fetch(running.url + path, {
  method: 'POST',
  headers: { 'cookie': cookies(viewer), 'content-type': 'application/json', 'x-portal-script': '1' },
  body: JSON.stringify(body),
})

const screens = [
  '/', '/crm/deal/list/', '/crm/deal/kanban/', '/crm/company/list/', '/crm/contact/list/', '/crm/type/31/list/', '/crm/analytics/',
  '/crm/analytics/managers/', '/crm/deal/automation/0/', '/bizproc/', '/bizproc/templates/1/', '/marketplace/installed/', '/devops/', '/devops/local-app/add/',
  '/devops/console/', '/devops/faults/', '/company/personal/user/1/tasks/', '/crm/deal/details/1/', '/crm/company/details/1/',
]

describe('screens', () => {
  it.each(screens)('%s answers and lets no name become markup', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain('<script>alert(1)')
  })

  it.each(['fr', 'en', 'ar'])('every screen is drawn in %s', async (language) => {
    for (const path of screens) {
      const text = await (await get(path, { language, theme: 'dark' })).text()
      expect(text).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}" data-theme="dark">`)
    }
  })

  it('answers with and without the closing slash', async () => {
    expect((await get(`/crm/deal/details/${dealId}`)).status).toBe(200)
  })

  it('leaves the menus out inside a slider', async () => {
    const path = `/crm/deal/details/${dealId}/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER`
    expect(await (await get(path)).text()).not.toContain('class="left-menu"')
    expect(await (await get(`/crm/deal/details/${dealId}/`)).text()).toContain('class="left-menu"')
  })

  it('says so when there is no such page or record', async () => {
    expect((await get('/crm/deal/details/999/')).status).toBe(404)
    expect((await get('/no/such/page/')).status).toBe(404)
  })

  it('shows developer resources to administrators only', async () => {
    expect((await get('/devops/', { user: 2 })).status).toBe(403)
  })

  it('offers notifications as escaped text', async () => {
    const notices = await (await get('/host/notifications')).json()
    expect(notices).toMatchObject({ unread: 1, entries: [{ html: expect.stringContaining('&lt;script&gt;') }] })
  })
})

describe('widgets', () => {
  const card = (viewer: Viewer = {}) => get(`/crm/deal/details/${dealId}/`, viewer).then(answer => answer.text())

  it('stand in the card of the record', async () => {
    expect(await card()).toContain('data-placement-id=')
  })

  it('are hidden until the installation is finished, also from administrators', async () => {
    app.isInstalled = false
    expect(await card()).not.toContain('data-placement-id=')
    app.isInstalled = true
  })

  it('are hidden from users who may not open the app', async () => {
    app.allowedUserIds = [1]
    expect(await card({ user: 2 })).not.toContain('data-placement-id=')
    expect(await (await get(`/marketplace/view/${app.clientId}/`, { user: 2 })).text()).toContain('do not have access')
    app.allowedUserIds = null
  })
})

describe('frames', () => {
  const open = (body: unknown, viewer: Viewer = {}) => post('/host/frames', body, viewer)
  const placementId = () => running.portal.placements[0]!.id

  it('are named before they load, with the sid of the query', async () => {
    const frame = await (await open({ placementId: placementId(), options: { ID: '7' }, uri: '/crm/deal/details/7/' }, { language: 'fr' })).json() as Record<string, string> & { fields: Record<string, string> }
    const url = new URL(frame.url!)
    expect(frame.windowName).toBe(`${new URL(running.url).host}|0|${frame.sid}`)
    expect(frame.sid).toMatch(/^[0-9a-f]{32}$/)
    expect(Object.fromEntries(url.searchParams)).toEqual({ DOMAIN: new URL(running.url).host, PROTOCOL: '0', LANG: 'fr', APP_SID: frame.sid })
    expect(frame.fields).toMatchObject({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB', member_id: running.portal.memberId })
    expect(JSON.parse(frame.fields.PLACEMENT_OPTIONS!)).toEqual({ ID: '7', URI: '/crm/deal/details/7/' })
  })

  it('answer getInitData as often as asked, and the first run once', async () => {
    const { sid } = await (await open({ clientId: app.clientId })).json() as { sid: string }
    const ask = async () => (await post(`/host/frames/${sid}/messages`, { command: 'getInitData', params: null })).json() as Promise<{ value: Record<string, unknown> }>
    const { value } = await ask()
    expect(value).toMatchObject({ PROTOCOL: 0, PATH: '/rest', INSTALL: false, IS_ADMIN: true, FIRST_RUN: true, PLACEMENT: 'DEFAULT', APP_OPTIONS: [], USER_OPTIONS: [] })
    expect((await ask()).value.FIRST_RUN).toBe(false)
  })

  it('stay silent for unknown commands, for a title in a tab and after they were closed', async () => {
    const { sid } = await (await open({ placementId: placementId() })).json() as { sid: string }
    const say = async (command: string) => (await post(`/host/frames/${sid}/messages`, { command, params: {} })).json()
    expect(await say('noSuchCommand')).toEqual({ kind: 'silent' })
    expect(await say('setTitle')).toEqual({ kind: 'silent' })
    expect(await say('resizeWindow')).toMatchObject({ kind: 'perform' })
    await post(`/host/frames/${sid}/close`, {})
    expect(await say('getInitData')).toEqual({ kind: 'silent' })
  })

  it('keep application options to administrators', async () => {
    const set = async (viewer: Viewer) => {
      const { sid } = await (await open({ clientId: app.clientId }, viewer)).json() as { sid: string }
      return (await post(`/host/frames/${sid}/messages`, { command: 'setAppOption', params: { name: 'k', value: 'v' } })).json()
    }
    expect(await set({ user: 2 })).toEqual({ kind: 'silent' })
    expect(await set({})).toMatchObject({ kind: 'reply', value: { k: 'v' } })
  })

  it.each([
    ['getInitDataSilent', 'getInitData', { kind: 'silent' }],
    ['refreshAuthSilent', 'refreshAuth', { kind: 'silent' }],
    ['resizeWindowDenied', 'resizeWindow', { kind: 'silent' }],
    ['setTitleDenied', 'setTitle', { kind: 'silent' }],
    ['dialogsCancelled', 'selectUser', { kind: 'silent' }],
    ['lateReplies', 'getInitData', { kind: 'reply', lateMs: 1500 }],
    ['foreignOriginMessage', 'getInitData', { kind: 'reply', noise: ['foreignOrigin'] }],
    ['objectMessage', 'getInitData', { kind: 'reply', noise: ['object'] }],
  ] as const)('obey the fault %s', async (fault, command, verdict) => {
    const { sid } = await (await open({ clientId: app.clientId })).json() as { sid: string }
    const say = async () => (await post(`/host/frames/${sid}/messages`, { command, params: {} })).json()
    expect(await say()).not.toMatchObject(verdict)
    await post('/host/faults/frame', { [fault]: 'on' })
    expect(running.portal.faults.frame[fault]).toBe(true)
    expect(await say()).toMatchObject(verdict)
    await post('/host/faults/clear', {})
  })

  it('do not open for those who may not see the app', async () => {
    app.allowedUserIds = [1]
    expect((await open({ clientId: app.clientId }, { user: 2 })).status).toBe(404)
    app.allowedUserIds = null
  })

  it('of BI_ANALYTICS_MENU are a plain GET without tokens', async () => {
    const { id } = bindWidget(running.portal, app, 'BI_ANALYTICS_MENU', `${handlerUrl}bi`)
    expect(await (await open({ placementId: id })).json()).toMatchObject({ method: 'GET', url: `${handlerUrl}bi`, fields: {} })
  })
})

describe('actions', () => {
  it('move a record to another stage and tell the CRM', async () => {
    const { portal } = running
    const next = portal.crm.statuses.filter(({ entityId }) => entityId === 'DEAL_STAGE')[1]!.statusId
    expect((await post(`/host/crm/2/${dealId}/stage`, { stageId: next })).status).toBe(204)
    expect(portal.crm.items(2)!.get(dealId)).toMatchObject({ stageId: next, updatedBy: 1 })
  })

  it('fill a company\'s details and its account, and nothing else of it', async () => {
    const { crm } = running.portal
    bindWidget(running.portal, app, 'CRM_REQUISITE_AUTOCOMPLETE', `${handlerUrl}search`, evil)
    const fill = (kind: string, fields: unknown, viewer?: Viewer) => post('/host/crm/4/1/details', { kind, fields }, viewer)
    expect((await fill('bank', { NAME: 'Morel', RQ_IBAN: 'FR7630006000011234567890189', ID: '99' })).status).toBe(204)
    expect((await fill('company', { RQ_COMPANY_NAME: evil, RQ_SIREN: '732829320', ENTITY_ID: '2' })).status).toBe(204)
    expect((await fill('company', { RQ_VAT_ID: 'FR44732829320' })).status).toBe(204)
    expect([...crm.requisites.kept()]).toMatchObject([{ ENTITY_TYPE_ID: 4, ENTITY_ID: 1, RQ_SIREN: '732829320', RQ_VAT_ID: 'FR44732829320' }])
    expect([...crm.bankDetails.kept()]).toMatchObject([{ ENTITY_TYPE_ID: 8, ENTITY_ID: [...crm.requisites.kept()][0]!.id, NAME: 'Morel' }])
    expect((await fill('company', {}, { user: 6 })).status).toBe(403)
    const card = await (await get('/crm/company/details/1/')).text()
    expect(card).toContain('FR7630006000011234567890189')
    expect(card).toContain('data-autocomplete="company"')
    expect(card).not.toContain('data-autocomplete="bank"')
    expect(card).not.toContain('<script>alert(1)')
  })

  it('remember the viewer in this browser', async () => {
    const answer = await post('/host/viewer', { user: '2', language: 'ar', theme: 'dark' })
    expect(answer.headers.getSetCookie().map(cookie => cookie.split(';')[0])).toEqual(['portal_user=2', 'portal_language=ar', 'portal_theme=dark'])
  })

  it('go back to this portal only', async () => {
    const answer = await fetch(`${running.url}/host/viewer`, {
      method: 'POST',
      body: new URLSearchParams({ back: '//evil.invalid/', language: 'fr' }),
      redirect: 'manual',
    })
    expect(answer.headers.get('location')).toBe('/')
  })

  it('register an app from the form and refuse an address that is none', async () => {
    const save = (url: string) => fetch(`${running.url}/host/apps`, {
      method: 'POST',
      headers: { cookie: cookies({}) },
      body: new URLSearchParams({ title: 'New', handlerUrl: url, scopes: 'crm' }),
      redirect: 'manual',
    })
    expect((await save('javascript:alert(1)')).headers.get('location')).toBe('/devops/local-app/add/?error=1')
    const location = (await save(handlerUrl)).headers.get('location')!
    expect(location).toMatch(/^\/devops\/local-app\/local\.[0-9a-f]+\.\d+\/$/)
    expect(await (await get(location)).text()).toContain('name="client-secret"')
  })
})

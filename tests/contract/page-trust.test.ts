import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeApi } from '@comptoir/shared/home/home.contract'
import { installationApi, type InstallState } from '@comptoir/shared/installation/installation.contract'
import { placements, sessionApi } from '@comptoir/shared/portal/portal.contract'
import { bootIn, type PortalStage } from '../factories/portal-stage.ts'
import { employee, forged, invented, refusalOf, startSiege, without, type Fields, type Refusal, type Siege } from '../factories/siege.ts'
import { expireTokens } from '../portal/apps/tokens.ts'

/** Nothing a stranger, another app, another portal or an ordinary employee posts to a page may write a row. */

let siege: Siege
beforeAll(async () => {
  siege = await startSiege()
})
afterAll(() => siege?.close())

const hostileText = '</script><script>alert(1)</script><!--first-->$&<img src=x onerror=alert(2)>'
const tabs = placements.filter(placement => placement !== 'install')
const member = () => ({ member_id: siege.comptoir.portal.memberId })

describe('the bare address', () => {
  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'], ['en-GB,en;q=0.9', 'en'], ['de', 'de'], ['*', 'fr'], [null, 'fr'],
  ])('answers a browser that reads %s with the page that says where Comptoir is opened from', async (reads, language) => {
    const page = await fetch(`${siege.comptoir.url}/`, { headers: reads ? { 'accept-language': reads } : {} })
    expect(page.status).toBe(200)
    expect(bootIn(await page.text())).toMatchObject({ placement: 'main', language, session: null, first: null })
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
  })
})

describe('the installer', () => {
  it('answers GET and HEAD, which the publication check asks for', async () => {
    expect((await fetch(`${siege.comptoir.url}/p/install`)).status).toBe(200)
    expect((await fetch(`${siege.comptoir.url}/p/install`, { method: 'HEAD' })).status).toBe(200)
  })

  it.each<[string, () => Fields, Refusal]>([
    ['without a token', () => ({}), { status: 401, code: 'auth.required' }],
    ['with an invented token', () => siege.form(1, { AUTH_ID: invented }), forged],
    ['with a token of another app', () => siege.form(1, { AUTH_ID: siege.tokenOfOtherApp }), forged],
    ['with a token of another portal', () => siege.form(1, { AUTH_ID: siege.other.token(1) }), forged],
    ['with the member id of another portal', () => siege.form(1, { member_id: siege.other.portal.memberId }), forged],
    ['with a member id nobody knows', () => siege.form(1, { member_id: 'a'.repeat(32) }), forged],
    ['with an attacker\'s server to ask', () => siege.form(1, { AUTH_ID: invented, SERVER_ENDPOINT: `${siege.attacker.url}/rest/` }), forged],
  ])('opened %s is refused', async (_, fields, refusal) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.post(`/p/install?DOMAIN=${siege.attacker.host}&PROTOCOL=0&LANG=fr`, fields())))).toEqual(refusal)
  })

  it('replayed by an employee with an application token of their own choice writes nothing', async () => {
    const page = await siege.unchanged(() => siege.post('/p/install', siege.form(employee, { APPLICATION_TOKEN: 'planted' })))
    const boot = bootIn(await page.text())
    expect(boot).toMatchObject({ session: null, first: { isAdmin: false } satisfies Partial<InstallState> })
    expect((await refusalOf(await siege.unchanged(() => siege.post('/p/deal-tab', siege.form(employee, { APPLICATION_TOKEN: 'planted' }))))).status).toBe(403)
  })

  it.each<[string, () => Fields, Refusal]>([
    ['an invented token', () => ({ accessToken: invented, refreshToken: '', ...memberOf(siege.comptoir) }), forged],
    ['a token of another app', () => ({ accessToken: siege.tokenOfOtherApp, refreshToken: '', ...memberOf(siege.comptoir) }), forged],
    ['a token of another portal', () => ({ accessToken: siege.other.token(1), refreshToken: '', ...memberOf(siege.comptoir) }), forged],
    ['an employee\'s token', () => ({ accessToken: siege.comptoir.token(employee), refreshToken: '', ...memberOf(siege.comptoir) }), { status: 403, code: 'auth.admin_only' }],
  ])('opens no session for %s', async (_, body, refusal) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.json(installationApi.openSession.path, JSON.stringify(body()))))).toEqual(refusal)
  })
})

const memberOf = ({ portal }: PortalStage) => ({ memberId: portal.memberId })

describe.each(tabs)('the page %s', (placement) => {
  const path = `/p/${placement}`

  it('answers GET and HEAD, which the publication check asks for', async () => {
    expect((await fetch(`${siege.comptoir.url}${path}`)).status).toBe(200)
    expect((await fetch(`${siege.comptoir.url}${path}`, { method: 'HEAD' })).status).toBe(200)
  })

  it.each<[string, () => Fields]>([
    ['a forged application token', () => siege.form(employee, { APPLICATION_TOKEN: 'f'.repeat(32) })],
    ['the application token of another portal', () => siege.form(employee, { APPLICATION_TOKEN: siege.other.app.applicationToken })],
    ['another portal\'s whole form but this member id', () => ({ ...siege.formOfOther(1), ...member() })],
  ])('refuses %s', async (_, fields) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.post(path, fields())))).toEqual(forged)
  })

  it('refuses a person with a page that holds nothing, not with bare data', async () => {
    const page = await siege.unchanged(() => fetch(`${siege.comptoir.url}${path}?LANG=en`, {
      method: 'POST', headers: { accept: 'text/html,application/xhtml+xml' }, body: new URLSearchParams(siege.form(employee, { APPLICATION_TOKEN: 'f'.repeat(32) })),
    }))
    expect(page.status).toBe(403)
    expect(bootIn(await page.text())).toMatchObject({ placement, language: 'en', options: {}, session: null, first: null })
  })

  it.each<[string, () => Fields]>([
    ['nothing at all', () => ({})],
    ['a member id nobody knows', () => siege.form(1, { member_id: 'a'.repeat(32) })],
    ['no application token', () => without(siege.form(1), 'APPLICATION_TOKEN')],
    ['an invented access token', () => siege.form(1, { AUTH_ID: invented })],
    ['an access token of another portal', () => siege.form(1, { AUTH_ID: siege.other.token(1) })],
    ['an access token of another app', () => siege.form(1, { AUTH_ID: siege.tokenOfOtherApp })],
    ['an invented access token and an attacker\'s server', () => siege.form(1, { AUTH_ID: invented, SERVER_ENDPOINT: `${siege.attacker.url}/rest/` })],
  ])('opened with %s is an empty shell', async (_, fields) => {
    const page = await siege.unchanged(() => siege.post(`${path}?DOMAIN=${siege.attacker.host}&PROTOCOL=0`, fields()))
    expect(page.status).toBe(200)
    expect(bootIn(await page.text())).toMatchObject({ placement, session: null, first: null })
  })

  it('may be framed by its portal alone, whatever the request claims', async () => {
    const page = await siege.post(`${path}?DOMAIN=${siege.attacker.host}`, siege.form(employee))
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(/frame-ancestors ([^;]*)/.exec(policy)?.[1]).toBe(`'self' ${siege.comptoir.portal.origin}`)
    expect(page.headers.get('x-frame-options')).toBeNull()
    expect(page.headers.get('set-cookie')).toBeNull()
  })
})

describe('a session', () => {
  it.each<[string, () => Fields, Refusal]>([
    ['an invented token', () => ({ accessToken: invented, ...memberOf(siege.comptoir) }), forged],
    ['a member id nobody knows', () => ({ accessToken: siege.comptoir.token(1), memberId: 'a'.repeat(32) }), { status: 404, code: 'portal.unknown' }],
    ['another portal\'s token', () => ({ accessToken: siege.other.token(1), ...memberOf(siege.comptoir) }), forged],
    ['another portal\'s member id', () => ({ accessToken: siege.comptoir.token(1), ...memberOf(siege.other) }), forged],
    ['a token of another app', () => ({ accessToken: siege.tokenOfOtherApp, ...memberOf(siege.comptoir) }), forged],
    ['no token', () => memberOf(siege.comptoir), { status: 400, code: 'request.invalid' }],
    ['an empty token', () => ({ accessToken: '', ...memberOf(siege.comptoir) }), { status: 400, code: 'request.invalid' }],
  ])('is not given for %s', async (_, body, refusal) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.json(sessionApi.open.path, JSON.stringify(body()))))).toEqual(refusal)
  })

  it('is not given to guests of the portal, who see nothing of its CRM', async () => {
    const { comptoir } = siege
    const guest = [...comptoir.portal.users.values()].find(({ isExtranet }) => isExtranet)?.id ?? 0
    const body = JSON.stringify({ accessToken: comptoir.token(guest), ...memberOf(comptoir) })
    expect(await siege.unchanged(async () => refusalOf(await siege.json(sessionApi.open.path, body)))).toEqual({ status: 403, code: 'auth.not_allowed' })
    expect((await comptoir.open(guest, 'LEFT_MENU')).boot).toMatchObject({ session: null, first: null })
  })

  it('of somebody who has left the portal opens nothing any more, until the portal vouches for them again', async () => {
    const { comptoir } = siege
    const left = await comptoir.session(employee)
    await comptoir.database.db.updateTable('crm_users').set({ is_active: false }).where('user_id', '=', employee).execute()
    expect(await comptoir.call(homeApi.read, {}, left)).toMatchObject({ status: 401, body: { code: 'auth.required' } })
    const again = JSON.stringify({ accessToken: comptoir.token(employee), ...memberOf(comptoir) })
    expect((await siege.json(sessionApi.open.path, again)).status).toBe(200)
    expect((await comptoir.call(homeApi.read, {}, left)).status).toBe(200)
  })

  it('is not given for a token that has expired', async () => {
    const late = await siege.comptoir.addPortal()
    const accessToken = late.token(1)
    expireTokens(late.portal)
    expect(await siege.unchanged(async () => refusalOf(await siege.json(sessionApi.open.path, JSON.stringify({ accessToken, ...memberOf(late) })))))
      .toEqual(forged)
  })
})

describe('text of the CRM that looks like a page', () => {
  it('stays text: in the first paint, in the data, in the options', async () => {
    const { comptoir } = siege
    await comptoir.database.db.updateTable('crm_deals').set({ title: hostileText }).where('deal_id', '=', 1).execute()
    const { html, boot } = await comptoir.open(1, 'CRM_DEAL_DETAIL_TAB', { options: { ID: '1', note: hostileText, ['__proto__']: { isAdmin: true } } })
    expect(boot).toMatchObject({ first: { deal: { title: hostileText } }, options: { note: hostileText } })
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img')
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  })

  it('stays text in the address, too', async () => {
    const page = await siege.post(`/p/deal-tab?LANG=${encodeURIComponent('"><script>')}&DOMAIN=${encodeURIComponent('x; script-src *')}`, siege.form(1, { member_id: 'x' }))
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
    expect(await page.text()).not.toContain('"><script>')
  })
})

it('never asked the server that the attacker named', () => {
  expect(siege.attacker.calls).toBe(0)
})

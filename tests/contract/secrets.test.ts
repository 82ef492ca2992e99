import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { mirrorApi } from '@comptoir/shared/mirror/mirror.contract'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'
import { postForm } from '../factories/portal-stage.ts'
import { runWorkflow } from '../factories/workflow.ts'
import { updateApp } from '../portal/apps/lifecycle.ts'
import { expireTokens } from '../portal/apps/tokens.ts'
import { installApp } from '../demo/install.ts'

/** A day in the life of the app; afterwards no secret of the portal stands anywhere but in its encrypted column. */

let comptoir: Comptoir
const pages: string[] = []
const urls: string[] = []
const sessions: string[] = []
const secrets = new Map<string, string>()

beforeAll(async () => {
  const send = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    urls.push(input instanceof Request ? input.url : String(input))
    return send(input, init)
  })
  comptoir = await startComptoir({ data: 'generate:30' })
  await openPages()
  await runAndFail()
  await renewAndUpdate()
  collect()
})
afterAll(async () => {
  vi.restoreAllMocks()
  await comptoir?.close()
})

async function openPages(): Promise<void> {
  for (const code of ['CRM_DEAL_DETAIL_TAB', 'CRM_COMPANY_DETAIL_TAB', 'CRM_ANALYTICS_MENU', 'LEFT_MENU', 'DEFAULT']) {
    const page = await comptoir.open(1, code, { options: { ID: '1' } })
    expect(page.status).toBe(200)
    pages.push(page.html)
  }
  const forged = await comptoir.open(3, 'LEFT_MENU', { alter: form => ({ ...form, APPLICATION_TOKEN: 'wrong-application-token' }) })
  pages.push(forged.html)
  secrets.set('wrong-application-token', 'a wrong application token')
}

async function runAndFail(): Promise<void> {
  const { portal } = comptoir
  portal.faults.add({ kind: 'serverError', methods: ['bizproc.event.send'], count: 2 })
  const workflow = runWorkflow(comptoir, { properties: { operation: 'total-spend', vendorSource: 'document', period: 'all' }, itemId: 1 })
  secrets.set(workflow.instance.wait?.eventToken ?? '', 'an event token')
  await workflow.ended()
  portal.crm.update(2, 1, { title: 'Renamed' }, { userId: 1 })
  await portal.queue.idle()
}

async function renewAndUpdate(): Promise<void> {
  const { portal, app } = comptoir
  collect()
  portal.faults.add({ kind: 'serverError', methods: ['oauth.token'], count: 1 })
  expireTokens(portal)
  await comptoir.call(mirrorApi.run)
  await comptoir.idle()
  updateApp(portal, app)
  await portal.queue.idle()
  await comptoir.idle()
  await installApp(portal, app, comptoir.url)
  await portal.queue.idle()
  await comptoir.idle()
  await postForm(`${comptoir.url}/bx/event`, { 'event': 'ONAPPUNINSTALL', 'auth[member_id]': portal.memberId, 'auth[application_token]': 'wrong-event-token' })
  secrets.set('wrong-event-token', 'a wrong token of an event')
  sessions.push((await comptoir.session(1)).token)
}

/** Whatever the portal has given out so far. */
function collect(): void {
  for (const { accessToken, refreshToken } of comptoir.portal.tokens.values()) {
    secrets.set(accessToken, 'an access token')
    secrets.set(refreshToken, 'a refresh token')
  }
  secrets.set(comptoir.app.applicationToken, 'an application token')
  secrets.set(comptoir.app.clientSecret, 'the client secret')
  secrets.set(comptoir.config.encryptionKey.toString('hex'), 'the encryption key')
  secrets.set(comptoir.config.encryptionKey.toString('base64'), 'the encryption key')
}

/** How a column of bytes is written out: sealed is fine, readable is not. */
const hex = (secret: string): string => Buffer.from(secret).toString('hex')

const found = (text: string, more: readonly string[] = []): string[] =>
  [...[...secrets].filter(([secret]) => secret !== '' && (text.includes(secret) || text.includes(hex(secret)))).map(([, name]) => name), ...more.filter(secret => text.includes(secret)).map(() => 'a session')]

describe('secrets', () => {
  it('were many', () => {
    expect(new Set(secrets.values()).size).toBe(8)
    expect(secrets.size).toBeGreaterThan(30)
  })

  it('stand in no line of the log, down to its finest level', () => {
    expect(comptoir.logged.length).toBeGreaterThan(30)
    expect(found(comptoir.logged.join('\n'), sessions)).toEqual([])
  })

  it('stand in no row of any table, the log of requests and the queue included', async () => {
    const { rows: tables } = await comptoir.database.pool.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name
      from information_schema.tables where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`)
    const leaks: string[] = []
    for (const { name } of tables) {
      const { rows } = await comptoir.database.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
      leaks.push(...found(rows.map(({ row }) => row).join('\n'), sessions).map(secret => `${secret} in ${name}`))
    }
    expect(tables.length).toBeGreaterThan(40)
    expect(leaks).toEqual([])
    expect((await waitFor(async () => (await comptoir.database.pool.query('select 1 from request_log')).rowCount, 'a request log'))).toBeGreaterThan(20)
  })

  it('stand in no page', () => {
    expect(found(pages.join('\n'))).toEqual([])
  })

  it('stand in no address that was ever asked', () => {
    expect(urls.some(url => url.includes('/rest/')) && urls.some(url => url.includes('/oauth/token/'))).toBe(true)
    expect(found(urls.join('\n'), sessions)).toEqual([])
  })
})

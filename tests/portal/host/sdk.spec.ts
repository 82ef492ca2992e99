import type { Frame, Page } from '@playwright/test'
import type { RunningPortal } from '../server.ts'
import type { App } from '../state.ts'
import type { SdkApp } from './fixtures/sdk-app.ts'
import { expect, test } from '@playwright/test'
import { expireTokens } from '../apps/tokens.ts'
import { startPortal } from '../server.ts'
import { startSdkApp } from './fixtures/sdk-app.ts'
import { addDeal, bindWidget, installedApp, templateWithAppStep, unfinishedApp } from './fixtures/stage.ts'

interface Sdk {
  isInstallMode: boolean
  auth: { getAuthData: () => { access_token: string } | false, refreshAuth: () => Promise<{ access_token: string }> }
  placement: { title: string, options: Record<string, string>, getInterface: () => Promise<unknown>, call: (command: string, params?: unknown) => Promise<unknown> }
  parent: { setTitle: (title: string) => Promise<unknown>, fitWindow: () => Promise<unknown>, message: { send: (command: string, params: unknown) => Promise<unknown> } }
  slider: { openSliderAppPage: (params: unknown) => Promise<unknown>, closeSliderAppPage: () => Promise<void>, openPath: (url: URL, width?: number) => Promise<unknown>, getUrl: (path: string) => URL }
  dialog: { selectUser: () => Promise<unknown>, selectCRM: (params: unknown) => Promise<unknown> }
  options: { appGet: (name: string) => unknown, appSet: (name: string, value: unknown) => Promise<unknown> }
  actions: { v2: { call: { make: (options: unknown) => Promise<SdkResult> }, batch: { make: (options: unknown) => Promise<SdkResult> } } }
  installFinish: () => Promise<unknown>
}

interface SdkResult {
  isSuccess: boolean
  getData: () => { result: unknown }
  getErrorMessages: () => string[]
}

declare global {
  interface Window {
    b24: Sdk
    noise: string[]
    messages: { origin: string, isText: boolean }[]
    started: Promise<unknown>
  }
}

let portal: RunningPortal
let sdkApp: SdkApp
let app: App
let dealId: number

test.beforeAll(async () => {
  portal = await startPortal({ data: 'none' })
  sdkApp = await startSdkApp()
  app = installedApp(portal.portal, sdkApp)
  bindWidget(portal.portal, app, 'CRM_DEAL_DETAIL_TAB', `${sdkApp.url}/tab`, 'Probe tab')
  dealId = addDeal(portal.portal, 'Chairs <b>&')
})

test.afterAll(async () => {
  await portal.close()
  await sdkApp.close()
})

test.afterEach(() => portal.portal.faults.clear())

/** The app's frame once the SDK in it has started. */
async function readyFrame(page: Page, path: string): Promise<Frame> {
  await expect.poll(() => page.frames().some(frame => frameIs(frame.url(), path))).toBe(true)
  const frame = page.frames().findLast(candidate => frameIs(candidate.url(), path))!
  await frame.waitForFunction(() => window.b24 !== undefined)
  return frame
}

const frameIs = (url: string, path: string) => url.startsWith(`${sdkApp.url}${path}`)

async function openTab(page: Page): Promise<Frame> {
  await page.goto(`${portal.url}/crm/deal/details/${dealId}/`)
  await page.getByRole('tab', { name: 'Probe tab' }).click()
  return readyFrame(page, '/tab')
}

test('the SDK starts in a tab with the context of the record', async ({ page }) => {
  sdkApp.posts.length = 0
  await page.goto(`${portal.url}/crm/deal/details/${dealId}/`)
  expect(sdkApp.posts).toEqual([])
  await page.getByRole('tab', { name: 'Probe tab' }).click()
  const frame = await readyFrame(page, '/tab')
  expect(await frame.evaluate(() => ({ title: window.b24.placement.title, options: { ...window.b24.placement.options } })))
    .toEqual({ title: 'CRM_DEAL_DETAIL_TAB', options: { ID: String(dealId), URI: `/crm/deal/details/${dealId}/` } })
  expect(sdkApp.posts).toHaveLength(1)
  expect(sdkApp.posts[0]!.body).toMatchObject({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB', APPLICATION_TOKEN: app.applicationToken, member_id: portal.portal.memberId })
  expect(await frame.evaluate(() => window.name)).toBe(`${new URL(portal.url).host}|0|${sdkApp.posts[0]!.query.APP_SID}`)
})

test('REST, batch and a refresh of the expired token work from the frame', async ({ page }) => {
  const frame = await openTab(page)
  const read = () => frame.evaluate(async (id) => {
    const answer = await window.b24.actions.v2.call.make({ method: 'crm.item.get', params: { entityTypeId: 2, id } })
    return (answer.getData().result as { item: { title: string } }).item.title
  }, dealId)
  expect(await read()).toBe('Chairs <b>&')
  const before = await frame.evaluate(() => window.b24.auth.getAuthData())
  expireTokens(portal.portal)
  expect(await read()).toBe('Chairs <b>&')
  const after = await frame.evaluate(() => window.b24.auth.getAuthData())
  expect(after && after.access_token).not.toBe(before && before.access_token)
  const batch = await frame.evaluate(async () => {
    const answer = await window.b24.actions.v2.batch.make({ calls: { me: { method: 'profile' }, info: { method: 'app.info' } }, options: { isHaltOnError: true } })
    return { isSuccess: answer.isSuccess, errors: answer.getErrorMessages() }
  })
  expect(batch).toEqual({ isSuccess: true, errors: [] })
})

test('the frame grows with fitWindow, and setTitle is met with silence in a tab', async ({ page }) => {
  const frame = await openTab(page)
  await frame.evaluate(() => {
    document.querySelector<HTMLElement>('#room')!.style.height = '1234px'
    return window.b24.parent.fitWindow()
  })
  const height = await page.locator('iframe.app-frame').evaluate(({ clientHeight }) => clientHeight)
  expect(height).toBeGreaterThan(1234)
  expect(await frame.evaluate(() => window.b24.parent.setTitle('Nope'))).toEqual({ isSafely: true })
  await expect(page).not.toHaveTitle('Nope')
  expect(await frame.evaluate(() => window.b24.placement.getInterface())).toEqual({ command: ['reloadData'], event: [] })
})

test('the main page may set its title', async ({ page }) => {
  await page.goto(`${portal.url}/marketplace/view/${app.clientId}/`)
  const frame = await readyFrame(page, '/main')
  await frame.evaluate(() => window.b24.parent.setTitle('A:B <i>'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A:B <i>')
})

test('a slider of the app returns to its opener when it is closed', async ({ page }) => {
  const frame = await openTab(page)
  await frame.evaluate(() => {
    Object.assign(window, { outcome: 'waiting' })
    void window.b24.slider.openSliderAppPage({ place: 'x', bx24_title: 'Inside', bx24_width: 900 }).then(() => Object.assign(window, { outcome: 'closed' }))
  })
  const inside = await readyFrame(page, '/main')
  await expect(page.getByRole('dialog', { name: 'Inside' })).toBeVisible()
  expect(await inside.evaluate(() => ({ ...window.b24.placement.options }))).toMatchObject({ place: 'x' })
  expect(await frame.evaluate('outcome')).toBe('waiting')
  await inside.evaluate(() => void window.b24.slider.closeSliderAppPage())
  await expect.poll(() => frame.evaluate('outcome')).toBe('closed')
  await expect(page.getByRole('dialog', { name: 'Inside' })).toHaveCount(0)
})

test('openPath shows a portal page in a slider, Esc closes it, a foreign address is refused', async ({ page }) => {
  const frame = await openTab(page)
  await frame.evaluate(() => void window.b24.slider.openPath(window.b24.slider.getUrl('/crm/company/list/'), 900).then(value => Object.assign(window, { outcome: value })))
  const slider = page.locator('.slider-page iframe')
  await expect(page.frameLocator('.slider-page iframe').getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.frameLocator('.slider-page iframe').locator('.left-menu')).toHaveCount(0)
  expect((await slider.boundingBox())!.width).toBeLessThanOrEqual(900)
  await page.locator('.slider-close').focus()
  await page.keyboard.press('Escape')
  await expect(slider).toHaveCount(0)
  await expect.poll(() => frame.evaluate('window.outcome')).toEqual({ isOpenAtNewWindow: false, isClose: true })
  expect(await frame.evaluate(() => window.b24.parent.message.send('openPath', { path: 'https://evil.invalid/' })))
    .toEqual({ result: 'error', errorCode: 'PATH_NOT_AVAILABLE' })
})

test('selection dialogs answer on confirmation only', async ({ page }) => {
  const frame = await openTab(page)
  const ask = () => frame.evaluate(() => void window.b24.dialog.selectUser().then(value => Object.assign(window, { outcome: value })))
  await ask()
  await page.getByRole('dialog').getByRole('button', { name: /^(Annuler|Cancel)$/ }).click()
  await ask()
  await page.getByRole('dialog').getByRole('radio').nth(1).check()
  await page.getByRole('dialog').getByRole('button', { name: /^(Sélectionner|Select)$/ }).click()
  await expect.poll(() => frame.evaluate('window.outcome')).toMatchObject({ id: '2', name: expect.any(String), position: expect.any(String) })
  await frame.evaluate(() => void window.b24.dialog.selectCRM({ entityType: ['company'], multiple: false }).then(value => Object.assign(window, { records: value })))
  await page.getByRole('dialog').getByRole('radio').first().check()
  await page.getByRole('dialog').getByRole('button', { name: /^(Sélectionner|Select)$/ }).click()
  await expect.poll(() => frame.evaluate('window.records?.company?.[0]?.id')).toMatch(/^CO_\d+$/)
})

test('setPropertyValue fills the settings dialog and survives Save and reopening', async ({ page }) => {
  const { template, step } = templateWithAppStep(portal.portal, app, `${sdkApp.url}/settings`)
  await page.goto(`${portal.url}/bizproc/templates/${template.id}/`)
  await page.locator(`[data-edit-step="${step.name}"]`).click()
  const first = await readyFrame(page, '/settings')
  expect(await first.evaluate(() => window.b24.placement.title)).toBe('BIZPROC_ACTIVITY_PROPERTIES_DIALOG')
  const box = (await page.locator('.settings-frame iframe').boundingBox())!
  expect(Math.round(box.height)).toBe(350)
  const value = 'a:"b"; {=Document:TITLE}'
  await first.evaluate(text => window.b24.placement.call('setPropertyValue', { mode: text, list: ['1', '2'], MODE: 'wrong case', unknown: 'x' }), value)
  await page.getByRole('dialog').getByRole('button', { name: /^(Enregistrer|Save)$/ }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(portal.portal.bizproc.templates.get(template.id)!.steps[0]).toMatchObject({ properties: { mode: value, list: ['1', '2'] } })
  await page.locator(`[data-edit-step="${step.name}"]`).click()
  const again = await readyFrame(page, '/settings')
  expect(await again.evaluate(() => window.b24.placement.options.current_values)).toEqual({ mode: value, list: ['1', '2'] })
  await again.evaluate(() => window.b24.placement.call('setPropertyValue', { mode: 'dropped' }))
  await page.getByRole('dialog').getByRole('button', { name: /^(Annuler|Cancel)$/ }).click()
  expect(portal.portal.bizproc.templates.get(template.id)!.steps[0]).toMatchObject({ properties: { mode: value } })
})

test('an administrator gets the installer, installFinish opens the app and shows its widgets', async ({ page }) => {
  const fresh = unfinishedApp(portal.portal, sdkApp)
  bindWidget(portal.portal, fresh, 'CRM_COMPANY_DETAIL_TAB', `${sdkApp.url}/tab`, 'Hidden tab')
  await page.goto(`${portal.url}/crm/company/details/1/`)
  await expect(page.getByRole('tab', { name: 'Hidden tab' })).toHaveCount(0)
  await page.goto(`${portal.url}/marketplace/view/${fresh.clientId}/`)
  const installer = await readyFrame(page, '/install')
  expect(await installer.evaluate(() => window.b24.isInstallMode)).toBe(true)
  await installer.evaluate(() => void window.b24.installFinish())
  const main = await readyFrame(page, '/main')
  expect(await main.evaluate(() => window.b24.isInstallMode)).toBe(false)
  expect(fresh.isInstalled).toBe(true)
  await page.goto(`${portal.url}/crm/company/details/1/`)
  await expect(page.getByRole('tab', { name: 'Hidden tab' })).toBeVisible()
})

test('others than administrators read that the installation is not finished', async ({ page, context }) => {
  const fresh = unfinishedApp(portal.portal, sdkApp)
  await context.addCookies([{ name: 'portal_user', value: '2', url: portal.url }, { name: 'portal_language', value: 'en', url: portal.url }])
  await page.goto(`${portal.url}/marketplace/view/${fresh.clientId}/`)
  await expect(page.getByText('not fully installed')).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
})

test('a silent refreshAuth makes the SDK give up, noise before the first reply does not disturb it', async ({ page }) => {
  portal.portal.faults.frame.foreignOriginMessage = true
  portal.portal.faults.frame.objectMessage = true
  const frame = await openTab(page)
  expect(await frame.evaluate(() => window.messages.slice(0, 3))).toEqual([
    { origin: 'null', isText: true },
    { origin: portal.url, isText: false },
    { origin: portal.url, isText: true },
  ])
  expect(await frame.evaluate(() => window.noise)).toEqual([])
  portal.portal.faults.frame.refreshAuthSilent = true
  const code = await frame.evaluate(() => window.b24.auth.refreshAuth().then(() => 'answered', (error: { code: string }) => error.code))
  expect(code).toBe('JSSDK_FRAME_REFRESH_AUTH_TIMEOUT')
})

import type { Page } from '@playwright/test'
import type { RunningPortal } from '../server.ts'
import type { SdkApp } from './fixtures/sdk-app.ts'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { createTemplate } from '../bizproc/designer.ts'
import { documentTypeOf } from '../bizproc/documents.ts'
import { startPortal } from '../server.ts'
import { startSdkApp } from './fixtures/sdk-app.ts'
import { addDeal, bindWidget, installedApp, templateWithAppStep } from './fixtures/stage.ts'

let portal: RunningPortal
let sdkApp: SdkApp
let dealId: number

test.beforeAll(async () => {
  portal = await startPortal({ data: 'none' })
  sdkApp = await startSdkApp()
  dealId = addDeal(portal.portal, 'Chairs')
  const app = installedApp(portal.portal, sdkApp)
  bindWidget(portal.portal, app, 'CRM_ANALYTICS_MENU', `${sdkApp.url}/analytics`, 'Probe report')
  templateWithAppStep(portal.portal, app, `${sdkApp.url}/settings`)
})

test.afterAll(async () => {
  await portal.close()
  await sdkApp.close()
})

test.beforeEach(({ context }) => context.addCookies([{ name: 'portal_language', value: 'en', url: portal.url }]))

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(portal.url + path)
  await page.locator('html[data-ready=yes]').waitFor()
}

const accessiblePages = [
  '/', '/crm/deal/list/', '/crm/deal/kanban/', '/crm/deal/details/1/', '/crm/company/list/', '/crm/analytics/', '/crm/deal/automation/0/', '/bizproc/',
  '/bizproc/templates/1/', '/marketplace/installed/', '/devops/', '/devops/local-app/add/', '/devops/console/', '/devops/faults/', '/company/personal/user/1/tasks/',
]

const darkPages = ['/', '/crm/deal/kanban/', '/crm/deal/details/1/', '/bizproc/templates/1/', '/devops/faults/']

for (const [theme, paths] of [['light', accessiblePages], ['dark', darkPages]] as const) {
  test(`every screen is accessible and needs no sideways scrolling (${theme})`, async ({ page, context }) => {
    test.slow()
    await context.addCookies([{ name: 'portal_theme', value: theme, url: portal.url }])
    for (const path of paths) {
      await visit(page, path)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).exclude('iframe').analyze()
      expect.soft(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0)
    }
  })
}

test('an application is registered by the form, shows its keys and runs its installer', async ({ page }) => {
  await visit(page, '/devops/local-app/add/')
  await page.getByLabel('Application name *').fill('Fresh app')
  await page.getByLabel('Your handler path *').fill(`${sdkApp.url}/main`)
  await page.getByLabel('Initial installation path').fill(`${sdkApp.url}/install`)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Application ID (client_id)')).toHaveValue(/^local\.[0-9a-f]+\.\d+$/)
  await expect(page.getByLabel('Application key (client_secret)')).toHaveValue(/^[0-9a-f]{20,}$/)
  await page.getByRole('link', { name: 'Install', exact: true }).click()
  const installer = page.frameLocator('.slider-app iframe')
  await expect(installer.getByText('ready DEFAULT')).toBeVisible()
  const frame = page.frames().find(candidate => candidate.url().includes('/install'))!
  await frame.evaluate(() => window.b24.actions.v2.call.make({ method: 'placement.bind', params: { PLACEMENT: 'LEFT_MENU', HANDLER: `${location.origin}/menu`, TITLE: 'From the installer' } }))
  await frame.evaluate(() => void window.b24.installFinish())
  await expect(page).toHaveURL(/\/marketplace\/view\/local\./)
  await expect(page.getByRole('link', { name: 'From the installer' })).toBeVisible()
})

test('the designer places steps, also inside a branch, and runs them with a live log', async ({ page }) => {
  const template = createTemplate(portal.portal, { name: 'Review', documentType: documentTypeOf(2), userId: 1 })
  await visit(page, `/bizproc/templates/${template.id}/`)
  await page.getByRole('button', { name: 'Condition' }).click()
  await page.getByRole('button', { name: 'Add a step here' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Value', { exact: true }).fill('{=Document:OPPORTUNITY}')
  await dialog.getByLabel('Operator').selectOption('>')
  await dialog.getByLabel('Compare with').fill('1000')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Notification', exact: true }).click()
  await page.locator('.branch').first().getByRole('button', { name: 'Add a step here' }).click()
  await dialog.getByLabel('Text').fill('Big: {=Document:TITLE}')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('.branch').first().locator('.step')).toHaveCount(1)

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await dialog.getByRole('radio', { name: 'Chairs' }).check()
  await dialog.getByRole('button', { name: 'Select' }).click()
  const run = page.frameLocator('.slider-page iframe')
  await expect(run.getByText('completed')).toBeVisible()
  await expect(run.getByRole('log')).toContainText('Notification')
  await page.keyboard.press('Escape')
  await expect(page.locator('.slider-page')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Notifications, 1 unread$/ })).toBeVisible()
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await expect(page.getByRole('dialog', { name: 'Notifications' })).toContainText('Big: Chairs')
})

test('an app step waits in the live view until the app answers', async ({ page }) => {
  await visit(page, '/bizproc/templates/1/')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('dialog').getByRole('radio').first().check()
  await page.getByRole('dialog').getByRole('button', { name: 'Select' }).click()
  const run = page.frameLocator('.slider-page iframe')
  await expect(run.getByText('running', { exact: true })).toBeVisible()
  await run.getByRole('button', { name: 'Terminate' }).click()
  await expect(run.getByText('terminated', { exact: true })).toBeVisible()
})

test('a stage changes from the bar of the card and from the board', async ({ page }) => {
  await visit(page, `/crm/deal/details/${dealId}/`)
  const second = page.locator('.stage-bar button').nth(1)
  const stage = await second.getAttribute('value')
  await second.click()
  await expect(second).toHaveAttribute('aria-current', 'step')
  expect(portal.portal.crm.items(2)!.get(dealId)).toMatchObject({ stageId: stage })
  await visit(page, '/crm/deal/kanban/')
  const third = portal.portal.crm.statuses.filter(({ entityId }) => entityId === 'DEAL_STAGE')[2]!.statusId
  await page.getByLabel('Stage: Chairs').selectOption(third)
  await expect(page.locator(`[data-stage="${third}"] article`)).toHaveCount(1)
})

test('a deal is created in a dialog and opens in a slider, where its tabs follow the arrow keys', async ({ page }) => {
  await visit(page, '/crm/deal/list/')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Tables <i>')
  await page.getByRole('dialog').getByLabel('Amount').fill('250.5')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  const card = page.frameLocator('.slider-page iframe')
  await expect(card.getByRole('heading', { level: 1 })).toHaveText('Tables <i>')
  await card.locator('html[data-ready=yes]').waitFor()
  await card.getByRole('tab', { name: 'General' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(card.getByRole('tab', { name: 'Products' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'Tables <i>' })).toBeVisible()
})

test('the viewer is switched in the top bar and stays', async ({ page }) => {
  await visit(page, '/crm/analytics/')
  await expect(page.getByRole('link', { name: 'Probe report' })).toBeVisible()
  await page.getByLabel('Language').selectOption('ar')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.locator('html[data-ready=yes]').waitFor()
  await page.locator('button[name=theme]').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.locator('html[data-ready=yes]').waitFor()
  await page.locator('select[name=user]').selectOption('2')
  await expect(page.locator('.left-menu a[href="/devops/"]')).toHaveCount(0)
})

import { expireTokens } from '../portal/apps/tokens.ts'
import { expect, test } from './stage.ts'

test('a page left open for an hour, its tokens long out of date, goes on at the next click', async ({ screens, page }) => {
  await page.clock.install()
  const { app } = await screens.openDirectory()
  const table = app.getByRole('table', { name: 'Fournisseurs' })
  await expect(table.locator('[data-row-open]').first()).toBeVisible()
  expireTokens(screens.portal)
  await page.clock.fastForward('01:00:00')
  await table.getByRole('button', { name: /Dépenses, 12 mois/ }).click()
  await expect(table.getByRole('columnheader', { name: /Dépenses, 12 mois/ })).toHaveAttribute('aria-sort', 'descending')
  await expect(table).toHaveAttribute('aria-busy', 'false')
  await expect(app.getByRole('alert')).toHaveCount(0)
  const asked = screens.portal.journal.read('frame').filter(({ command }) => command === 'refreshAuth')
  expect(asked.length).toBeGreaterThan(0)
})

for (const [kind, what] of [['html', 'answers a page instead of data'], ['queryLimit', 'asks everybody to wait']] as const) {
  test(`a portal that ${what} while a page opens is said to be in trouble, and the page opens once it is well`, async ({ screens, trouble, page }) => {
    trouble.expect(/\/api\/session|crm\.|503|502|429|status of/)
    expireTokens(screens.portal)
    screens.portal.faults.add({ kind })
    await screens.visit('/crm/deal/details/120/')
    await page.locator('[role=tab].is-app').click()
    const { app } = await screens.appIn(['[role=tabpanel]:not([hidden]) .app-frame-box iframe'])
    await expect(app.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 30_000 })
    await expect(app.getByText(/Le portail (ne répond pas|reçoit trop de demandes)/).first()).toBeVisible({ timeout: 30_000 })
    screens.portal.faults.clear()
    await app.getByRole('button', { name: 'Réessayer' }).click()
    await expect(app.getByRole('heading', { level: 1 })).toHaveText('Fournisseurs de l’affaire', { timeout: 30_000 })
  })
}

test('without a connection the page says so, keeps what is on screen and goes on afterwards', async ({ screens, trouble, page }) => {
  trouble.expect(/ERR_INTERNET_DISCONNECTED/)
  const { app } = await screens.openDirectory()
  const table = app.getByRole('table', { name: 'Fournisseurs' })
  await expect(table.locator('[data-row-open]').first()).toBeVisible()
  await page.context().setOffline(true)
  await table.getByRole('button', { name: /Dernier achat/ }).click()
  await expect(app.getByText('Le serveur de Comptoir est injoignable.').first()).toBeVisible()
  await page.context().setOffline(false)
  await app.getByRole('button', { name: 'Réessayer' }).click()
  await expect(table.getByRole('columnheader', { name: /Dernier achat/ })).toHaveAttribute('aria-sort', 'descending')
  await expect(table.locator('[data-row-open]').first()).toBeVisible()
})

test('opened outside the portal, Comptoir says where it lives', async ({ page, demo, trouble }) => {
  trouble.expect(/favicon/)
  for (const path of ['/p/main', '/p/deal-tab']) {
    await page.goto(demo.appUrl + path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ouvrez Comptoir depuis Bitrix24')
  }
})

test('a portal that never answers the frame is named, and asked again', async ({ screens, trouble, page }) => {
  trouble.expect(/\/api\/session|status of/)
  expireTokens(screens.portal)
  screens.portal.faults.add({ kind: 'html' })
  screens.portal.faults.frame.getInitDataSilent = true
  await screens.visit('/crm/deal/details/121/')
  await page.locator('[role=tab].is-app').click()
  const { app } = await screens.appIn(['[role=tabpanel]:not([hidden]) .app-frame-box iframe'])
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Le portail ne répond pas', { timeout: 30_000 })
  screens.portal.faults.clear()
  await app.getByRole('button', { name: 'Réessayer' }).click()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Fournisseurs de l’affaire', { timeout: 30_000 })
})

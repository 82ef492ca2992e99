import { expect, test } from '@playwright/test'
import { withDemo } from './demo-worker.ts'
import { PortalScreens } from './portal-screens.ts'
import { watchTrouble } from './trouble.ts'

const scopes = ['crm', 'bizproc', 'placement', 'user_brief', 'im', 'task', 'department', 'catalog']

test('an administrator registers Comptoir by the portal’s form, installs it, removes it and installs it again', async ({ page }) => {
  test.setTimeout(150_000)
  page.on('dialog', dialog => void dialog.accept())
  await withDemo({
    isInstalled: false,
    data: 'generate:300',
    async register(running, appUrl) {
      await page.goto(`${running.url}/devops/local-app/add/`)
      await page.getByLabel('Nom de l’application *').fill('Comptoir')
      await page.getByLabel('Chemin de votre gestionnaire *').fill(`${appUrl}/p/main`)
      await page.getByLabel('Chemin d’installation initiale').fill(`${appUrl}/p/install`)
      for (const scope of scopes)
        await page.getByRole('checkbox', { name: scope, exact: true }).check()
      await page.getByRole('button', { name: 'Enregistrer' }).click()
      const clientId = await page.getByLabel('Identifiant de l’application (client_id)').inputValue()
      expect(await page.getByLabel('Clé de l’application (client_secret)').inputValue()).not.toBe('')
      return running.portal.apps.get(clientId)!
    },
  }, async (demo) => {
    const screens = new PortalScreens(page, demo)
    const trouble = watchTrouble(page, demo.appUrl)
    const appPath = `/marketplace/view/${demo.app.clientId}/`

    await test.step('others than administrators read that the installation is not finished', async () => {
      await screens.viewAs({ userId: 3, language: 'fr' })
      await screens.visit(appPath)
      await expect(page.getByText('L’application n’est pas entièrement installée.')).toBeVisible()
      await screens.viewAs({ userId: 1, language: 'fr' })
    })

    await test.step('the installer says what it asks for, goes step by step and asks who the vendors are', async () => {
      await screens.visit(appPath)
      const installer = await screens.slider()
      const { app } = installer
      await expect(app.getByRole('heading', { level: 1 })).toHaveText('Installer Comptoir')
      await expect(app.getByText('Ce que Comptoir demande à votre portail')).toBeVisible()
      await expect(app.getByText('ajouter deux actions au concepteur de processus')).toBeVisible()
      await screens.expectNoScrollBars(installer, ['wide'])
      await screens.expectAccessible(installer)
      await app.getByRole('button', { name: 'Installer Comptoir' }).click()
      await expect(app.getByRole('group', { name: 'Quelles entreprises du CRM sont vos fournisseurs ?' })).toBeVisible()
      await expect(app.getByRole('radio', { checked: true })).toHaveCount(1)
      await screens.expectAccessible(installer)
      await app.getByRole('button', { name: 'Continuer' }).click()
      await expect(app.getByRole('heading', { name: 'Comptoir est installé' })).toBeVisible({ timeout: 30_000 })
      await expect(app.getByRole('listitem').filter({ hasText: 'terminé' })).toHaveCount(6)
      await screens.expectAccessible(installer)
      await app.getByRole('button', { name: 'Ouvrir Comptoir' }).click()
    })

    await test.step('the main page opens, and every place of the portal has its page', async () => {
      await expect(page.locator('.slider-app')).toHaveCount(0)
      const main = await screens.appIn(['.app-frame-box[data-eager] iframe'])
      await expect(main.app.getByRole('heading', { level: 1 })).toHaveText('Aujourd’hui')
      await expect(page.locator('.left-menu').getByRole('link', { name: 'Fournisseurs' })).toBeVisible()
      expect(demo.running.portal.placements.map(({ code }) => code).sort())
        .toEqual(expect.arrayContaining(['CRM_ANALYTICS_MENU', 'CRM_COMPANY_DETAIL_TAB', 'CRM_DEAL_DETAIL_TAB', 'LEFT_MENU']))
      const deal = await screens.openDealTab(1)
      await expect(deal.app.getByRole('heading', { level: 1 })).toHaveText('Fournisseurs de l’affaire')
    })

    await test.step('removed, nothing of it is left; installed again, everything is back', async () => {
      await screens.visit('/marketplace/installed/')
      await page.getByLabel('Supprimer aussi les réglages et les données (CLEAN)').check()
      await page.getByRole('button', { name: 'Désinstaller' }).click()
      await expect(page.getByText('installation non terminée')).toBeVisible()
      await screens.visit('/crm/deal/details/1/')
      await expect(page.locator('[role=tab].is-app')).toHaveCount(0)

      await screens.visit('/marketplace/installed/')
      await page.getByRole('link', { name: 'Installer', exact: true }).click()
      const { app } = await screens.slider()
      await app.getByRole('button', { name: 'Installer Comptoir' }).click()
      await app.getByRole('button', { name: 'Continuer' }).click()
      await app.getByRole('button', { name: 'Ouvrir Comptoir' }).click({ timeout: 30_000 })
      await screens.appIn(['.app-frame-box[data-eager] iframe'])
      // The portal's patience was used up by the first reading: the second takes its time, and the page shows what is there.
      await expect(async () => {
        const directory = await screens.openDirectory()
        await expect(directory.app.locator('[data-row-open]').filter({ hasText: 'Imprimerie Delmas' })).toBeVisible({ timeout: 2_000 })
      }).toPass({ timeout: 60_000 })
    })
    expect(trouble.found(), 'errors in the frames of the app').toEqual([])
    // Nothing holds the servers open while they end.
    await page.goto('about:blank')
  })
})

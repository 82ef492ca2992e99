import { call } from '../demo/install.ts'
import { expect, people, sessionOf, test } from './stage.ts'
import type { PortalScreens } from './portal-screens.ts'

/** Others find BI Builder as empty as before. */
test.afterEach(async ({ demo }) => {
  demo.running.portal.settings.isStrict = false
  await call(demo.appUrl, await sessionOf(demo, people.administrator), 'DELETE', '/api/bi-builder')
})

const openPage = (screens: PortalScreens) => screens.openMainTab(/^Administration$/, /^BI Builder$/)

async function takeBack(screens: PortalScreens): Promise<void> {
  const { app } = await openPage(screens)
  // The page grows until its last part is there, and moves what is pressed meanwhile.
  await app.getByRole('heading', { name: 'Clé de la connexion' }).waitFor()
  await app.getByRole('button', { name: 'Retirer de BI Builder' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Retirer de BI Builder' }).click()
  await expect(app.getByText('Pas encore publié')).not.toHaveCount(0)
  const { connectors, sources, datasets } = screens.portal.bi
  expect([connectors.size, sources.size, datasets.size]).toEqual([0, 0, 0])
}

test('an administrator publishes, an analyst reads rows in BI Builder, a seller is kept out', async ({ screens }) => {
  const main = await openPage(screens)
  const { app } = main
  await expect(app.getByText(/quels que soient ses droits dans Comptoir/)).toBeVisible()
  await app.getByRole('checkbox', { name: /Prévisions enregistrées/ }).uncheck()
  await app.getByRole('button', { name: 'Publier dans BI Builder' }).click()
  await expect(app.getByText('Tout est publié et à jour.')).toBeVisible()
  await expect(app.getByText('comptoir_vendor_spend_months')).toBeVisible()
  await screens.expectSound(main)

  await screens.viewAs({ userId: people.salesHead, language: 'fr' })
  await screens.visit('/bi/source/')
  const { page } = screens
  await page.getByRole('link', { name: 'Comptoir', exact: true }).last().click()
  await page.getByRole('button', { name: 'Vérifier la connexion' }).click()
  await expect(page.getByText('La connexion fonctionne.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Tables' }).getByRole('row')).toHaveCount(5)
  await page.getByRole('link', { name: 'Espace de l’analyste' }).click()
  await page.getByRole('link', { name: 'comptoir_purchase_lines' }).click()
  await page.getByLabel('VENDOR_NAME').check()
  await page.getByLabel('AMOUNT_BASE').check()
  await page.getByLabel('Filtrer par').selectOption('AMOUNT_BASE')
  await page.getByLabel('Comparaison').selectOption('>=')
  await page.getByLabel('Valeur').fill('1000')
  await page.getByRole('button', { name: 'Charger' }).click()
  const rows = page.getByRole('region', { name: 'Lignes' })
  await expect(rows.getByRole('columnheader')).toHaveText(['VENDOR_NAME', 'AMOUNT_BASE'])
  const amounts = await rows.getByRole('row').locator('td:nth-child(2)').allTextContents()
  expect(amounts.length).toBeGreaterThan(1)
  expect(amounts.filter(amount => Number(amount) < 1000)).toEqual([])

  await screens.viewAs({ userId: people.seller, language: 'fr' })
  await screens.visit('/bi/source/')
  await expect(page.getByText('Vous n’avez pas les droits nécessaires', { exact: false })).toBeVisible()
  await screens.viewAs({ userId: people.administrator, language: 'fr' })
  await takeBack(screens)
})

test('a step that fails is tried again, and a replaced key goes on without a gap', async ({ screens, trouble }) => {
  trouble.expect(/502/)
  screens.portal.settings.isStrict = true
  const { app } = await openPage(screens)
  await app.getByRole('button', { name: 'Publier dans BI Builder' }).click()
  await expect(app.getByRole('alert').filter({ hasText: 'n’a pas pu joindre Comptoir' })).toBeVisible()
  screens.portal.settings.isStrict = false
  await app.getByRole('button', { name: 'Réessayer' }).click()
  await expect(app.getByText('Tout est publié et à jour.')).toBeVisible()

  const keyInPortal = () => [...screens.portal.bi.sources.values()][0]?.settings.get('apiKey')?.value ?? ''
  const old = keyInPortal()
  await app.getByRole('button', { name: 'Afficher' }).click()
  await expect(app.getByText(old)).toBeVisible()
  await app.getByRole('button', { name: 'Remplacer la clé' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Remplacer la clé' }).click()
  await expect(app.getByText(old)).toHaveCount(0)
  await expect.poll(keyInPortal).not.toBe(old)
  const dataset = [...screens.portal.bi.datasets.values()].find(({ externalCode }) => externalCode === 'deals')!
  await screens.visit(`/bi/dataset/${dataset.id}/?limit=3`)
  await expect(screens.page.getByRole('heading', { name: /^Lignes\s*: 3$/ })).toBeVisible()
})

import { call } from '../demo/install.ts'
import { expect, people, sessionOf, test, type AppPage } from './stage.ts'
import type { PortalScreens } from './portal-screens.ts'

const iban = 'FR1420041010050500013M02606'

/** A vendor of the journey's own: others count what is there. */
async function addVendor({ demo }: PortalScreens, name: string): Promise<string> {
  const session = await sessionOf(demo, people.administrator)
  const { vendorId } = await call(demo.appUrl, session, 'POST', '/api/vendors', { name, status: 'active' }) as { vendorId: string }
  return vendorId
}

async function openVendor(screens: PortalScreens, name: string): Promise<AppPage> {
  const page = await screens.openDirectory()
  await page.app.getByRole('searchbox').first().fill(name)
  await expect(page.app.getByText('1 fournisseur', { exact: true }).first()).toBeVisible()
  await page.app.getByRole('button', { name, exact: true }).click()
  await page.app.locator('a[href*="/vendors/"]').first().click()
  await page.app.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

async function openPage(screens: PortalScreens, group: RegExp, name: RegExp): Promise<AppPage> {
  const page = await screens.openDirectory()
  const navigation = page.app.getByRole('navigation', { name: 'Pages de Comptoir' })
  await navigation.getByRole('link', { name: group }).first().click()
  await navigation.getByRole('link', { name }).click()
  return page
}

test('a change of IBAN waits for a second person, and is used once approved', async ({ screens }) => {
  const name = 'Menuiserie du Second Regard'
  await addVendor(screens, name)
  await screens.viewAs({ userId: people.seller, language: 'fr' })
  const seller = await openVendor(screens, name)
  await seller.app.getByRole('button', { name: 'Modifier', exact: true }).click()
  await seller.app.locator('input[name=iban]').fill(iban)
  await seller.app.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(seller.app.getByText(/Attend une deuxième personne\s: IBAN/)).toBeVisible()
  await seller.app.getByRole('link', { name: 'Voir la proposition' }).click()
  await expect(seller.app.getByText(/Vous en êtes l’auteur/)).toBeVisible()
  await expect(seller.app.getByRole('button', { name: 'Approuver' })).toHaveCount(0)
  await screens.expectSound(seller)

  await screens.viewAs({ userId: people.administrator, language: 'fr' })
  const admin = await openPage(screens, /^Fournisseurs$/, /^Approbations/)
  const proposal = admin.app.getByRole('article').filter({ hasText: name })
  await expect(proposal).toContainText('FR14 2004 1010 0505 0001 3M02 606')
  await screens.expectSound(admin)
  await proposal.getByRole('button', { name: 'Approuver' }).click()
  await expect(proposal).toHaveCount(0)
  await admin.app.getByRole('button', { name: 'Décidées' }).click()
  await expect(admin.app.getByRole('article').filter({ hasText: name })).toContainText('Approuvée')
})

test('an administrator gives a right, looks through somebody’s eyes and comes back', async ({ screens }) => {
  await screens.viewAs({ userId: people.administrator, language: 'fr' })
  const page = await openPage(screens, /^Administration$/, /^Droits d’accès$/)
  const { app } = page
  await screens.expectSound(page)
  await app.getByRole('button', { name: 'Donner un droit' }).click()
  await app.getByLabel('À qui').selectOption({ label: 'Un chef de service' })
  await expect(app.getByText(/^Ce droit concerne \d+ fournisseurs et \d+ personnes\.$/)).toBeVisible()
  await screens.expectSound(page)
  await app.getByLabel('Note (facultatif)').fill('Remplacement d’été')
  await app.getByRole('button', { name: 'Donner ce droit' }).click()
  const row = app.getByRole('row').filter({ hasText: 'Remplacement d’été' })
  await expect(row).toContainText('Tous les chefs de service')
  await row.getByRole('button', { name: /^Retirer/ }).click()
  await expect(row).toHaveCount(0)

  const person = app.getByLabel('Personne')
  const seller = screens.portal.users.get(people.seller)!
  const label = (await person.locator('option').allTextContents()).map(text => text.trim()).find(text => text.startsWith(`${seller.name} ${seller.lastName}`))!
  await person.selectOption({ label })
  await app.getByRole('button', { name: 'Voir comme cette personne' }).click()
  await expect(app.getByText(`Vous voyez Comptoir comme ${seller.name} ${seller.lastName}.`, { exact: false })).toBeVisible()
  await expect(app.getByRole('navigation', { name: 'Pages de Comptoir' }).getByRole('link', { name: 'Administration' })).toHaveCount(0)
  await screens.expectSound(page)
  await app.getByRole('button', { name: 'Revenir à mon compte' }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Droits d’accès' })).toBeVisible()
})

import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { call } from '../demo/install.ts'
import { expect, people, plain, sessionOf, test, tile } from './stage.ts'

/** What a French amount of the screen says, in cents. */
const cents = (text: string): number => Math.round(Number(text.replace(/[^\d,-]/g, '').replace(',', '.')) * 100)

test('the tab of a supplier shows figures, a chart and its table that tell the same sum', async ({ screens }) => {
  const tab = await screens.openCompanyTab(screens.companyNamed('Fonderie Vasseur'))
  const { app } = tab
  await expect(app.getByRole('heading', { level: 1 })).toHaveText(/Fonderie Vasseur/)
  await screens.expectSound(tab)
  const figure = app.getByRole('figure', { name: 'Dépenses par mois' })
  await figure.getByRole('button', { name: 'Depuis le début' }).click()
  await expect(tile(app, 'Dépenses, depuis le début')).toBeVisible()
  const total = plain(await tile(app, 'Dépenses, depuis le début').locator('p').first().textContent())
  const said = plain(await figure.getByRole('img').getAttribute('aria-label'))
  expect(said).toMatch(/Total : \d/)
  await figure.getByRole('button', { name: 'Voir le tableau' }).click()
  const amounts = await figure.getByRole('cell').allTextContents()
  const sum = amounts.filter(text => /\d/.test(text)).reduce((all, text) => all + cents(text), 0)
  expect(sum).toBeGreaterThan(0)
  // The tile rounds to whole euros; the sentence that stands for the picture is exact.
  expect(cents(/Total : ([^€]*€)/.exec(said)![1]!)).toBe(sum)
  expect(Math.abs(cents(total) - sum)).toBeLessThan(100)

  await tile(app, 'Dépenses, depuis le début').getByRole('link').click()
  const purchases = app.getByRole('table', { name: 'Achats de la période' })
  await expect(purchases).toBeVisible()
  expect(plain(await purchases.textContent())).toContain(plain(/Total : ([^€]*€)/.exec(said)![1]!))
})

test('a wrong SIREN is explained while it is typed, a right one is saved and stands in the history', async ({ screens }) => {
  const tab = await screens.openCompanyTab(screens.companyNamed('Optima Maintenance'))
  const { app } = tab
  await app.getByRole('button', { name: 'Modifier', exact: true }).click()
  const siren = app.getByRole('textbox', { name: 'SIREN', exact: true })
  await siren.pressSequentially('732829321')
  await expect(app.getByText(/clé de contrôle ne correspond pas/)).toBeVisible()
  await siren.fill('732829320')
  await expect(app.getByText('✓ Valable').first()).toBeVisible()
  await app.getByRole('button', { name: 'Compléter le n° de TVA : FR44732829320' }).click()
  await screens.expectSound(tab)
  await siren.press('Control+Enter')
  await expect(app.getByText('732 829 320')).toBeVisible()
  await expect(app.getByText('FR 44 732 829 320').or(app.getByText('FR44732829320'))).toBeVisible()
  await app.getByRole('button', { name: 'Historique' }).click()
  const history = app.locator('section').filter({ has: app.getByRole('heading', { name: 'Historique des modifications' }) })
  await expect.poll(async () => plain(await history.textContent())).toMatch(/SIREN : 732 829 320.*Hélène Marchand/)
  await screens.expectSound(tab)
})

test('a company that is no vendor becomes one by a click', async ({ screens }) => {
  const companyId = 3
  const name = String(screens.portal.crm.items(4)!.value(companyId, 'title'))
  const tab = await screens.openCompanyTab(companyId)
  const { app } = tab
  await expect(app.getByText(`« ${name} » n’est pas encore un fournisseur`)).toBeVisible()
  await screens.expectSound(tab)
  await app.getByRole('button', { name: 'En faire un fournisseur' }).click()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(app.getByRole('button', { name: /Statut : Actif/ })).toBeVisible()
  const directory = await screens.openDirectory()
  await expect(directory.app.getByRole('button', { name, exact: true })).toBeVisible()
})

test('two people who edit the same vendor see each other’s change before anything is lost', async ({ screens, trouble, demo }) => {
  trouble.expect(/409/)
  const companyId = screens.companyNamed('Hexagone Télécom')
  const { app } = await screens.openCompanyTab(companyId)
  await app.getByRole('button', { name: 'Modifier', exact: true }).click()
  await app.getByRole('textbox', { name: 'Ville' }).fill('Paris')

  const buyer = await sessionOf(demo, people.administrator)
  const { vendor } = await call(demo.appUrl, buyer, 'GET', `/api/companies/${companyId}/vendor`) as { vendor: Vendor }
  await call(demo.appUrl, buyer, 'PATCH', `/api/vendors/${vendor.vendorId}`, { version: vendor.version, fields: { phone: '+33 1 40 00 00 00' } })

  await app.getByRole('button', { name: 'Enregistrer' }).click()
  const notice = app.getByRole('alert').filter({ hasText: 'a modifié cette fiche' })
  await expect(notice).toContainText('+33 1 40 00 00 00')
  await notice.getByRole('button', { name: 'Garder ma saisie et enregistrer' }).click()
  await expect(notice).toHaveCount(0)
  await expect(app.getByText('Fiche enregistrée').first()).toBeVisible()
  const saved = await call(demo.appUrl, buyer, 'GET', `/api/vendors/${vendor.vendorId}`) as { vendor: Vendor }
  expect(saved.vendor).toMatchObject({ city: 'Paris', phone: '+33 1 40 00 00 00' })
})

test('a status that asks for a reason keeps it in the history, and can be taken back', async ({ screens }) => {
  const tab = await screens.openCompanyTab(screens.companyNamed('Traiteur Maison Roux'))
  const { app } = tab
  await app.getByRole('button', { name: /Statut : Actif/ }).click()
  await app.getByRole('button', { name: 'Suspendu' }).or(app.getByRole('menuitem', { name: 'Suspendu' })).click()
  await app.getByRole('textbox', { name: /Motif/ }).fill('Deux livraisons manquées')
  await app.getByRole('button', { name: 'Passer à « Suspendu »' }).click()
  await expect(app.getByRole('button', { name: /Statut : Suspendu/ })).toBeVisible()
  // The notice stands where the hand was; the portal's own bar may lie over it until the page is scrolled.
  await screens.page.evaluate(() => window.scrollTo(0, 0))
  await app.getByRole('button', { name: 'Annuler', exact: true }).click()
  await expect(app.getByRole('button', { name: /Statut : Actif/ })).toBeVisible()
  await app.getByRole('button', { name: 'Historique' }).click()
  await expect(app.getByText('Motif : Deux livraisons manquées')).toBeVisible()
  await screens.expectSound(tab)
})

test('a company\'s card is filled from the vendors, by the portal\'s own search fields', async ({ demo, screens }) => {
  const admin = await sessionOf(demo, people.administrator)
  await call(demo.appUrl, admin, 'POST', '/api/vendors', { name: 'Quincaillerie Ferrand', status: 'active', siren: '732829320', vatNumber: 'FR44732829320' })
  await screens.visit('/crm/company/details/5/')
  const { page } = screens
  const search = page.getByRole('searchbox', { name: 'Détails' })
  await expect(search).toHaveAttribute('placeholder', 'Fournisseurs de Comptoir')
  await search.pressSequentially('ferrand')
  await page.getByRole('button', { name: 'Quincaillerie Ferrand' }).click()
  const details = page.locator('[data-reload=details]')
  await expect(details).toContainText('Quincaillerie Ferrand')
  await expect(details).toContainText('FR44732829320')
  await page.getByRole('searchbox', { name: 'Coordonnées bancaires' }).fill('vasseur')
  await page.getByRole('button', { name: /^Fonderie Vasseur · FR/ }).click()
  await expect(details).toContainText(/IBAN\s*FR\d{2}/)
})

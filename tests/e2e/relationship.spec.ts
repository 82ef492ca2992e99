import type { VendorCompliance } from '@comptoir/shared/relationship/compliance.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { call } from '../demo/install.ts'
import { expect, people, sessionOf, test } from './stage.ts'

test('a contract is entered with its notice day computed, signed, given notice for and taken back', async ({ screens }) => {
  const tab = await screens.openCompanyTab(screens.companyNamed('Bureautique Occitane'))
  const { app } = tab
  await app.getByRole('tab', { name: 'Contrats' }).click()
  await app.getByRole('button', { name: 'Nouveau contrat' }).click()
  await app.getByLabel('Objet').fill('Fourniture de pièces')
  await app.getByLabel('Début').fill('2026-01-01')
  await app.getByLabel('Fin de la première période').fill('2099-12-31')
  await expect(app.getByText(/Dernier jour pour dénoncer\s: 30 sept. 2099/)).toBeVisible()
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(app.getByRole('heading', { name: 'Fourniture de pièces' })).toBeVisible()
  await app.getByRole('button', { name: 'Marquer comme signé' }).click()
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(app.getByText('En cours', { exact: true })).toBeVisible()
  await app.getByRole('button', { name: 'Noter la dénonciation' }).click()
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(app.getByText(/prend fin le 31 déc. 2099/)).toBeVisible()
  await app.getByRole('button', { name: 'Annuler la dénonciation' }).click()
  await app.getByRole('button', { name: 'Historique' }).click()
  await expect(app.getByText(/Version 4/)).toBeVisible()
  await screens.expectSound(tab)
})

test('a document that ran out holds payments until one in its place has been checked', async ({ screens, demo }) => {
  const companyId = screens.companyNamed('Cartonnages de l’Ouest')
  const session = await sessionOf(demo, people.administrator)
  const { vendor } = await call(demo.appUrl, session, 'GET', `/api/companies/${companyId}/vendor`) as { vendor: Vendor }
  await call(demo.appUrl, session, 'PATCH', `/api/vendors/${vendor.vendorId}`, { version: vendor.version, fields: { country: 'France' } })
  const document = { kind: 'insurance', name: null, link: null, issuedOn: '2020-01-01', validFrom: null, validTo: null, verificationCode: null, note: null }
  const { holds } = await call(demo.appUrl, session, 'POST', `/api/vendors/${vendor.vendorId}/documents`, document) as VendorCompliance
  expect(holds).toHaveLength(1)

  const tab = await screens.openCompanyTab(companyId)
  const { app } = tab
  await app.getByRole('tab', { name: 'Documents' }).click()
  await expect(app.getByRole('heading', { name: 'Paiements suspendus' })).toBeVisible()
  await screens.expectSound(tab)
  await app.getByRole('button', { name: /Ajouter : Attestation d’assurance/ }).click()
  await app.getByLabel('Émis le').fill('2026-01-01')
  await app.getByLabel('Valable jusqu’au').fill('2099-01-01')
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  // Both documents stand there before one of them is chosen: the new one comes first.
  await expect(app.getByText(/janv\. 2099/)).toHaveCount(2)
  await app.getByRole('button', { name: 'Vérifier' }).first().click()
  await app.getByRole('textbox', { name: /Comment l’avez-vous vérifié/ }).fill('Original vu')
  await app.getByRole('button', { name: 'Marquer comme vérifié' }).click()
  await expect(app.getByRole('heading', { name: 'Paiements suspendus' })).toHaveCount(0)
})

test('deadlines stand in a list and in a calendar that the keyboard walks', async ({ screens }) => {
  const tab = await screens.openMainTab(/^Fournisseurs$/, /^Échéances$/)
  const { app } = tab
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Échéances')
  await app.getByRole('button', { name: 'Calendrier' }).click()
  const grid = app.getByRole('grid')
  await expect(grid).toBeVisible()
  const month = await grid.getAttribute('aria-label')
  await grid.locator('button[tabindex="0"]').press('PageDown')
  await expect(grid).not.toHaveAttribute('aria-label', month ?? '')
  await expect(grid.locator('button[tabindex="0"]')).toBeFocused()
  await screens.expectSound(tab)
})

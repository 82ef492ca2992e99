import { ciiInvoice } from '@comptoir/backend/features/purchasing/testing/e-invoice-files'
import { expect, plain, test } from './stage.ts'

/** A supplier without purchases of its own to be confused with. */
const supplier = 'Bureautique Occitane'

test('an order is promised, arrives in part, and its e-invoice is laid beside it line by line', async ({ screens }) => {
  const companies = screens.portal.crm.items(4)!
  const companyId = Array.from({ length: 500 }, (_, at) => at + 1).find(id => companies.value(id, 'title') === supplier)!
  const tab = await screens.openCompanyTab(companyId)
  const { app } = tab
  await app.getByRole('tab', { name: 'Achats' }).click()

  await app.getByRole('button', { name: 'Nouvelle commande' }).click()
  await app.getByLabel('Numéro de commande').fill('BC-0815')
  await app.getByLabel('Référence, ligne 1').fill('VIS-8')
  await app.getByLabel('Désignation, ligne 1').fill('Vis M8')
  await app.getByLabel('Quantité, ligne 1').fill('100')
  await app.getByLabel('Prix unitaire, ligne 1').fill('9,50')
  await app.getByLabel('Promis le, ligne 1').fill('2026-03-02')
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  const order = app.getByRole('row', { name: /^BC-0815 \d\d\// })
  await expect(order).toContainText(/jours de retard/)
  await order.click()
  await expect(app.getByRole('heading', { name: 'Commande BC-0815' })).toBeVisible()

  await app.getByRole('button', { name: 'Réceptionner' }).click()
  await app.getByLabel('Bon de livraison').fill('BL-0815')
  await app.getByLabel('Reçu, ligne 1').fill('60')
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(order).toContainText('Reçue en partie')

  await app.getByRole('button', { name: /^Factures/ }).click()
  await app.locator('input[type=file]').setInputFiles({ name: 'FA-0815.xml', mimeType: 'text/xml', buffer: Buffer.from(ciiInvoice({ number: 'FA-0815', orderNumber: 'BC-0815' })) })
  await expect(app.getByRole('heading', { name: 'Nouvelle facture' })).toBeVisible()
  await expect(app.getByText('Les totaux de la facture concordent.')).toBeVisible()
  await app.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await app.getByRole('row').filter({ hasText: 'FA-0815' }).click()

  await expect(app.getByRole('heading', { name: 'Facture FA-0815' })).toBeVisible()
  const line = app.getByRole('row').filter({ hasText: 'commande BC-0815' })
  await expect.poll(async () => plain(await line.textContent())).toMatch(/100 facturés, 60 reçus et acceptés : 400,00 € pour des biens non reçus/)
  expect(plain(await line.textContent())).toMatch(/Prix au-dessus de la commande : 10,00 au lieu de 9,50, soit 50,00 € de trop/)
  await expect(app.getByRole('button', { name: 'Télécharger FA-0815.xml' })).toBeVisible()
  await screens.expectSound(tab)
})

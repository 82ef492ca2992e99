import { expect, test, type AppPage } from './stage.ts'

async function takeOver(app: AppPage['app']): Promise<void> {
  await app.getByRole('button', { name: 'Reprendre 1 rubrique' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Reprendre 1 rubrique' }).press('Enter')
  await expect(dialog).toHaveCount(0)
}

test('an administrator compares the configuration with an older one, takes it over and comes back', async ({ screens }) => {
  const main = await screens.openMainTab(/^Administration$/, /^Configuration$/)
  const { app } = main
  await app.getByRole('button', { name: 'Comparer et rétablir la version 1', exact: true }).click()
  await expect(app.getByText('Charte fournisseurs signée')).toBeVisible()
  await screens.expectSound(main)
  await takeOver(app)
  await expect(app.getByText('Version 1 rétablie')).toBeVisible()
  await app.getByRole('button', { name: 'Comparer et rétablir la version 2', exact: true }).click()
  await takeOver(app)
  await expect(app.getByText('Version 2 rétablie')).toBeVisible()
})

test('an administrator finds what is stored about a person, hands it out, and is told what stays', async ({ screens, page }) => {
  const main = await screens.openMainTab(/^Administration$/, /^Données personnelles$/)
  const { app } = main
  await app.getByRole('textbox', { name: 'Personne recherchée' }).fill('kervella')
  await app.getByRole('button', { name: 'Chercher', exact: true }).click()
  await expect(app.getByText('commandes@transportskervella.example').first()).toBeVisible()
  await expect(app.getByText('la loi demande de le garder 10 ans', { exact: false }).first()).toBeVisible()
  await screens.expectSound(main)
  const saving = page.waitForEvent('download')
  await app.getByRole('button', { name: 'Exporter en XLSX' }).click()
  expect((await saving).suggestedFilename()).toMatch(/^donnees-personnelles-.*\.xlsx$/)
  await app.getByRole('button', { name: 'Choisir tout ce qui peut l’être' }).click()
  await app.getByRole('button', { name: /^Effacer \d+ données$/ }).click()
  await expect(app.getByRole('dialog')).toContainText('ne peut pas être annulé')
  await app.getByRole('dialog').getByRole('button', { name: 'Annuler' }).press('Enter')
  await expect(app.getByRole('dialog')).toHaveCount(0)
})

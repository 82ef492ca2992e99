import { expect, plain, test } from './stage.ts'

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const csv = ['Jour;Canal;Campagne;Impressions;Clics;Coût', `${dayAgo(20)};Radio locale;Matinale;;;1 250,50 €`, `${dayAgo(19)};Radio locale;Matinale;;;749,50 €`, 'Total;;;;;2 000,00 €'].join('\r\n')

test('a file of advertising costs is understood, tried, kept, taken away and brought back; the report has it beside the CRM', async ({ screens }) => {
  const page = await screens.openMainTab(/^Administration/, /^Sources externes/)
  const { app } = page
  await app.getByRole('button', { name: 'Ajouter une source' }).click()
  await app.getByRole('button', { name: /Fichier CSV ou Excel/ }).click()
  await app.locator('input[type=file]').setInputFiles({ name: 'radio.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(app.getByLabel('Coût', { exact: true })).toHaveValue('Coût')
  await screens.expectSound(page)
  await app.getByRole('button', { name: 'Tester' }).click()
  await expect(app.getByText(/2 lignes lues, soit 2 après regroupement/)).toContainText('000,00')
  await expect(app.getByText('1 ligne refusée : ligne de total.')).toBeVisible()
  await app.getByLabel('Nom de la source').fill('Radio')
  await app.getByRole('button', { name: 'Enregistrer la source' }).click()
  const row = app.getByRole('listitem').filter({ hasText: 'Radio' })
  await expect(row).toContainText('2 nouvelles, 1 refusée')

  await row.getByRole('button', { name: 'Supprimer' }).click()
  await expect(row).toHaveCount(0)
  await app.getByRole('button', { name: 'Rétablir' }).click()
  await expect(row).toContainText('2 lignes')

  const report = await screens.openMainTab(/^Analyses/, /^Marketing/)
  const table = report.app.getByRole('table', { name: 'Coût et chiffre d’affaires gagné, par canal' })
  const radio = table.getByRole('row').filter({ hasText: 'Radio locale' })
  await expect(radio).toContainText('—')
  expect(plain(await radio.textContent() ?? '')).toContain(plain('2 000,00 €'))
  await expect(table.getByRole('row').filter({ hasText: 'Google Ads' })).toContainText(/\d\s%/)
  await screens.expectSound(report)
})

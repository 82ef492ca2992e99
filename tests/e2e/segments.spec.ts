import { expect, plain, test } from './stage.ts'

test('a segment is built while it is counted, saved, used on the dashboard and compared with everything', async ({ screens }) => {
  const page = await screens.openMainTab(/^Analyses/, /^Segments/)
  const { app } = page
  await app.getByRole('button', { name: 'Nouveau segment' }).click()
  await app.getByLabel('Nom du segment').fill('Affaires gagnées importantes')
  await app.getByLabel('Valeur').fill('4000')
  await expect.poll(async () => plain(await app.getByRole('status').filter({ hasText: 'sur' }).textContent())).toMatch(/^\d[\d ]* affaires sur/)
  const before = plain(await app.getByRole('status').filter({ hasText: 'sur' }).textContent())
  await app.getByRole('button', { name: 'Ajouter une condition' }).click()
  await app.getByLabel('Donnée').last().selectOption({ label: 'Issue' })
  await app.getByRole('button', { name: /^Issue, Choisir/ }).click()
  await app.getByRole('checkbox', { name: 'Gagnée' }).check()
  await app.getByRole('checkbox', { name: 'Gagnée' }).press('Escape')
  await expect.poll(async () => plain(await app.getByRole('status').filter({ hasText: 'sur' }).textContent())).not.toBe(before)
  await screens.expectSound(page)
  await app.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(app.getByRole('heading', { name: 'Affaires gagnées importantes' })).toBeVisible()
  await expect(app.getByText(/Montant d’au moins 4.000.EUR et Issue parmi «.Gagnée.»/)).toBeVisible()

  await app.getByRole('link', { name: 'Voir le tableau de bord du segment « Affaires gagnées importantes »' }).click()
  await expect(app.getByLabel('Segment', { exact: true })).toHaveValue(/[\da-f-]{36}/)
  await expect.poll(async () => plain(await app.getByRole('article').filter({ has: app.getByRole('heading', { name: 'Taux de réussite', exact: true }) }).textContent())).toContain('100')

  await app.getByRole('navigation').getByRole('link', { name: 'Segments' }).click()
  await app.getByRole('link', { name: 'Comparer' }).click()
  await app.getByRole('button', { name: 'Deux segments' }).click()
  await app.getByLabel('Comparé à la référence').selectOption({ label: 'Affaires gagnées importantes' })
  await app.getByLabel('Période', { exact: true }).selectOption({ label: 'Depuis le début' })
  await expect(app.getByRole('table', { name: 'Ce qui explique l’écart' })).toContainText('Taux de réussite')
  await expect(app.getByText(/Facteur qui pèse le plus/)).toBeVisible()
  await screens.expectSound(page)
})

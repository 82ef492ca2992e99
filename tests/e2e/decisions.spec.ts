import { expect, plain, test } from './stage.ts'

test('a rule is tried before it is saved, and a proposal is decided with its figures in view', async ({ screens }) => {
  const main = await screens.openMainTab(/^Processus/, /^Décisions/)
  const { app } = main
  const done = app.getByRole('listitem').filter({ hasText: 'Achats importés à signaler' }).filter({ has: app.getByRole('button', { name: 'Chiffres' }) })
  await expect(done).toContainText('Exécutée')
  await done.getByRole('button', { name: 'Chiffres' }).click()
  await expect(done).toContainText('seuil atteint')
  await screens.expectSound(main)

  await app.getByRole('button', { name: 'Nouvelle règle' }).click()
  await app.getByLabel('Nom de la règle').fill('Fins de négociation')
  await app.getByLabel('Étape', { exact: true }).selectOption('EXECUTING')
  await app.getByLabel('Analyse').selectOption({ label: 'Toujours' })
  await expect(app.getByText(/^Aurait décidé|^N’aurait rien décidé/)).toBeVisible()
  await app.getByRole('button', { name: 'Enregistrer la règle' }).click()
  await expect(app.getByRole('button', { name: 'Modifier Fins de négociation' })).toBeVisible()

  const proposal = app.getByRole('listitem').filter({ hasText: 'Taux de réussite à revoir' }).filter({ has: app.getByLabel('Commentaire (facultatif)') })
  await proposal.getByLabel('Commentaire (facultatif)').fill('À voir lundi')
  await proposal.getByRole('button', { name: 'Approuver' }).click()
  await expect(app.getByText('La décision est approuvée.').first()).toBeVisible()
  expect(plain(await app.getByRole('heading', { level: 1 }).textContent() ?? '')).toBe('Décisions')
})

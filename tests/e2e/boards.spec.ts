import { readFileSync } from 'node:fs'
import { expect, plain, test } from './stage.ts'

test('a dashboard is made from a template by keyboard, a figure changed and saved as a file, and the board pinned to deals', async ({ screens, page }) => {
  const boards = await screens.openMainTab(/^Analyses/, /^Tableaux personnalisés/)
  const { app } = boards
  const template = app.getByRole('button', { name: /^Achats/ })
  await template.focus()
  await page.keyboard.press('Enter')
  await expect(app.getByRole('heading', { name: 'Achats', level: 1 })).toBeVisible()
  const pareto = app.getByRole('figure', { name: 'Dépenses par fournisseur' })
  await expect(pareto.getByRole('img', { name: /font 80 % de/ })).toBeVisible()
  await screens.expectSound(boards)

  await app.getByRole('button', { name: 'Modifier', exact: true }).press('Enter')
  await app.getByRole('button', { name: 'Modifier « Dépenses par fournisseur »' }).first().press('Enter')
  const editor = app.getByRole('form', { name: 'Modifier la tuile' })
  await expect(editor.getByRole('radio', { name: 'Pareto' })).toBeChecked()
  await expect(editor.getByText(/^Pourquoi \d+ autres présentations/)).toBeVisible()
  await editor.getByRole('radio', { name: 'Anneau' }).press('Space')
  await editor.getByRole('button', { name: 'Appliquer' }).press('Enter')
  await app.getByRole('toolbar').getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await expect(app.getByRole('button', { name: 'Modifier', exact: true })).toBeVisible()
  await expect(pareto.getByRole('img', { name: /au total/ })).toBeVisible()

  await pareto.getByRole('button', { name: 'Voir le tableau' }).press('Enter')
  const row = pareto.getByRole('row').nth(1).getByRole('button')
  await row.press('Enter')
  await expect(app.getByRole('heading', { name: /^Dépenses, / })).toBeFocused()
  await app.getByRole('link', { name: 'Fermer le détail' }).press('Enter')
  await expect(row).toBeFocused()

  await pareto.getByRole('button', { name: /^Télécharger « Dépenses par fournisseur »/ }).press('Enter')
  const download = page.waitForEvent('download')
  await app.getByRole('menuitem', { name: 'Données (CSV)' }).press('Enter')
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^depenses-par-fournisseur-.*\.csv$/)
  expect(readFileSync(await file.path(), 'utf8').split('\r\n')[0]).toBe('\uFEFFFournisseur;Dépenses (EUR)')

  await app.getByRole('button', { name: 'Épingler' }).press('Enter')
  await app.getByRole('checkbox', { name: 'Dans l’onglet des affaires' }).press('Space')
  await app.locator('form').getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await expect(app.getByText('Emplacements enregistrés.').first()).toBeVisible()

  const tab = await screens.openDealTab(100)
  await tab.app.getByRole('tab', { name: 'Tableau de bord' }).click()
  await expect(tab.app.getByText(/^Affaire\s?: /).first()).toBeVisible()
  await expect.poll(async () => plain(await tab.app.getByRole('heading', { name: 'Achats' }).textContent())).toBe('Achats')
  await expect(tab.app.getByRole('article').filter({ hasText: 'Dépenses' }).first()).toBeVisible()
  await screens.expectSound(tab)
})

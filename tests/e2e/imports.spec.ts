import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameLocator } from '@playwright/test'
import Papa from 'papaparse'
import { expect, plain, test, tile } from './stage.ts'
import type { PortalScreens, AppPage } from './portal-screens.ts'

const oxford = join(import.meta.dirname, '../../../shared/data/oxford')
const firstFile = join(oxford, 'expenditure-over-500-jan-mar-2014.csv')
const undatedFile = join(oxford, 'expenditure-over-500-apr-jun-2014.csv')

/** The sum of a file's amounts in pence, by nothing of ours but a parser of quotes. */
function sumOf(path: string, column: string): { rows: number, minor: number } {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(path, 'latin1').trim(), { header: true })
  return { rows: data.length, minor: data.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0) }
}

const amount = (minor: number, currency: string) => plain(new Intl.NumberFormat('fr-FR', { style: 'currency', currency, minimumFractionDigits: 2 }).format(minor / 100))

async function upload(screens: PortalScreens, file: string | { name: string, mimeType: string, buffer: Buffer }): Promise<AppPage> {
  const directory = await screens.openDirectory()
  await directory.app.getByRole('link', { name: 'Importer' }).or(directory.app.getByRole('button', { name: 'Importer' })).first().click()
  await expect(directory.app.getByRole('heading', { name: 'Déposez un fichier ici' }).or(directory.app.getByText('Déposez un fichier ici'))).toBeVisible()
  await directory.app.locator('input[type=file]').setInputFiles(file)
  await expect(directory.app.getByLabel('Encodage')).toBeVisible()
  return directory
}

const certainty = (app: FrameLocator, label: string) => app.locator('label').filter({ hasText: label })

async function simulate(app: FrameLocator): Promise<void> {
  await app.getByRole('button', { name: 'Vérifier les colonnes' }).click()
  await app.getByRole('button', { name: 'Simuler l’import' }).click()
  await expect(app.getByText('Rien n’a encore été écrit. Voici ce que l’import ferait.')).toBeVisible({ timeout: 20_000 })
}

test('a French accounting file is understood without a word, tried, corrected, imported and taken back', async ({ screens }) => {
  const text = [
    'Société Exemple – Grand livre fournisseurs',
    'Exercice 2026',
    '',
    'Date facture;Fournisseur;N° facture;Libellé;Montant TTC',
    '03/02/2026;Épicerie de l’Étoile;E-1;Café;1\u00A0234,56',
    '17/02/2026;Épicerie de l’Étoile;E-2;Thé;99,90',
    '31/03/2026;Forge Léonard;L-7;Grilles;2\u00A0500,00',
    '31/02/2026;Forge Léonard;L-8;Portail;1\u00A0000,00',
    '02/04/2026;Forge Léonard;L-9;Avoir;-150,00',
  ].join('\r\n')
  const windows1252 = Buffer.from(text.replaceAll('’', '\u0092').replaceAll('–', '\u0096'), 'latin1')
  const page = await upload(screens, { name: 'grand-livre.csv', mimeType: 'text/csv', buffer: windows1252 })
  const { app } = page
  await expect(app.getByLabel('Encodage')).toHaveValue('windows-1252')
  await expect(app.getByLabel('Séparateur')).toHaveValue(';')
  await expect(app.getByLabel('Décimales')).toHaveValue(',')
  await expect(app.getByLabel('Ligne des titres')).toHaveValue('4')
  await expect(app.getByLabel('Ordre des dates')).toHaveValue('dmy')
  await expect(certainty(app, 'Ordre des dates')).toContainText('détecté')
  await expect(app.getByRole('region', { name: 'Premières lignes telles qu’elles seront lues' })).toContainText('Épicerie de l’Étoile')
  await screens.expectSound(page)

  await app.getByRole('button', { name: 'Vérifier les colonnes' }).click()
  await expect(app.getByLabel('Contenu de la colonne « Montant TTC »')).toHaveValue('amount')
  await expect(app.getByLabel('Contenu de la colonne « Fournisseur »')).toHaveValue('vendorName')
  await screens.expectSound(page)
  await app.getByRole('button', { name: 'Simuler l’import' }).click()
  await expect(tile(app, 'Lignes en erreur').locator('p').first()).toHaveText('1')
  await expect(tile(app, 'Nouveaux fournisseurs').locator('p').first()).toHaveText('2')
  await expect(tile(app, 'Dépenses nouvelles').locator('p').first()).toHaveText('4')
  await expect(app.getByRole('grid', { name: 'Lignes signalées' })).toContainText('Cette date n’existe pas')
  await screens.expectSound(page)

  const cell = app.getByRole('grid', { name: 'Lignes signalées' }).getByRole('button', { name: /31\/02\/2026/ })
  await cell.focus()
  await cell.press('Enter')
  const field = app.getByRole('grid', { name: 'Lignes signalées' }).getByRole('textbox')
  await field.fill('28/02/2026')
  await field.press('Enter')
  await expect(app.getByText(/Vous avez fait des corrections depuis cette simulation/)).toBeVisible()
  await app.getByRole('button', { name: 'Simuler de nouveau' }).click()
  await expect(tile(app, 'Lignes en erreur').locator('p').first()).toHaveText('0')
  await app.getByRole('button', { name: 'Importer', exact: true }).click()
  await expect(app.getByRole('heading', { name: 'Import terminé' })).toBeVisible({ timeout: 20_000 })
  expect(plain(await tile(app, 'Somme des lignes utilisables (EUR)').textContent())).toContain(amount(123_456 + 9_990 + 250_000 + 100_000 - 15_000, 'EUR'))
  await screens.expectSound(page)

  await app.getByRole('button', { name: 'Défaire cet import' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Défaire cet import' }).click()
  await expect(app.getByText(/Dépenses retirées\s: 5\. Fournisseurs retirés\s: 2/)).toBeVisible({ timeout: 20_000 })
  const directory = await screens.openDirectory()
  await directory.app.getByRole('searchbox', { name: 'Rechercher un fournisseur' }).fill('Forge Léonard')
  await expect(directory.app.locator('[data-row-open]').filter({ hasText: 'Forge Léonard' })).toHaveCount(0)
})

test('a council’s payments are imported to the penny', async ({ screens }) => {
  test.skip(!existsSync(firstFile), 'The payments of Oxford are not on this machine.')
  test.slow()
  const known = sumOf(firstFile, 'amount')
  const page = await upload(screens, firstFile)
  const { app } = page
  await expect(app.getByLabel('Séparateur')).toHaveValue(',')
  await expect(app.getByLabel('Ordre des dates')).toHaveValue('dmy')
  await app.getByLabel('Devise').selectOption('GBP')
  await expect(certainty(app, 'Devise')).toContainText('choisi')
  await simulate(app)
  await expect.poll(async () => plain(await tile(app, 'Lignes utilisables').textContent())).toContain(`sur ${plain(new Intl.NumberFormat('fr-FR').format(known.rows))}`)
  expect(plain(await tile(app, 'Somme des lignes utilisables (GBP)').textContent())).toContain(amount(known.minor, 'GBP').replace('£GB', '').trim())
  await screens.expectNoScrollBars(page)
  await app.getByRole('button', { name: 'Importer', exact: true }).click()
  await expect(app.getByRole('heading', { name: 'Import terminé' })).toBeVisible({ timeout: 40_000 })
  expect(plain(await tile(app, 'Somme des lignes utilisables (GBP)').textContent())).toContain(amount(known.minor, 'GBP').replace('£GB', '').trim())
  await screens.expectSound(page)

  await app.getByRole('button', { name: 'Défaire cet import' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Défaire cet import' }).click()
  await expect(app.getByRole('heading', { name: 'Import défait' })).toBeVisible({ timeout: 40_000 })
})

test('a file without any date has the quarter of its name proposed, and waits for a yes', async ({ screens }) => {
  test.skip(!existsSync(undatedFile), 'The payments of Oxford are not on this machine.')
  const page = await upload(screens, undatedFile)
  const { app } = page
  await expect(app.getByText(/Le nom du fichier indique la période du 1er avr\. 2014 au 30 juin 2014/)).toBeVisible()
  await screens.expectSound(page)
  await simulate(app)
  await expect(app.getByRole('button', { name: 'Importer', exact: true })).toBeDisabled()
  await app.getByRole('button', { name: 'Utiliser cette période' }).click()
  await expect(app.getByText(/Période acceptée\s: chaque ligne est datée du 30 juin 2014/)).toBeVisible()
  await expect(app.getByRole('button', { name: 'Importer', exact: true })).toBeEnabled()
  await app.getByRole('button', { name: 'Abandonner ce fichier' }).click()
  await app.getByRole('dialog').getByRole('button', { name: /Confirmer|Abandonner/ }).click()
  await expect(app.getByText('Déposez un fichier ici')).toBeVisible()
})

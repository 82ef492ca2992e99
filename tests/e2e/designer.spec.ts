import type { Page } from '@playwright/test'
import type { PortalScreens } from './portal-screens.ts'
import { expect, plain, test } from './stage.ts'

async function newProcess({ page, screens }: { page: Page, screens: PortalScreens }, name: string): Promise<void> {
  await screens.visit('/bizproc/')
  await page.getByLabel('Nom du modèle').fill(name)
  await page.getByRole('button', { name: 'Créer un modèle' }).click()
  await page.waitForURL(/\/bizproc\/templates\/\d+/)
  await page.locator('html[data-ready=yes]').waitFor()
}

/** Places an action of the palette; its settings open at once. */
async function place(page: Page, action: string, where: { side?: 'Oui' | 'Non', last?: boolean } = {}): Promise<void> {
  await page.getByLabel('Actions', { exact: true }).getByRole('button', { name: action, exact: true }).first().click()
  const branch = where.side ? page.locator('.branch').filter({ has: page.getByRole('heading', { name: where.side, exact: true }) }) : page.locator('.flow')
  const slots = branch.getByRole('button', { name: 'Ajouter une étape ici' })
  await (where.last ? slots.last() : slots.first()).click()
}

test('both actions are placed, set up with a live preview, kept, branched on, run and looked up afterwards', async ({ screens, page }) => {
  test.slow()
  await newProcess({ page, screens }, 'Contrôle des dépenses')
  const dialog = page.getByRole('dialog')
  const save = dialog.getByRole('button', { name: 'Enregistrer', exact: true })

  // The first action: what is spent with a vendor that is always the same.
  await place(page, 'Gestion des fournisseurs')
  const first = await screens.settings()
  await expect(first.app.getByRole('heading', { level: 1 })).toHaveText('Gestion des fournisseurs')
  await first.app.getByLabel('Opération', { exact: true }).selectOption({ label: 'Total des dépenses' })
  await first.app.getByLabel('Fournisseur', { exact: true }).selectOption({ label: 'Toujours le même fournisseur' })
  await first.app.getByRole('combobox', { name: 'Fournisseur choisi' }).fill('vasseur')
  await first.app.getByRole('option', { name: /Fonderie Vasseur/ }).click()
  const preview = first.app.getByRole('region', { name: 'Aperçu en direct' })
  const returned = preview.getByRole('table', { name: 'Valeurs rendues au processus' })
  const shown = async () => plain(await returned.getByRole('row', { name: /Dépenses totales/ }).getByRole('cell').first().textContent())
  await expect(returned.getByRole('row', { name: /Nom du fournisseur/ })).toContainText('Fonderie Vasseur')
  const ofAYear = await shown()
  await first.app.getByLabel('Période', { exact: true }).selectOption({ label: 'Depuis le début' })
  await expect.poll(shown).not.toBe(ofAYear)
  const spent = await shown()
  expect(spent).toMatch(/[1-9]/)
  await screens.expectNoScrollBars(first, ['wide'])
  await screens.expectAccessible(first)
  await save.click()
  await expect(dialog).toHaveCount(0)

  // The second one: a threshold that a field of the deal gives.
  await place(page, 'Analyse commerciale', { last: true })
  const second = await screens.settings()
  await second.app.getByLabel('Indicateur', { exact: true }).selectOption({ label: 'Chiffre d’affaires gagné' })
  await second.app.getByLabel('Période', { exact: true }).selectOption({ label: 'Depuis le début' })
  await second.app.getByLabel('Sens du seuil', { exact: true }).selectOption({ label: 'Au moins (≥)' })
  await second.app.getByRole('button', { name: /Expression : Seuil/ }).click()
  await second.app.getByRole('combobox', { name: /^Insérer une valeur dans « Seuil/ }).fill('montant')
  await second.app.getByRole('option', { name: 'Montant Enregistrement' }).click()
  await expect(second.app.getByRole('textbox', { name: /^Seuil/ })).toHaveValue('{=Document:OPPORTUNITY}')
  const live = second.app.getByRole('region', { name: 'Aperçu en direct' })
  await expect(live.getByRole('list', { name: 'Expressions et leur valeur' })).toContainText('{=Document:OPPORTUNITY} =')
  await expect(live.getByRole('row', { name: /Seuil atteint/ })).toContainText('Oui (Y)')
  await live.getByRole('button', { name: 'Tester (sans rien modifier)' }).click()
  await expect(live.getByRole('region', { name: 'Résultat de l’essai' })).toContainText('rien n’a été modifié')
  await screens.expectAccessible(second)
  await save.click()
  await expect(dialog).toHaveCount(0)

  // Opened again, the settings are those that were saved.
  const steps = page.locator('.flow [data-step]')
  const [one, two] = await steps.evaluateAll(found => found.map(step => (step as HTMLElement).dataset.step))
  await page.locator(`[data-edit-step="${two}"]`).click()
  const reopened = await screens.settings()
  await expect(reopened.app.getByLabel('Indicateur', { exact: true })).toHaveValue('revenue_won')
  await expect(reopened.app.getByRole('textbox', { name: /^Seuil/ })).toHaveValue('{=Document:OPPORTUNITY}')
  await dialog.getByRole('button', { name: 'Annuler' }).click()
  await page.locator(`[data-edit-step="${one}"]`).click()
  const vendor = await screens.settings()
  await expect(vendor.app.getByRole('combobox', { name: 'Fournisseur choisi' })).toHaveValue('Fonderie Vasseur')
  await dialog.getByRole('button', { name: 'Annuler' }).click()

  // What the second action returned decides the way.
  await place(page, 'Condition', { last: true })
  await dialog.getByLabel('Valeur', { exact: true }).fill(`{=${two}:reached}`)
  await dialog.getByLabel('Comparer à').fill('Y')
  await save.click()
  await expect(dialog).toHaveCount(0)
  for (const [side, text] of [['Oui', `Dépensé : {=${one}:total}`], ['Non', 'Seuil manqué']] as const) {
    await place(page, 'Notification', { side })
    await dialog.getByRole('textbox', { name: 'Destinataire' }).fill('user_1')
    await dialog.getByRole('textbox', { name: 'Texte' }).fill(text)
    await save.click()
    await expect(dialog).toHaveCount(0)
  }

  await page.getByRole('button', { name: 'Lancer', exact: true }).click()
  await dialog.getByRole('radio').first().check()
  await dialog.getByRole('button', { name: 'Sélectionner' }).click()
  const run = page.frameLocator('.slider-page iframe')
  await expect(run.getByText('terminée', { exact: true })).toBeVisible({ timeout: 20_000 })
  const told = screens.portal.notifications.filter(({ userId }) => userId === 1).map(({ message }) => message).join('\n')
  expect(plain(told)).toContain('Dépensé : ')
  expect(told).not.toContain('Seuil manqué')
  await page.keyboard.press('Escape')

  // Comptoir keeps what it was asked and what it answered.
  const runs = await screens.openMainTab(/^Processus/, /^Exécutions/)
  const row = runs.app.getByRole('button', { name: 'Gestion des fournisseurs · Total des dépenses' }).first()
  await row.click()
  await expect(runs.app.getByRole('heading', { name: 'Valeurs reçues' })).toBeVisible()
  await expect(runs.app.getByRole('row', { name: /Dépenses totales/ })).toContainText(spent)
  await expect(runs.app.getByRole('term').filter({ hasText: 'Durée' })).toBeVisible()
  await screens.expectSound(runs)
  await runs.app.getByRole('button', { name: 'Relancer…' }).click()
  await runs.app.getByRole('button', { name: 'Relancer', exact: true }).click()
  await expect(runs.app.getByRole('button', { name: 'Gestion des fournisseurs · Total des dépenses' })).toHaveCount(2)
})

test('a setting that is missing is named instead of a preview, and a process value that nobody knows asks for an example', async ({ screens, page }) => {
  await newProcess({ page, screens }, 'Réglages incomplets')
  await place(page, 'Analyse commerciale')
  const { app } = await screens.settings()
  const preview = app.getByRole('region', { name: 'Aperçu en direct' })
  await app.getByLabel('Indicateur', { exact: true }).selectOption({ label: 'Taux de réussite' })
  await app.getByRole('textbox', { name: /^Seuil/ }).fill('')
  await expect(preview).toContainText(/À compléter pour voir le résultat.*Seuil/)
  await expect(preview.getByRole('button', { name: 'Tester (sans rien modifier)' })).toBeDisabled()
  await app.getByRole('button', { name: /Expression : Seuil/ }).click()
  await app.getByRole('textbox', { name: /^Seuil/ }).fill('{=Variable:Objectif}')
  await expect(preview).toContainText('Seul un processus en cours connaît ces valeurs.')
  await preview.getByRole('textbox').last().fill('50')
  await expect(preview.getByRole('row', { name: /Seuil atteint/ })).toContainText('Oui (Y)')
})

test('the settings of an action fit a phone', async ({ screens, page }) => {
  await page.setViewportSize({ width: 400, height: 800 })
  await screens.visit('/bizproc/')
  await page.getByRole('link', { name: 'Contrôle des dépenses fournisseur' }).click()
  await page.waitForURL(/\/bizproc\/templates\/\d+/)
  await page.locator('html[data-ready=yes]').waitFor()
  await page.getByRole('button', { name: /^Paramètres de « Dépenses chez ce fournisseur/ }).click()
  const settings = await screens.settings()
  await expect(settings.app.getByRole('table', { name: 'Valeurs rendues au processus' })).toContainText('Dépenses totales')
  await screens.expectNoScrollBars(settings, ['wide'])
  await screens.expectAccessible(settings)
})

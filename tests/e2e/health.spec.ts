import { expect, people, test } from './stage.ts'

test('an administrator reads what works and opens a request', async ({ screens }) => {
  const main = await screens.openMainTab(/^Administration/, /^Diagnostic/)
  const { app } = main
  await expect(app.getByRole('heading', { level: 1, name: 'Diagnostic' })).toBeFocused()
  await expect(app.getByText('L’accès se renouvelle de lui-même', { exact: false })).toBeVisible()
  await app.getByRole('searchbox', { name: 'Méthode REST' }).fill('batch')
  await app.getByRole('button', { name: 'batch', exact: true }).first().click()
  await expect(app.getByRole('region', { name: 'Requête' })).toContainText('cmd')
  await screens.expectSound(main)
})

test('the appearance that a person chooses stays, for them alone', async ({ screens }) => {
  const isDark = /(^|\s)dark(\s|$)/
  const { app } = await screens.openMain()
  await app.getByRole('combobox', { name: 'Apparence' }).selectOption('Thème sombre')
  await expect(app.locator('html')).toHaveClass(isDark)
  const again = await screens.openDirectory()
  await expect(again.app.locator('html')).toHaveClass(isDark)
  await screens.viewAs({ userId: people.seller })
  const other = await screens.openDirectory()
  await expect(other.app.locator('html')).not.toHaveClass(isDark)
  await expect(other.app.getByRole('link', { name: 'Diagnostic' })).toHaveCount(0)
  await screens.viewAs({ userId: people.administrator })
  const back = await screens.openMain()
  await back.app.getByRole('combobox', { name: 'Apparence' }).selectOption('Thème automatique')
  await expect(back.app.locator('html')).not.toHaveClass(isDark)
})

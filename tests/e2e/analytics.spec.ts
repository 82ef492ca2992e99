import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameLocator } from '@playwright/test'
import { expect, people, plain, test } from './stage.ts'

const pipelineFile = join(import.meta.dirname, '../../../shared/data/crm/sales_pipeline.csv')

const metric = (app: FrameLocator, name: string) => app.getByRole('article').filter({ has: app.getByRole('heading', { name, exact: true }) })

test('the dashboard shows the totals that the sales file is known to hold', async ({ screens }) => {
  test.skip(!existsSync(pipelineFile), 'The sales pipeline file is not on this machine.')
  const analytics = await screens.openAnalytics()
  const { app } = analytics
  // Counted from the file itself, without anything of ours.
  const rows = readFileSync(pipelineFile, 'utf8').trim().split(/\r?\n/).slice(1).map(line => line.split(','))
  const won = rows.filter(row => row[4] === 'Won')
  const revenue = won.reduce((sum, row) => sum + Number(row[7]), 0)
  const lost = rows.filter(row => row[4] === 'Lost').length
  const open = rows.length - won.length - lost
  expect([revenue, won.length, open]).toEqual([10_005_534, 4_238, 2_089])

  const number = (value: number) => plain(new Intl.NumberFormat('fr-FR').format(value))
  await expect.poll(async () => plain(await metric(app, 'Chiffre d’affaires gagné').textContent())).toContain(`${number(revenue)} €`)
  expect(plain(await metric(app, 'Chiffre d’affaires gagné').textContent())).toContain(`${number(won.length)} affaires gagnées`)
  expect(plain(await metric(app, 'Taux de réussite').textContent())).toContain('63,15 %')
  expect(plain(await metric(app, 'Pipeline ouvert').textContent())).toContain(`${number(open)} affaires ouvertes`)
  await screens.expectSound(analytics)
})

test('a click on a number lists the records whose sum it is, and a record opens in the portal', async ({ screens, page }) => {
  const analytics = await screens.openAnalytics()
  const { app } = analytics
  const link = metric(app, 'Chiffre d’affaires gagné').getByRole('link', { name: /^Voir le détail/ })
  const shown = plain(await link.textContent())
  await link.click()
  const panel = app.locator('section').filter({ has: app.getByRole('table', { name: 'Chiffre d’affaires gagné' }) })
  await expect(panel.getByRole('heading', { name: 'Chiffre d’affaires gagné' })).toBeFocused()
  await expect.poll(async () => plain(await panel.getByText('Résultat sur ces lignes').textContent())).toContain(shown.replace(' €', ''))
  const rows = panel.getByRole('row').filter({ has: app.getByRole('cell') })
  const before = await rows.count()
  await panel.getByRole('button', { name: 'Afficher la suite' }).click()
  await expect.poll(() => rows.count()).toBeGreaterThan(before)
  await screens.expectSound(analytics)

  const first = rows.first().getByRole('link').first()
  const title = plain(await first.textContent())
  await first.click()
  await expect(page.frameLocator('.slider-page iframe').getByRole('heading', { level: 1 })).toHaveText(title)
  await page.locator('.slider-close').click()
  await panel.getByRole('link', { name: 'Fermer le détail' }).or(panel.getByRole('button', { name: 'Fermer le détail' })).click()
  await expect(panel).toHaveCount(0)
})

test('period and responsible stand in the address, survive a reload and change the numbers', async ({ screens, page }) => {
  const analytics = await screens.openAnalytics()
  const { app, frame } = analytics
  const revenue = metric(app, 'Chiffre d’affaires gagné').getByRole('link', { name: /^Voir le détail/ })
  const whole = plain(await revenue.textContent())

  await app.getByRole('button', { name: /^Responsables/ }).click()
  const choice = app.getByRole('group', { name: 'Responsables' })
  await choice.getByRole('searchbox').fill('snelling')
  await choice.getByRole('checkbox', { name: 'Anna Snelling' }).check()
  await expect(app.getByRole('button', { name: /^Responsables, Anna Snelling/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect.poll(async () => plain(await revenue.textContent())).not.toBe(whole)
  const own = plain(await revenue.textContent())

  await app.getByRole('combobox', { name: 'Période' }).click()
  await app.getByRole('option', { name: 'Trimestre dernier' }).click()
  await expect.poll(async () => plain(await revenue.textContent())).not.toBe(own)
  const quarter = plain(await revenue.textContent())
  expect(frame.url()).toMatch(/users=\d+/)
  expect(frame.url()).toMatch(/last_quarter/)

  await frame.evaluate(() => location.reload())
  await expect.poll(async () => plain(await revenue.textContent())).toBe(quarter)
  await expect(app.getByRole('button', { name: /^Responsables, Anna Snelling/ })).toBeVisible()
  await app.getByRole('button', { name: 'Réinitialiser les filtres' }).click()
  await expect.poll(async () => plain(await revenue.textContent())).toBe(whole)
  await screens.expectSound(analytics)
})

test('every number says how it is worked out and what it leaves out', async ({ screens }) => {
  const analytics = await screens.openAnalytics()
  const { app } = analytics
  await metric(app, 'Taux de réussite').getByRole('button', { name: 'Comment ce chiffre est calculé : Taux de réussite' }).click()
  const definition = app.getByRole('dialog')
  await expect(definition).toContainText('Affaires gagnées ÷ (affaires gagnées + affaires perdues).')
  await expect(definition).toContainText('Sont écartés')
  await screens.expectAccessible(analytics)
})

test('a chart is walked by arrow keys and has a table that tells the same', async ({ screens, page }) => {
  const { app } = await screens.openAnalytics()
  const figure = app.getByRole('figure', { name: /^Chiffre d’affaires gagné par/ })
  const picture = figure.getByRole('img')
  const total = /: ([\d\s\u202F\u00A0]+)/.exec(await picture.getAttribute('aria-label') ?? '')![1]!.replace(/\D/g, '')
  await picture.focus()
  // The picture is drawn a moment after the numbers around it.
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(app.getByRole('status').filter({ hasText: /Chiffre d’affaires gagné\s:/ }).first()).toBeAttached({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('t')
  const amounts = await figure.getByRole('cell').allTextContents()
  expect(amounts.length).toBeGreaterThan(3)
  expect(amounts.reduce((sum, text) => sum + Number(plain(text).replace(/,00 €$/, '').replace(/\D/g, '')), 0)).toBe(Number(total))
})

test('what sellers see of the numbers is set by the administrator', async ({ screens }) => {
  const whole = await screens.openAnalytics()
  const revenueOf = async (app: FrameLocator) => plain(await metric(app, 'Chiffre d’affaires gagné').locator('p').first().textContent())
  const all = await revenueOf(whole.app)
  const choice = whole.app.getByRole('combobox', { name: 'Ce que voient les collaborateurs' })
  await choice.click()
  await whole.app.getByRole('option', { name: 'Leurs propres affaires' }).click()
  await expect(whole.app.getByText('Réglage enregistré').first()).toBeAttached()

  const seller = [...screens.portal.users.values()].find(({ lastName }) => lastName === 'Snelling') ?? screens.portal.users.get(people.seller)!
  await screens.viewAs({ userId: seller.id, language: 'fr' })
  const own = await screens.openAnalytics()
  await expect(own.app.getByText('Vous voyez vos propres affaires.')).toBeVisible()
  const mine = await revenueOf(own.app)
  expect(mine).not.toBe(all)
  if (existsSync(pipelineFile)) {
    const rows = readFileSync(pipelineFile, 'utf8').trim().split(/\r?\n/).map(line => line.split(','))
    const sum = rows.filter(row => row[1] === 'Anna Snelling' && row[4] === 'Won').reduce((total, row) => total + Number(row[7]), 0)
    expect(mine).toBe(`${plain(new Intl.NumberFormat('fr-FR').format(sum))} €`)
  }
  await expect(own.app.getByText('Ce que voient les collaborateurs')).toHaveCount(0)
  await screens.expectSound(own)

  await screens.viewAs({ userId: people.administrator, language: 'fr' })
  const back = await screens.openAnalytics()
  await back.app.getByRole('combobox', { name: 'Ce que voient les collaborateurs' }).click()
  await back.app.getByRole('option', { name: 'Toutes les affaires' }).click()
  await expect(back.app.getByText('Réglage enregistré').first()).toBeAttached()
})

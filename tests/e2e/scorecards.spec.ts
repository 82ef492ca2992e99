import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { ScorecardOutput } from '@comptoir/shared/scorecards/document-output'
import type { Ranking } from '@comptoir/shared/scorecards/scorecard.contract'
import { call } from '../demo/install.ts'
import { expect, people, plain, sessionOf, test } from './stage.ts'

const command = join(import.meta.dirname, '../../backend/src/scorecard-cli.ts')
const written = (score: number): string => new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(score)

test('vendors are ranked, weighed anew at once, and a score leads to the documents behind it', async ({ screens }) => {
  const directory = await screens.openDirectory()
  const { app, frame } = directory
  await app.getByRole('navigation').getByRole('link', { name: 'Évaluations' }).click()
  const table = app.getByRole('table', { name: 'Classement des fournisseurs' })
  // Other journeys may have added a vendor to the twelve.
  await expect.poll(() => table.getByRole('row').count()).toBeGreaterThanOrEqual(13)
  await expect(app.getByText(/est premier dans [\d,]+\s% des pondérations/)).toBeVisible()
  await screens.expectSound(directory)

  const names = () => table.getByRole('link').allTextContents()
  const before = await names()
  await app.getByLabel('Livraison').fill('0')
  await app.getByLabel('Prix').fill('100')
  await expect.poll(() => frame.url()).toContain('weights=0-25-100-10-15')
  await expect.poll(names).not.toEqual(before)
  await app.getByRole('button', { name: 'Poids des règles' }).click()
  await expect.poll(names).toEqual(before)

  const first = plain(before[0] ?? '')
  await table.getByRole('link', { name: first }).click()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText(first)
  await expect(app.getByRole('heading', { name: 'Pourquoi cette note' })).toBeVisible()
  await app.getByRole('button', { name: /^Détail.*Lignes complètes à temps/ }).click()
  await expect(app.getByRole('table', { name: /Documents derrière/ }).getByRole('row').nth(1)).toBeVisible()
  await screens.expectSound(directory)
})

test('a score on the page is the one that the command line computes from the exported documents', async ({ screens, demo }) => {
  const session = await sessionOf(demo, people.administrator)
  const document = await call(demo.appUrl, session, 'GET', '/api/scorecards/document')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, '-'], { input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect([status, stderr]).toEqual([0, ''])
  const { suppliers } = JSON.parse(stdout) as ScorecardOutput
  const { vendors } = await call(demo.appUrl, session, 'GET', '/api/scorecards') as Ranking
  expect(vendors.length).toBeGreaterThan(10)
  for (const { vendorId, score, standing } of vendors)
    expect(suppliers.find(({ supplier }) => supplier === vendorId)).toMatchObject({ score, standing })

  const { app } = await screens.openDirectory()
  await app.getByRole('navigation').getByRole('link', { name: 'Évaluations' }).click()
  const { name, score } = vendors[0]!
  const row = app.getByRole('table', { name: 'Classement des fournisseurs' }).getByRole('row').filter({ hasText: name })
  await expect(row).toContainText(written(score ?? 0))
})

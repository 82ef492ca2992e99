import { dataQualityApi, type QualityReport } from '@comptoir/shared/data-quality/data-quality.contract'
import { call } from '../demo/install.ts'
import { expect, people, sessionOf, test } from './stage.ts'

test('each source has its score, and a check leads to the cards in which it is mended', async ({ screens, demo }) => {
  const { sources } = await call(demo.appUrl, await sessionOf(demo, people.administrator), 'GET', dataQualityApi.report.path) as QualityReport
  const deals = sources.find(({ sourceId }) => sourceId === 'deals')!
  const stale = deals.checks.find(({ checkId }) => checkId === 'deals_stale')!
  expect(stale.count).toBeGreaterThan(0)

  const page = await screens.openMainTab(/^Analyses/, /^Qualité des données/)
  const { app } = page
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Qualité des données')
  await expect(app.getByText(`${deals.score} sur 100`).first()).toBeVisible()
  await app.getByRole('button', { name: /Voir la liste – Étape immobile/ }).click()
  const table = app.getByRole('table', { name: /Étape immobile/ })
  await expect(table.getByRole('row')).toHaveCount(Math.min(50, stale.count) + 1)
  await expect(table.getByRole('link').first()).toHaveAttribute('href', /\/crm\/deal\/details\/\d+\/$/)
  await screens.expectSound(page)
})

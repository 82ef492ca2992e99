import { expect, people, test } from './stage.ts'

test('Comptoir opens with what waits for the person, each line the way to where it is settled', async ({ screens }) => {
  const main = await screens.openMain()
  const { app } = main
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Aujourd’hui')
  await expect(app.getByRole('link', { name: /à approuver/ }).first()).toBeVisible()
  await screens.expectSound(main)
  await app.getByRole('link', { name: /règlements? à approuver/ }).click()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Paiements')
})

test('the first steps are the administrators\', until they put them away', async ({ screens }) => {
  await screens.viewAs({ userId: people.seller })
  const other = await screens.openMain()
  await expect(other.app.getByRole('heading', { level: 2, name: 'À traiter' })).toBeVisible()
  await expect(other.app.getByText('Pour bien commencer')).toHaveCount(0)
  await screens.viewAs({ userId: people.administrator })
  // Whatever else was done in this portal: without a scheduled report there is a step to take.
  const reports = await screens.openMainTab(/^Analyses/, /^Rapports planifiés/)
  const removal = reports.app.getByRole('button', { name: /^Supprimer «\sRevue du lundi/ })
  await removal.click()
  await reports.app.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click()
  await expect(removal).toHaveCount(0)
  const { app } = await screens.openMain()
  await app.getByRole('button', { name: 'Masquer' }).click()
  await expect(app.getByText('Pour bien commencer')).toHaveCount(0)
  await expect((await screens.openMain()).app.getByText('Pour bien commencer')).toHaveCount(0)
})

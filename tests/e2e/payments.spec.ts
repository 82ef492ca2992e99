import { readFile } from 'node:fs/promises'
import { aStatementFile } from '@comptoir/backend/features/payments/testing/statement-files'
import type { PayablePage, PaymentSettings } from '@comptoir/shared/payments/payments.contract'
import { call } from '../demo/install.ts'
import { peopleIds } from '../portal/data/people.ts'
import { expect, people, sessionOf, test } from './stage.ts'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

test('an invoice is put into a run, approved by a second person, sent to the bank, and paid when a statement says so', async ({ screens, demo, page }) => {
  const administrator = await sessionOf(demo, people.administrator)
  const { payables } = await call(demo.appUrl, administrator, 'GET', '/api/payments/payables?view=open&limit=100') as PayablePage
  const { vendorId, vendorName } = payables.find(({ guards, status, amountMinor }) => guards.length === 0 && status === 'open' && amountMinor > 0)!
  await call(demo.appUrl, administrator, 'POST', `/api/vendors/${vendorId}/vendor-invoices`, {
    kind: 'invoice', number: 'VIREMENT-1', issuedOn: day(-30), dueOn: day(0), receivedOn: null, currency: 'EUR', taxMinor: 2_057, dueMinor: null, status: 'registered', iban: null,
    paymentReference: null, orderId: null, creditedInvoiceId: null, dealId: null, note: null,
    lines: [{ orderLineId: null, itemCode: null, description: 'Pièces', quantity: 1, netMinor: 10_288, taxRate: 20, taxCategory: 'S', account: null, category: null }],
  })

  await screens.viewAs({ userId: peopleIds.buyer, language: 'fr' })
  const { app } = await screens.openMainTab(/^Fournisseurs/, /^Paiements/)
  await app.getByPlaceholder('Fournisseur ou référence').fill('VIREMENT-1')
  await expect(app.getByText('1 échéance', { exact: true })).toBeVisible()
  await app.getByLabel(`Choisir VIREMENT-1 de ${vendorName}`).check()
  await app.getByRole('button', { name: 'Préparer un règlement' }).click()
  await expect(app.getByText('Vous avez préparé ce règlement')).toBeVisible()
  await expect(app.getByRole('button', { name: 'Approuver' })).toHaveCount(0)

  await screens.viewAs({ userId: people.administrator, language: 'fr' })
  const second = await screens.openMainTab(/^Fournisseurs/, /^Paiements/)
  const run = second.app
  await run.getByRole('button', { name: 'Règlements' }).click()
  await run.getByRole('row').filter({ hasText: '123,45' }).click()
  await run.getByRole('button', { name: 'Approuver' }).click()
  await run.getByRole('button', { name: 'Écrire le fichier bancaire' }).click()
  const arriving = page.waitForEvent('download')
  await run.getByRole('button', { name: 'Télécharger le fichier' }).click()
  const file = await readFile(await (await arriving).path(), 'utf8')
  expect(file).toContain('<CtrlSum>123.45</CtrlSum>')
  expect(file).toContain('pain.001.001.09')

  const { accounts } = await call(demo.appUrl, administrator, 'GET', '/api/payments/settings') as PaymentSettings
  const statement = aStatementFile({
    version: '08', iban: accounts[0]!.iban, id: 'VIREMENT', bookedOn: day(0), openingMinor: 100_000,
    entries: [{ amountMinor: -12_345, parts: [{ amountMinor: -12_345, endToEndId: /<EndToEndId>(.+)<\/EndToEndId>/.exec(file)![1]! }] }],
  })
  await run.getByRole('button', { name: 'Relevés bancaires' }).click()
  await run.locator('input[type=file]').setInputFiles({ name: 'releve.xml', mimeType: 'text/xml', buffer: Buffer.from(statement) })
  await expect(run.getByRole('main').getByText('1 écriture lue, aucune déjà connue, 1 rapprochée')).toBeVisible()
  await run.getByRole('button', { name: 'Règlements' }).click()
  await expect(run.getByText('Confirmé par la banque').first()).toBeVisible()
  await run.getByRole('button', { name: 'Échéancier' }).click()
  await run.getByRole('button', { name: 'Payé', exact: true }).click()
  await run.getByPlaceholder('Fournisseur ou référence').fill('VIREMENT-1')
  await expect(run.getByRole('row').filter({ hasText: 'VIREMENT-1' })).toContainText('Payé')
  await screens.expectSound(second)
})

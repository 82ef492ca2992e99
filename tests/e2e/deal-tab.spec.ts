import { expect, plain, test, tile } from './stage.ts'
import type { Portal } from '../portal/state.ts'

/** An open deal of the portal with an amount worth splitting. */
function dealWorth(portal: Portal, least: number, skip = 0): { id: number, amount: number } {
  const deals = portal.crm.items(2)!
  for (let id = 1, found = 0; id <= 2000; id++) {
    const amount = Number(deals.value(id, 'opportunity') ?? 0)
    if (amount >= least && deals.value(id, 'currencyId') === 'EUR' && found++ === skip)
      return { id, amount }
  }
  throw new Error(`No deal of at least ${least}.`)
}

const euros = (value: number): string => plain(new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(value))

test('a seller links a vendor to a deal, types its costs and reads the margin that is left', async ({ screens, page }) => {
  const deal = dealWorth(screens.portal, 1500)
  const tab = await screens.openDealTab(deal.id)
  const { app } = tab
  await expect(app.getByText('Aucun fournisseur lié à cette affaire')).toBeVisible()
  await screens.expectSound(tab)

  await app.getByRole('combobox', { name: 'Lier un fournisseur' }).fill('Delmas')
  // Faster than the list: the name typed counts.
  await page.keyboard.press('Enter')
  // The planned cost of the vendor just linked is what one types next.
  const planned = app.getByRole('textbox', { name: /Coût prévu d’Imprimerie Delmas/ })
  await expect(planned).toBeFocused()
  await planned.fill('douze')
  await planned.press('Enter')
  await expect(app.getByRole('alert')).toContainText('Saisissez un montant positif')
  await planned.fill('500,50')
  await planned.press('Enter')
  await expect(app.getByRole('button', { name: /Coût prévu d’Imprimerie Delmas/ })).toHaveText(/500,50/)
  await expect.poll(async () => plain(await tile(app, 'Marge attendue').textContent())).toContain(euros(deal.amount - 500.5))

  await app.getByRole('button', { name: /Coût réel d’Imprimerie Delmas/ }).click()
  await app.getByRole('textbox', { name: /Coût réel d’Imprimerie Delmas/ }).fill('620')
  await page.keyboard.press('Enter')
  await expect.poll(async () => plain(await tile(app, 'Marge attendue').textContent())).toContain(euros(deal.amount - 620))
  await expect.poll(async () => plain(await app.getByRole('row', { name: /^Total/ }).textContent())).toContain('500,50 €620,00 €119,50 €')
  await expect(tile(app, 'Marge attendue')).toContainText(/du montant/)
  await screens.expectSound(tab)
})

test('a vendor taken off a deal comes back with its costs by one click', async ({ screens, page }) => {
  const deal = dealWorth(screens.portal, 1500, 1)
  const { app } = await screens.openDealTab(deal.id)
  await app.getByRole('combobox', { name: 'Lier un fournisseur' }).fill('Kervella')
  await app.getByRole('option', { name: /Transports Kervella/ }).click()
  await app.getByRole('textbox', { name: /Coût prévu de Transports Kervella/ }).fill('300')
  await page.keyboard.press('Enter')
  await expect(app.getByRole('button', { name: /Coût prévu de Transports Kervella/ })).toHaveText(/300,00/)

  await app.getByRole('button', { name: 'Retirer Transports Kervella de l’affaire' }).click()
  await expect(app.getByText('Aucun fournisseur lié à cette affaire')).toBeVisible()
  await app.getByRole('button', { name: 'Annuler', exact: true }).click()
  await expect(app.getByRole('button', { name: /Coût prévu de Transports Kervella/ })).toHaveText(/300,00/)

  await app.getByRole('button', { name: 'Transports Kervella' }).or(app.getByRole('link', { name: 'Transports Kervella' })).first().click()
  const card = page.frameLocator('.slider-page iframe')
  await expect(card.getByRole('heading', { level: 1 })).toHaveText('Transports Kervella')
  await page.getByRole('button', { name: 'Fermer' }).click()
  await expect(page.locator('.slider-page')).toHaveCount(0)

  await screens.visit('/crm/deal/list/')
  await screens.visit(`/crm/deal/details/${deal.id}/`)
  const again = await screens.openDealTab(deal.id)
  await expect(again.app.getByRole('button', { name: /Coût prévu de Transports Kervella/ })).toHaveText(/300,00/)
})

test('two vendors are compared by a chart whose table holds the same sums', async ({ screens }) => {
  const deal = dealWorth(screens.portal, 1500, 2)
  const { app } = await screens.openDealTab(deal.id)
  for (const [name, cost] of [['Imprimerie Delmas', '410'], ['Fonderie Vasseur', '150,25']] as const) {
    await app.getByRole('combobox', { name: 'Lier un fournisseur' }).fill(name)
    await app.getByRole('option', { name: new RegExp(`^${name}`) }).click()
    const field = app.getByRole('textbox', { name: new RegExp(`Coût prévu d(?:e |’)${name}`) })
    await field.fill(cost)
    await field.press('Enter')
    await expect(field).toHaveCount(0)
  }
  const figure = app.getByRole('figure', { name: 'Coûts prévus et réels par fournisseur' })
  await figure.getByRole('button', { name: 'Voir le tableau' }).click()
  await expect.poll(async () => plain(await figure.getByRole('table').textContent())).toMatch(/Imprimerie Delmas ?410,00 €.*Fonderie Vasseur ?150,25 €/)
  await expect.poll(async () => plain(await tile(app, 'Coût prévu').textContent())).toContain('560,25 €')
  await expect.poll(async () => plain(await tile(app, 'Marge attendue').textContent())).toContain(euros(deal.amount - 560.25))
})

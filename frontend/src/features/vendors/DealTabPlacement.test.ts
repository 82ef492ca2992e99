import { dealVendorApi } from '@comptoir/shared/vendors/deal-vendor.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import DealTabPlacement from './DealTabPlacement.vue'
import { aDeal, aLink, aPurchase } from './testing/vendor-samples.ts'

const eur = (minor: number) => ({ minor, currency: 'EUR' })
const open = (first: unknown, path = '/deal?id=8') => renderInPortal(DealTabPlacement, { path, first })
const priced = aLink(1, { planned: eur(300_000), actual: eur(350_000) })

describe('the deal tab', () => {
  it('paints costs and margin from the data that came with the page', async () => {
    const api = fakeApi()
    const { getAllByText, getByText } = await open(aDeal([priced, aLink(2, { planned: eur(100_000) })]))
    expect(getByText(/10\s000,00\s€/)).toBeTruthy()
    expect(getAllByText(/4\s000,00\s€/)).toHaveLength(2)
    expect(getByText(/5\s500,00\s€/)).toBeTruthy()
    expect(getByText(/55\s% du montant/)).toBeTruthy()
    expect(getByText('1 coût non renseigné')).toBeTruthy()
    expect(getByText(/\+500,00\s€/)).toBeTruthy()
    expect(api.sent).toEqual([])
  })

  it('shows no margin where no cost is known', async () => {
    const { getByText, queryByText } = await open(aDeal([aLink(1)]))
    expect(getByText('Marge attendue').closest('div')?.parentElement?.textContent).toContain('—')
    expect(queryByText(/du montant/)).toBeNull()
  })

  it('saves a cost where it stands, with the version that was read', async () => {
    const saved = aDeal([{ ...priced, planned: eur(280_050), version: 2 }])
    const api = fakeApi().on(dealVendorApi.update, () => saved)
    const { getByRole, findAllByText } = await open(aDeal([priced]))
    await fireEvent.click(getByRole('button', { name: /Coût prévu de Fournisseur 1/ }))
    const field = getByRole('textbox', { name: /Coût prévu de Fournisseur 1/ })
    await fireEvent.update(field, '2 800,50')
    await fireEvent.keyDown(field, { key: 'Enter' })
    expect(await findAllByText(/2\s800,50\s€/)).toBeTruthy()
    expect(api.sent[0]?.body).toEqual({ version: 1, currency: 'EUR', plannedMinor: 280_050, actualMinor: 350_000, note: null })
  })

  it('leaves the focus on the cost while it is saved and after', async () => {
    let answer: (deal: ReturnType<typeof aDeal>) => void = () => undefined
    fakeApi().on(dealVendorApi.update, () => new Promise<ReturnType<typeof aDeal>>((resolve) => { answer = resolve }))
    const { getByRole, findAllByText } = await open(aDeal([priced]))
    await fireEvent.click(getByRole('button', { name: /Coût prévu de Fournisseur 1/ }))
    const field = getByRole('textbox', { name: /Coût prévu de Fournisseur 1/ })
    await fireEvent.update(field, '2800')
    await fireEvent.keyDown(field, { key: 'Enter' })
    const button = getByRole('button', { name: /Coût prévu de Fournisseur 1/ })
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'))
    expect(document.activeElement).toBe(button)
    await fireEvent.click(button)
    expect(getByRole('button', { name: /Coût prévu de Fournisseur 1/ })).toBe(button)
    answer(aDeal([{ ...priced, planned: eur(280_000), version: 2 }]))
    await findAllByText(/2\s800,00\s€/)
    expect(document.activeElement).toBe(getByRole('button', { name: /Coût prévu de Fournisseur 1/ }))
  })

  it('keeps the field open on a text that is no amount, and gives up on Esc', async () => {
    const api = fakeApi()
    const { getByRole, queryByRole } = await open(aDeal([priced]))
    await fireEvent.click(getByRole('button', { name: /Coût réel de Fournisseur 1/ }))
    const field = getByRole('textbox', { name: /Coût réel de Fournisseur 1/ })
    await fireEvent.update(field, 'beaucoup')
    await fireEvent.keyDown(field, { key: 'Enter' })
    expect(getByRole('alert').textContent).toContain('Saisissez un montant positif')
    await fireEvent.keyDown(field, { key: 'Escape' })
    expect(queryByRole('textbox', { name: /Coût réel/ })).toBeNull()
    expect(api.sent).toEqual([])
  })

  it('links a vendor by keyboard and asks for its cost next', async () => {
    const api = fakeApi()
      .on(dealVendorApi.candidates, () => [{ vendorId: aLink(3).vendorId, name: 'Fournisseur 3', status: 'active' as const, category: null, city: 'Nantes', clientDealCount: 2 }])
      .on(dealVendorApi.link, () => aDeal([aLink(3)]))
    const { getByRole, findByRole } = await open(aDeal())
    const combobox = getByRole('combobox')
    await fireEvent.focus(combobox)
    expect((await findByRole('option')).textContent).toContain('déjà sur 2 affaires de ce client')
    await fireEvent.keyDown(combobox, { key: 'Enter' })
    await findByRole('textbox', { name: /Coût prévu de Fournisseur 3/ })
    expect(api.sent.at(-1)?.body).toMatchObject({ vendorId: aLink(3).vendorId, currency: 'EUR', plannedMinor: null })
  })

  it('links the vendor whose name was typed, not the first of the list it was typed over', async () => {
    const candidate = (number: number) => ({ vendorId: aLink(number).vendorId, name: `Fournisseur ${number}`, status: 'active' as const, category: null, city: null, clientDealCount: 0 })
    const api = fakeApi()
      .on(dealVendorApi.candidates, ({ address }) => [candidate(address.searchParams.get('search') === 'Fournisseur 4' ? 4 : 3)])
      .on(dealVendorApi.link, () => aDeal([aLink(4)]))
    const { getByRole, findByRole } = await open(aDeal())
    const combobox = getByRole('combobox')
    await fireEvent.focus(combobox)
    await findByRole('option', { name: /Fournisseur 3/ })
    await fireEvent.update(combobox, 'Fournisseur 4')
    await fireEvent.keyDown(combobox, { key: 'Enter' })
    await findByRole('textbox', { name: /Coût prévu de Fournisseur 4/ })
    expect(api.sent.at(-1)?.body).toMatchObject({ vendorId: aLink(4).vendorId })
  })

  it('unlinks at once and puts everything back on undo', async () => {
    const api = fakeApi()
      .on(dealVendorApi.unlink, () => aDeal())
      .on(dealVendorApi.link, () => aDeal([priced]))
    const { getByRole, findByText, findByRole } = await open(aDeal([{ ...priced, note: 'lot 2' }]))
    await fireEvent.click(getByRole('button', { name: /Retirer Fournisseur 1/ }))
    await findByText('Aucun fournisseur lié à cette affaire')
    await fireEvent.click(await findByRole('button', { name: 'Annuler' }))
    await findByRole('button', { name: /Retirer Fournisseur 1/ })
    expect(api.sent.at(-1)?.body).toEqual({ vendorId: priced.vendorId, currency: 'EUR', plannedMinor: 300_000, actualMinor: 350_000, note: 'lot 2' })
  })

  it('says that somebody else was first and shows what is there now', async () => {
    const api = fakeApi().fail(dealVendorApi.update, 'vendor.link_changed').on(dealVendorApi.list, () => aDeal([{ ...priced, planned: eur(111_100), version: 2 }]))
    const { getByRole, findAllByText } = await open(aDeal([priced]))
    await fireEvent.click(getByRole('button', { name: /Coût prévu de Fournisseur 1/ }))
    const field = getByRole('textbox', { name: /Coût prévu/ })
    await fireEvent.update(field, '5')
    await fireEvent.keyDown(field, { key: 'Enter' })
    expect(await findAllByText(/1\s111,00\s€/)).toBeTruthy()
    expect(api.sent.map(({ address }) => address.pathname)).toEqual([`/api/deals/8/vendors/${priced.vendorId}`, '/api/deals/8/vendors'])
  })

  it('opens the purchases behind the proof of a cost and takes their sum as the actual cost', async () => {
    const purchased = { amount: eur(12_000), purchaseCount: 2, unpricedCount: 0 }
    const api = fakeApi()
      .on(vendorApi.purchases, () => ({ purchases: [aPurchase()], total: purchased, nextCursor: null, isHidden: false }))
      .on(dealVendorApi.update, () => aDeal([{ ...priced, actual: eur(12_000), version: 2 }]))
    const { getByRole, findByRole } = await open(aDeal([{ ...priced, purchased }]))
    await fireEvent.click(getByRole('button', { name: /Voir les achats de Fournisseur 1/ }))
    const table = await findByRole('table', { name: 'Achats sur cette affaire' })
    expect(within(table).getByText('2 achats')).toBeTruthy()
    await fireEvent.click(getByRole('button', { name: /Reprendre 120,00\s€/ }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({ actualMinor: 12_000 }))
  })

  it('tells what to do with a deal that is not saved or not read yet', async () => {
    const unsaved = await open(null, '/deal')
    expect(unsaved.getByText('Enregistrez d’abord l’affaire')).toBeTruthy()
    unsaved.unmount()
    fakeApi().fail(dealVendorApi.list, 'vendor.deal_unknown', { dealId: 8 })
    const unread = await open(null)
    expect((await unread.findByText(/La synchronisation n’a pas encore lu cette affaire/))).toBeTruthy()
    expect(unread.getByRole('button', { name: 'Réessayer' })).toBeTruthy()
  })
})

import { lifecycleApi } from '@comptoir/shared/relationship/lifecycle.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import CompanyTabPlacement from './CompanyTabPlacement.vue'
import { aCompanyVendor, aPurchase, aSpend, aVendor } from './testing/vendor-samples.ts'

const open = (first: unknown, path = '/company?id=5') => renderInPortal(CompanyTabPlacement, { path, first })

describe('the company tab', () => {
  it('paints the vendor from the data that came with the page, asking for nothing', async () => {
    const api = fakeApi()
    const { getByRole, getByText } = await open(aCompanyVendor())
    expect(getByRole('heading', { level: 1 }).textContent).toContain('Papeterie Morel')
    expect(getByText(/3\s000\s€/)).toBeTruthy()
    expect(getByText(/25\s%/)).toBeTruthy()
    expect(getByText('1 achat sans taux')).toBeTruthy()
    expect(getByText('732 829 320')).toBeTruthy()
    expect(api.sent).toEqual([])
  })

  it('drills from the total to purchases that sum to it', async () => {
    const api = fakeApi().on(vendorApi.purchases, () => ({
      purchases: [aPurchase(), aPurchase({ purchaseId: 'p2', amount: { minor: 700, currency: 'XTS' }, baseAmount: null })],
      total: aSpend().total, nextCursor: null, isHidden: false,
    }))
    const { getByRole, findByRole } = await open(aCompanyVendor())
    await fireEvent.click(getByRole('link', { name: /Voir le détail\s: Dépenses/ }))
    const table = await findByRole('table', { name: 'Achats de la période' })
    expect(within(table).getByText('4 achats')).toBeTruthy()
    expect(within(table).getByText('sans taux')).toBeTruthy()
    expect(api.sent[0]?.address.search).toBe('?from=2025-04&to=2026-03')
  })

  it('asks for another period and keeps the old figures until it is there', async () => {
    fakeApi().on(vendorApi.spend, () => aSpend({ period: 'last-year', total: { amount: { minor: 900_000, currency: 'EUR' }, purchaseCount: 9, unpricedCount: 0 } }))
    const { getByRole, findByText } = await open(aCompanyVendor())
    await fireEvent.click(getByRole('button', { name: 'Année dernière' }))
    expect(await findByText(/9\s000\s€/)).toBeTruthy()
  })

  it('wants a reason to suspend, moves the vendor and takes the move back', async () => {
    const api = fakeApi()
      .on(lifecycleApi.preview, () => ({ from: 'active' as const, to: 'suspended' as const, isReasonRequired: true, isForbidden: false, needsTwo: false, missing: [], effects: [{ effect: 'payments.held' as const, count: 3 }] }))
      .on(vendorApi.changeStatus, () => aVendor({ status: 'suspended', version: 4 }))
      .on(vendorApi.undoStatus, () => aVendor({ status: 'active', version: 5 }))
    const { getByRole, getByText, findByRole } = await open(aCompanyVendor())
    await fireEvent.click(getByRole('button', { name: /Statut\s: Actif/ }))
    await fireEvent.click(getByRole('button', { name: 'Suspendu' }))
    const confirm = await findByRole('button', { name: /Passer à «\sSuspendu/ })
    expect((confirm as HTMLButtonElement).disabled).toBe(true)
    expect(getByText(/3 échéances attendent/)).toBeTruthy()
    await fireEvent.update(getByRole('textbox', { name: 'Motif' }), 'Litige')
    await fireEvent.submit(getByRole('textbox', { name: 'Motif' }).closest('form')!)
    await findByRole('button', { name: /Statut\s: Suspendu/ })
    await fireEvent.click(await findByRole('button', { name: 'Annuler' }))
    await findByRole('button', { name: /Statut\s: Actif/ })
    expect(api.sent.map(({ body }) => body).filter(Boolean)).toEqual([{ version: 3, status: 'suspended', reason: 'Litige' }, { version: 4 }])
  })

  it('offers to make a vendor of a company that is none', async () => {
    const api = fakeApi()
      .on(vendorApi.similar, () => [])
      .on(vendorApi.create, () => aVendor({ version: 1 }))
      .on(vendorApi.byCompany, () => aCompanyVendor())
    const { getByRole, findByRole, getByText } = await open(aCompanyVendor({ vendor: null, spend: null, latest: [] }))
    expect(getByText('« Papeterie Morel SARL » n’est pas encore un fournisseur')).toBeTruthy()
    await fireEvent.click(getByRole('button', { name: 'En faire un fournisseur' }))
    await findByRole('button', { name: /Statut\s: Actif/ })
    expect(api.sent.find(({ body }) => body)?.body).toEqual({ name: 'Papeterie Morel SARL', companyId: 5, status: 'active' })
  })

  it('links a vendor of the same name that waits for its company, rather than making a second one', async () => {
    const api = fakeApi()
      .on(vendorApi.similar, () => [{ vendorId: aVendor().vendorId, companyId: null, name: 'Papeterie MOREL', status: 'prospect' as const, by: 'name' as const }])
      .on(vendorApi.get, () => ({ vendor: aVendor({ companyId: null, version: 2 }), spend: aSpend(), latest: [] }))
      .on(vendorApi.linkCompany, () => aVendor())
      .on(vendorApi.byCompany, () => aCompanyVendor())
    const { findByRole } = await open(aCompanyVendor({ vendor: null, spend: null, latest: [] }))
    await fireEvent.click(await findByRole('button', { name: /Lier à «\sPapeterie MOREL\s»/ }))
    await findByRole('button', { name: /Statut\s: Actif/ })
    expect(api.sent.find(({ body }) => body)?.body).toEqual({ version: 2, companyId: 5 })
  })

  it('tells what to do with a card that is not saved and a company that is not read', async () => {
    const unsaved = await open(null, '/company')
    expect(unsaved.getByText('Enregistrez d’abord l’entreprise')).toBeTruthy()
    unsaved.unmount()
    const unread = await open(aCompanyVendor({ company: null, vendor: null, spend: null }))
    expect(unread.getByText('Cette entreprise n’est pas encore lue')).toBeTruthy()
  })

  it('shows a failed read as a failure and reads again when asked', async () => {
    const api = fakeApi().fail(vendorApi.byCompany, 'internal')
    const { findByRole, findByText } = await open(null)
    const retry = await findByRole('button', { name: 'Réessayer' })
    api.on(vendorApi.byCompany, () => aCompanyVendor())
    await fireEvent.click(retry)
    expect(await findByText('Fiche')).toBeTruthy()
  })
})

import { vendorDealsApi, type VendorDeal, type VendorDeals } from '@comptoir/shared/vendors/vendor-deals.contract'
import { within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import VendorDealsSection from './VendorDealsSection.vue'

const eur = (minor: number) => ({ minor, currency: 'EUR' })
const aDeal = (values: Partial<VendorDeal> = {}): VendorDeal => ({
  dealId: 8, title: 'Rénovation du hall', stage: 'Négociation', semantics: 'P', createdAt: '2026-03-05T10:00:00Z', clientId: 30, client: 'Mairie de Nantes',
  amount: eur(1_000_000), cost: eur(350_000), margin: { cost: eur(450_000), missingCount: 0, unpricedCount: 0, margin: eur(550_000), rate: 0.55 }, ...values,
})
const someDeals = (values: Partial<VendorDeals> = {}): VendorDeals => ({
  deals: [aDeal()], total: 1, clients: [{ companyId: 30, name: 'Mairie de Nantes', dealCount: 2, wonCount: 1 }], areCostsHidden: false, isWithinRights: false, ...values,
})
const vendorId = '00000000-0000-4000-8000-000000000001'
const open = (answer: VendorDeals) => {
  fakeApi().on(vendorDealsApi.list, () => answer)
  return renderInPortal(VendorDealsSection, { props: { vendorId } })
}

describe('the deals of a vendor', () => {
  it('show amount, the vendor\'s cost, the margin left, and the clients', async () => {
    const { findByRole, getByText } = await open(someDeals())
    const row = await findByRole('row', { name: /Rénovation du hall/ })
    expect(row.textContent).toMatch(/Mairie de Nantes, 5 mars 2026/)
    expect(within(row).getByText(/10\s000,00/)).toBeTruthy()
    expect(within(row).getByText(/3\s500,00/)).toBeTruthy()
    expect(row.textContent).toMatch(/5\s500,00\s€\s*55\s%/)
    expect(getByText('2 affaires, 1 gagnée')).toBeTruthy()
  })

  it('leave out costs that are not for the viewer, and say that not everything is counted', async () => {
    const { findByRole, getByText, queryByRole } = await open(someDeals({ deals: [aDeal({ cost: null, margin: null })], areCostsHidden: true, isWithinRights: true, total: 60 }))
    await findByRole('columnheader', { name: 'Montant' })
    expect(queryByRole('columnheader', { name: /Coût/ })).toBeNull()
    expect(getByText(/1 plus récente.* sur 60.*que vous pouvez voir/)).toBeTruthy()
  })

  it('say where a vendor is linked to a deal when there is none', async () => {
    const { findByText } = await open(someDeals({ deals: [], total: 0, clients: [] }))
    await findByText('Aucune affaire')
  })
})

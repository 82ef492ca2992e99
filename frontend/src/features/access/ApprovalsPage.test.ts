import { approvalApi, type Approvals, type Proposal } from '@comptoir/shared/access/approval.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ApprovalsPage from './ApprovalsPage.vue'

const vendorId = '00000000-0000-4000-8000-000000000001'
const aProposal = (values: Partial<Proposal> = {}): Proposal => ({
  proposalId: '00000000-0000-4000-8000-000000000002', vendorId, vendorName: 'Papeterie Morel', kind: 'bank',
  fields: [{ field: 'iban', from: 'FR7630006000011234567890189', to: 'FR1420041010050500013M02606' }],
  reason: null, origin: 'person', status: 'waiting', author: { userId: 3, name: 'Lucas Petit' }, createdAt: '2026-05-14T08:00:00Z',
  decidedBy: null, decidedAt: null, comment: null, accountHolder: null, bankProof: null, proofFiles: [], sameIban: [], canDecide: true, isOwn: false, ...values,
})
const approvals = (values: Partial<Approvals> = {}): Approvals => ({ proposals: [], ibans: [], ibanTotal: 0, ...values })

describe('the page of approvals', () => {
  it('shows the old value beside the new one, and puts the new one into use', async () => {
    const api = fakeApi().on(approvalApi.list, () => approvals({ proposals: [aProposal()] })).on(approvalApi.approve, () => aProposal({ status: 'approved' }))
    const { findByText, findByRole, getByText } = await renderInPortal(ApprovalsPage)
    expect(await findByText(/FR76 3000 6000 0112 3456 7890 189/)).toBeTruthy()
    expect(getByText(/FR14 2004 1010 0505 0001 3M02 606/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Approuver' }))
    await waitFor(() => expect(api.sent.find(({ address }) => address.pathname.endsWith('/approval'))?.body).toEqual({ comment: null }))
  })

  it('compares the holder of the new account with the vendor, and leads to its paper', async () => {
    fakeApi().on(approvalApi.list, () => approvals({ proposals: [aProposal({ accountHolder: 'Jean Martin', bankProof: 'https://drive.example/rib.pdf', proofFiles: [{ fileId: vendorId, name: 'RIB-2026.pdf', addedAt: '2026-11-20T10:00:00.000Z' }] })] }))
    const { findByText, getByRole } = await renderInPortal(ApprovalsPage)
    expect(await findByText(/différent de « Papeterie Morel »/)).toBeTruthy()
    expect(getByRole('link', { name: 'https://drive.example/rib.pdf' })).toBeTruthy()
    expect(getByRole('button', { name: 'RIB-2026.pdf' })).toBeTruthy()
  })

  it('rejects only with a reason', async () => {
    const api = fakeApi().on(approvalApi.list, () => approvals({ proposals: [aProposal()] })).on(approvalApi.reject, () => aProposal({ status: 'rejected' }))
    const { findByRole, getByRole, getByLabelText } = await renderInPortal(ApprovalsPage)
    await fireEvent.click(await findByRole('button', { name: 'Refuser' }))
    expect(getByRole('button', { name: 'Refuser' }).hasAttribute('disabled')).toBe(true)
    await fireEvent.update(getByLabelText(/Motif du refus/), 'RIB illisible')
    await fireEvent.click(getByRole('button', { name: 'Refuser' }))
    await waitFor(() => expect(api.sent.find(({ address }) => address.pathname.endsWith('/rejection'))?.body).toEqual({ comment: 'RIB illisible' }))
  })

  it('leaves one\'s own proposal to somebody else, and warns of an account that another vendor has', async () => {
    fakeApi().on(approvalApi.list, () => approvals({ proposals: [aProposal({ canDecide: false, isOwn: true, sameIban: ['Imprimerie Delmas'] })] }))
    const { findByText, queryByRole, getByRole } = await renderInPortal(ApprovalsPage)
    expect(await findByText(/ce compte est déjà celui de\s: Imprimerie Delmas/)).toBeTruthy()
    expect(queryByRole('button', { name: 'Approuver' })).toBeNull()
    expect(getByRole('button', { name: 'Retirer ma proposition' })).toBeTruthy()
  })

  it('confirms the IBANs that were chosen, as they were shown', async () => {
    const ibans = [{ vendorId, vendorName: 'Papeterie Morel', iban: 'FR7630006000011234567890189', accountHolder: null, bankProof: null, proofFiles: [], setBy: { userId: 3, name: 'Lucas Petit' }, canConfirm: true, isOwn: false }]
    const api = fakeApi().on(approvalApi.list, () => approvals({ ibans, ibanTotal: 1 })).on(approvalApi.confirmIbans, () => ({ confirmed: [vendorId], refused: [] }))
    const { findByRole, getByRole } = await renderInPortal(ApprovalsPage)
    await fireEvent.click(await findByRole('checkbox', { name: /Papeterie Morel/ }))
    await fireEvent.click(getByRole('button', { name: 'Confirmer 1 IBAN' }))
    await waitFor(() => expect(api.sent.find(({ address }) => address.pathname === '/api/approvals/ibans')?.body).toEqual({ vendors: [{ vendorId, iban: 'FR7630006000011234567890189' }] }))
  })

  it('says that nothing waits', async () => {
    fakeApi().on(approvalApi.list, () => approvals())
    const { findByText } = await renderInPortal(ApprovalsPage)
    expect(await findByText('Rien n’attend')).toBeTruthy()
  })
})

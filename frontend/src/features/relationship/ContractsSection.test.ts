import { contractApi } from '@comptoir/shared/relationship/contract.contract'
import { lifecycleApi } from '@comptoir/shared/relationship/lifecycle.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ContractsSection from './ContractsSection.vue'
import { aContract, idOf, someContracts } from './testing/relationship-samples.ts'

const open = (contracts = someContracts()) => {
  const api = fakeApi().on(contractApi.list, () => contracts).on(lifecycleApi.automaticMoves, () => [])
  return { api, page: renderInPortal(ContractsSection, { props: { vendorId: idOf(9) } }) }
}

describe('a vendor\'s contracts', () => {
  it('say until when notice can be given, what happens otherwise, and stand on a time line', async () => {
    const { findByText, getByRole, getByText } = await open().page
    expect(await findByText(/Dernier jour pour dénoncer\s: 30 nov. 2026 \(dans 8 jours\)/)).toBeTruthy()
    expect(getByText(/Reconduit tacitement le 31 déc. 2026 pour 12 mois/)).toBeTruthy()
    expect(getByRole('list', { name: 'Frise des contrats' }).textContent).toMatch(/Entretien\s: du 1er janv. 2026 au 31 déc. 2026, En cours/)
  })

  it('say that a renewal can no longer be stopped, and hide amounts from whoever may not see them', async () => {
    const { findByText, getByText } = await open(someContracts({
      maySeeAmounts: false, contracts: [aContract({ noticeOn: '2027-11-30', noticeEndsOn: '2027-12-31', isRenewalCertain: true, isAmountHidden: true, amount: null })],
    })).page
    expect(await findByText(/Reconduit à coup sûr le 31 déc. 2026/)).toBeTruthy()
    expect(getByText(/Montant réservé/)).toBeTruthy()
  })

  it('offer nothing to change to whoever may only read', async () => {
    const { findByRole, queryByRole } = await open(someContracts({ mayEdit: false, mayTerminate: false })).page
    await findByRole('button', { name: 'Historique' })
    expect(['Nouveau contrat', 'Modifier', 'Résilier'].map(name => queryByRole('button', { name }))).toEqual([null, null, null])
  })

  it('are terminated on a day, with a reason', async () => {
    const { api, page } = open()
    api.on(contractApi.terminate, () => aContract({ terminatedOn: '2026-12-01', phase: 'ending' }))
    const { findByRole, getByRole } = await page
    await fireEvent.click(await findByRole('button', { name: 'Résilier' }))
    const reason = await findByRole('textbox', { name: 'Motif' })
    await fireEvent.update(reason, 'défaut')
    await fireEvent.submit(reason.closest('form')!)
    await waitFor(() => expect(api.sent.find(({ body }) => body)?.body).toEqual({ version: 3, on: '2026-11-22', reason: 'défaut' }))
    expect(getByRole('heading', { name: 'Contrats' })).toBeTruthy()
  })

  it('are entered with the notice day computed while one types', async () => {
    const { api, page } = open(someContracts({ contracts: [] }))
    api.on(contractApi.create, () => aContract())
    const { findByRole, findByLabelText, getByLabelText, findByText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Nouveau contrat' }))
    await fireEvent.update(await findByLabelText('Objet'), 'Nettoyage')
    await fireEvent.update(getByLabelText('Fin de la première période'), '2027-11-21')
    expect(await findByText(/Dernier jour pour dénoncer\s: 20 août 2027/)).toBeTruthy()
    await fireEvent.submit(getByLabelText('Objet').closest('form')!)
    await waitFor(() => expect(api.sent.find(({ body }) => body)?.body).toMatchObject({ title: 'Nettoyage', endsOn: '2027-11-21', noticeDays: 3, signedOn: null, amountMinor: null }))
    // The list is read again; the test waits for it, or it would ask a network that is gone.
    await waitFor(() => expect(api.sent.filter(({ address }) => address.pathname.endsWith('/contracts')).length).toBeGreaterThan(2))
  })
})

import { scorecardApi } from '@comptoir/shared/scorecards/scorecard.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ScorecardsPage from './ScorecardsPage.vue'
import { aRanking } from './testing/scorecard-samples.ts'

const anApi = (ranking = aRanking()): FakeApi => fakeApi()
  .on(scorecardApi.ranking, () => ranking)
  .on(scorecardApi.profiles, () => [])

const open = (path = '/scorecards') => renderInPortal(ScorecardsPage, { path })

const names = (table: HTMLElement): (string | null)[] => within(table).getAllByRole('link').map(link => link.textContent.trim())

describe('the ranking', () => {
  it('lists the vendors in their order, each leading to its evaluation', async () => {
    anApi()
    const { findByRole } = await open()
    const table = await findByRole('table', { name: 'Classement des fournisseurs' })
    expect(names(table)).toEqual(['Visserie Morel', 'Boulons Durand', 'Sans note'])
    expect(within(table).getByRole('link', { name: 'Visserie Morel' }).getAttribute('href')).toBe('/vendors/v1?tab=scorecard')
    expect(within(table).getByText('Non évalué')).toBeTruthy()
  })

  it('follows the sliders without asking the server, and keeps the weights in the address', async () => {
    const api = anApi()
    const { findByRole, getByLabelText, getByRole, router } = await open()
    await findByRole('table', { name: 'Classement des fournisseurs' })
    await fireEvent.update(getByLabelText('Livraison'), '0')
    await waitFor(() => expect(router.currentRoute.value.query.weights).toBe('0-25-20-10-15'))
    await fireEvent.update(getByLabelText('Prix'), '100')
    await waitFor(() => expect(names(getByRole('table', { name: 'Classement des fournisseurs' }))[0]).toBe('Boulons Durand'))
    expect(api.sent.filter(({ address }) => address.pathname === '/api/scorecards')).toHaveLength(1)
    await fireEvent.click(getByRole('button', { name: 'Poids des règles' }))
    await waitFor(() => expect(router.currentRoute.value.query.weights).toBeUndefined())
  })

  it('says how often the first is first', async () => {
    anApi()
    const { findByText } = await open()
    expect(await findByText(/Visserie Morel est premier dans [\d,]+\s% des pondérations\./)).toBeTruthy()
  })

  it('shows one standing alone', async () => {
    anApi()
    const { findByRole } = await open()
    await fireEvent.click(await findByRole('button', { name: /Non évalué/ }))
    expect(names(await findByRole('table', { name: 'Classement des fournisseurs' }))).toEqual(['Sans note'])
  })

  it('saves weights under a name', async () => {
    const api = anApi().on(scorecardApi.saveProfile, () => [])
    const { findByRole, getByRole, findByText } = await open('/scorecards?weights=50-20-10-10-10')
    await fireEvent.update(await findByRole('textbox', { name: 'Nom du profil' }), 'Délais')
    await fireEvent.click(getByRole('button', { name: 'Enregistrer le profil' }))
    expect(await findByText('Profil enregistré.')).toBeTruthy()
    expect(api.sent.at(-1)?.body).toEqual({ name: 'Délais', weights: { delivery: 50, quality: 20, price: 10, service: 10, compliance: 10 }, isShared: false })
  })

  it('says that there is nothing to evaluate yet', async () => {
    anApi(aRanking({ vendors: [] }))
    const { findByText } = await open()
    expect(await findByText('Aucun fournisseur n’a encore de données à évaluer.')).toBeTruthy()
  })
})

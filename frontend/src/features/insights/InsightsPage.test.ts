import { insightsApi } from '@comptoir/shared/insights/insights.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import InsightsPage from './InsightsPage.vue'
import { aDashboard, aPage, aRecord } from './testing/insight-samples.ts'

const anApi = (): FakeApi => fakeApi()
  .on(insightsApi.choices, () => ({
    users: [{ userId: 1, name: 'Ada Martin', isActive: true }, { userId: 2, name: 'Brice Petit', isActive: true }],
    pipelines: [{ categoryId: 0, name: '' }],
  }))
  .on(insightsApi.settings, () => ({ analyticsScope: 'all' as const }))

const open = (path = '/insights', first: unknown = aDashboard()) => renderInPortal(InsightsPage, { path, first })
const asked = (api: FakeApi, part: string) => api.sent.filter(({ address }) => address.pathname.endsWith(part))

describe('the dashboard', () => {
  it('paints the numbers that came with the page without asking for them', async () => {
    const api = anApi()
    const { getByRole, getByText } = await open()
    expect(getByRole('link', { name: /Chiffre d’affaires gagné 10\s005\s534\s€/ })).toBeTruthy()
    expect(getByRole('link', { name: /Taux de réussite 63,15\s%/ })).toBeTruthy()
    expect(getByText(/4\s238 gagnées sur 6\s711 conclues/)).toBeTruthy()
    expect(getByText('57 jours')).toBeTruthy()
    expect(getByText('3 affaires sans montant')).toBeTruthy()
    expect(getByText(/synchronisées/)).toBeTruthy()
    expect(asked(api, '/dashboard')).toEqual([])
  })

  it('says where the closed deals are when the period has none, and goes there', async () => {
    const api = anApi().on(insightsApi.dashboard, () => aDashboard())
    const { getByText, getByRole } = await open('/insights', aDashboard({ closedDays: { from: '2016-10-01', to: '2017-12-31' } }))
    expect(getByText(/Vos affaires conclues vont du 1er oct\. 2016 au 31 déc\. 2017/)).toBeTruthy()
    await fireEvent.click(getByRole('button', { name: 'Voir ces dates' }))
    await waitFor(() => expect(asked(api, '/dashboard').at(-1)?.address.search).toMatch(/from=2016-10-01&to=2017-12-31/))
  })

  it('shows no number for what nobody has recorded', async () => {
    anApi()
    const { getByRole } = await open()
    const tile = getByRole('heading', { name: 'Dépenses' }).closest('article')!
    expect(within(tile).getByText('—')).toBeTruthy()
    expect(within(tile).queryByRole('link')).toBeNull()
  })

  it('says behind the question mark how a number is made and what it leaves out', async () => {
    anApi()
    const { getAllByRole, findByText } = await open()
    await fireEvent.click(getAllByRole('button', { name: /Comment ce chiffre est calculé.*Chiffre d’affaires gagné/ })[0]!)
    expect(await findByText('Somme des montants des affaires gagnées.')).toBeTruthy()
    expect(await findByText(/converti/)).toBeTruthy()
  })

  it('leads from a number to the records that sum to it, and from there to the deal', async () => {
    const api = anApi().on(insightsApi.records, () => aPage({
      total: { value: 1_000_553_400, records: 4238, sum: 1_000_553_400 },
      records: [aRecord(), aRecord({ id: '8', dealId: 8, title: '', amountMinor: 500, currency: 'XTS', worth: 450 })],
      next: 'next-page',
    }))
    const { getByRole, findByRole, getByText } = await open()
    await fireEvent.click(getByRole('link', { name: /Voir le détail.*Chiffre d’affaires gagné/ }))
    const table = await findByRole('table', { name: 'Chiffre d’affaires gagné' })
    expect(within(table).getByRole('link', { name: 'Parc de serveurs' }).getAttribute('href')).toContain('/crm/deal/details/7/')
    expect(within(table).getByText('Sans intitulé')).toBeTruthy()
    expect(within(table).getByText(/4,50\s€/)).toBeTruthy()
    expect(getByText(/10\s005\s534,00\s€/)).toBeTruthy()
    expect(getByText(/^2 sur 4\s238$/)).toBeTruthy()
    expect(document.activeElement?.textContent).toContain('Chiffre d’affaires gagné')
    api.on(insightsApi.records, () => aPage({ records: [aRecord({ id: '9', title: 'La suite' })] }))
    await fireEvent.click(getByRole('button', { name: 'Afficher la suite' }))
    await findByRole('link', { name: 'La suite' })
    expect(asked(api, '/records').map(({ address }) => address.search)).toEqual(['?period=last_12_months&limit=20', '?period=last_12_months&after=next-page&limit=50'])
  })

  it('lists what a number leaves out', async () => {
    const api = anApi().on(insightsApi.records, () => aPage({
      total: { value: null, records: 3, sum: 0 }, records: [aRecord({ amountMinor: null, worth: null })],
    }))
    const { getByRole, findByRole } = await open()
    await fireEvent.click(getByRole('link', { name: '3 affaires sans montant' }))
    await findByRole('table', { name: /3 affaires sans montant/ })
    expect(asked(api, '/records')[0]?.address.search).toBe('?period=last_12_months&leftOut=without_amount&limit=20')
  })

  it('keeps period and people in its address and asks for just them', async () => {
    const api = anApi().on(insightsApi.dashboard, () => aDashboard({ scope: 'own', days: { from: '2026-05-01', to: '2026-05-31' } }))
    const { findByText, router, findByRole } = await open('/insights?period=custom&from=2026-05-01&to=2026-05-31&users=2,1,x', null)
    expect(await findByText('mai 2026')).toBeTruthy()
    expect(await findByText('Vous voyez vos propres affaires.')).toBeTruthy()
    expect(asked(api, '/dashboard')[0]?.address.search).toBe('?period=custom&from=2026-05-01&to=2026-05-31&userIds=2&userIds=1')
    await fireEvent.click(await findByRole('button', { name: 'Réinitialiser les filtres' }))
    await waitFor(() => expect(router.currentRoute.value.query).toEqual({}))
  })

  it('shows how far the first reading is instead of half the numbers', async () => {
    anApi()
    const freshness = { state: 'filling', syncedAt: null, rowsRead: 3200, rowsExpected: 8800, portalCount: null, mirrorCount: null } as const
    const { getByText, queryByText, getByRole } = await open('/insights', aDashboard({ freshness }))
    expect(getByText('La première synchronisation est en cours')).toBeTruthy()
    expect(getByText(/3\s200 affaires lues sur 8\s800/)).toBeTruthy()
    expect((getByRole('progressbar') as HTMLProgressElement).value).toBe(3200)
    expect(queryByText('Taux de réussite')).toBeNull()
  })

  it('tells when the portal counts other deals than were read', async () => {
    anApi()
    const { getByText } = await open('/insights', aDashboard({ freshness: { ...aDashboard().freshness, portalCount: 8801 } }))
    expect(getByText(/Le portail compte 8\s801 affaires, Comptoir en a lu 8\s800/)).toBeTruthy()
  })

  it('offers the choice of whose deals people see to administrators alone', async () => {
    anApi()
    const forAdmin = await open()
    expect(await forAdmin.findByText('Ce que voient les collaborateurs')).toBeTruthy()
    forAdmin.unmount()
    const session = aSession()
    const forSeller = await renderInPortal(InsightsPage, { path: '/insights', first: aDashboard(), session: { ...session, viewer: { ...session.viewer, isAdmin: false } } })
    expect(forSeller.queryByText('Ce que voient les collaborateurs')).toBeNull()
  })

  it('shows a failed read as a failure and reads again when asked', async () => {
    const api = anApi().fail(insightsApi.dashboard, 'internal')
    const { findByRole } = await open('/insights', null)
    const retry = await findByRole('button', { name: 'Réessayer' })
    api.on(insightsApi.dashboard, () => aDashboard())
    await fireEvent.click(retry)
    expect(await findByRole('link', { name: /10\s005\s534/ })).toBeTruthy()
  })
})

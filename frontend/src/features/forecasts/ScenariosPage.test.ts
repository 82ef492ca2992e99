import { boardApi, type Board } from '@comptoir/shared/dashboards/board.contract'
import { scenarioApi } from '@comptoir/shared/scenarios/scenario.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ScenariosPage from './ScenariosPage.vue'
import { aScenario, aStart } from './testing/forecast-samples.ts'

const anApi = (start = aStart()): FakeApi => fakeApi()
  .on(scenarioApi.start, () => start)
  .on(scenarioApi.list, () => [aScenario(), aScenario({ scenarioId: '44444444-4444-4444-8444-444444444444', name: 'Élan', levers: { ...aScenario().levers, volume: 0.2 }, isOwn: false, isShared: true, ownerName: 'Brice Petit' })])

const open = (path = '/scenarios') => renderInPortal(ScenariosPage, { path })
const tile = (label: string, within_: HTMLElement) => within(within_).getByText(label).closest('div')!.parentElement!

describe('scenarios', () => {
  it('start from the year and are recomputed as a lever moves, and back', async () => {
    anApi()
    const { findByRole, findAllByText, getAllByText, queryByText, getByRole } = await open()
    const price = await findByRole('slider', { name: /Prix de vente/ })
    expect((await findAllByText(/^50\s000\s€$/)).length).toBeGreaterThan(0)
    await fireEvent.update(price, '0.1')
    expect(getAllByText(/^55\s000\s€$/).length).toBeGreaterThan(0)
    expect(price.getAttribute('aria-valuetext')).toMatch(/\+10\s%/)
    await fireEvent.click(getByRole('button', { name: 'Tout remettre à zéro' }))
    expect(queryByText(/^55\s000\s€$/)).toBeNull()
  })

  it('say nothing of cash until the terms are known', async () => {
    anApi()
    const { findByLabelText, container, getByRole } = await open()
    const days = await findByLabelText(/Délai client actuel/)
    expect(within(tile('Trésorerie immobilisée', container as HTMLElement)).getByText('—')).toBeTruthy()
    await fireEvent.update(days, '45')
    await fireEvent.change(days)
    expect(within(tile('Trésorerie immobilisée', container as HTMLElement)).queryByText('—')).toBeNull()
    expect(getByRole('slider', { name: /Délai de paiement clients/ })).toBeTruthy()
  })

  it('show who would take over a lost vendor, and count an assumed extra cost in', async () => {
    anApi()
    const { findByLabelText, findByText, getByLabelText, getAllByText } = await open()
    await fireEvent.update(await findByLabelText(/Fournisseur perdu/), aStart().vendors[0]!.vendorId)
    expect(await findByText('Son volume irait à Bureau Plus')).toBeTruthy()
    const percent = getByLabelText(/Surcoût supposé/)
    await fireEvent.update(percent, '20')
    await fireEvent.change(percent)
    // 20 % of 6,000 € more of 30,000 € of purchases.
    expect(getAllByText(/^1\s200\s€$/).length).toBeGreaterThan(0)
    expect(getAllByText(/^31\s200\s€$/).length).toBeGreaterThan(0)
  })

  it('are kept under a name, opened again and compared side by side', async () => {
    const api = anApi().on(scenarioApi.create, () => aScenario({ scenarioId: '55555555-5555-4555-8555-555555555555' }))
    const { findByRole, findByLabelText } = await open()
    await fireEvent.click(await findByRole('button', { name: 'Ouvrir Prudence' }))
    expect((await findByRole('slider', { name: /Volume d’affaires/ })).getAttribute('aria-valuetext')).toMatch(/-10\s%/)
    await fireEvent.click(await findByRole('button', { name: 'Comparer Prudence' }))
    await fireEvent.click(await findByRole('button', { name: 'Comparer Élan' }))
    const table = await findByRole('table', { name: 'Comparaison des scénarios' })
    expect(within(table).getAllByRole('columnheader').map(header => header.textContent?.trim())).toEqual(['Grandeur', 'Départ', 'Prudence', 'Élan'])
    await fireEvent.click(await findByRole('button', { name: 'Ouvrir Élan' }))
    const name = await findByLabelText('Nom du scénario')
    await fireEvent.update(name, 'Mon élan')
    await fireEvent.submit(name.closest('form')!)
    await expect.poll(() => api.sent.find(({ body }) => body !== undefined && body !== null)?.body).toMatchObject({ name: 'Mon élan', isShared: false, levers: { volume: 0.2 } })
  })

  it('stand on a dashboard side by side, behind the tiles that are there', async () => {
    const board: Board = {
      boardId: '66666666-6666-4666-8666-666666666666', title: 'Direction', version: 3, isMine: true, canEdit: true, ownerName: null, pins: [], updatedAt: '2026-11-20T10:00:00Z', shares: [],
      spec: { tiles: [{ tileId: 'a', title: '', figure: 'number', metricId: 'revenue_won', by: null, period: null, x: 0, y: 0, width: 3, height: 1 }] },
    }
    const api = anApi().on(boardApi.list, () => [{ ...board, boardId: 'x', title: 'D’autrui', canEdit: false }, board]).on(boardApi.get, () => board).on(boardApi.save, () => board)
    const { findByRole, findByText, queryByRole } = await open()
    await fireEvent.click(await findByRole('button', { name: 'Comparer Prudence' }))
    await findByRole('option', { name: 'Direction' })
    expect(queryByRole('option', { name: 'D’autrui' })).toBeNull()
    expect(await findByText(/« Prudence » n’est pas partagé/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Ajouter au tableau' }))
    await expect.poll(() => api.sent.findLast(({ body }) => body !== undefined && body !== null)?.body)
      .toMatchObject({ version: 3, title: 'Direction', spec: { tiles: [{ tileId: 'a' }, { scenarioIds: [aScenario().scenarioId], x: 0, y: 1 }] } })
    expect((await findByRole('link', { name: 'Voir le tableau' })).getAttribute('href')).toContain('/boards/66666666')
  })

  it('do not start from figures that are not there', async () => {
    anApi(aStart({ winRate: null, cycleDays: null }))
    const { findByText, queryByRole } = await open()
    expect(await findByText(/Il manque : Taux de réussite, Cycle de vente/)).toBeTruthy()
    expect(queryByRole('slider')).toBeNull()
  })
})

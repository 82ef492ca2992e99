import { watchApi, type OwnedWatch, type Watch, type Watches } from '@comptoir/shared/alerts/watch.contract'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import WatchesPage from './WatchesPage.vue'

const check = (month: string, state: Watch['checks'][number]['state']): Watch['checks'][number] => ({ month, state, value: 125_000, previous: 90_000, low: null, high: null, judgement: null })
const aWatch = (change: Partial<Watch> = {}): Watch => ({
  watchId: '00000000-0000-4000-8000-000000000001', metric: 'spend_total', categoryId: null,
  rule: { kind: 'change', direction: 'up', against: 'previous', share: 0.25, floor: 50_000 }, coolDownMonths: 0, isOn: true, unit: 'money', version: 1,
  checkedAt: '2026-11-20T09:00:00Z', checks: [check('2026-10-01', 'rang'), check('2026-09-01', 'quiet')], ...change,
})
const some = (watches: readonly Watch[]): Watches => ({ currency: 'EUR', watches: [...watches] })

function open(watches: readonly Watch[] = [aWatch()], others: readonly OwnedWatch[] = []) {
  const api = fakeApi().on(watchApi.list, () => some(watches)).on(watchApi.all, () => ({ currency: 'EUR', watches: [...others] }))
    .on(watchApi.try, () => ({ unit: 'money' as const, currency: 'EUR', checks: [check('2026-10-01', 'rang'), check('2026-09-01', 'unknown')], rang: 1 }))
  return { api, page: renderInPortal(WatchesPage) }
}

describe('the watches', () => {
  it('say in a sentence when they ring', async () => {
    const { findByText } = await open().page
    expect((await findByText(/^Quand le montant des dépenses/)).textContent?.replace(/\s/g, ' ')).toContain('varie à la hausse d’au moins 25 % et d’au moins 500,00 €, par rapport au mois précédent.')
  })

  it('show what a rule would have done before it is saved', async () => {
    const { api, page } = open([])
    api.on(watchApi.create, () => some([aWatch()]))
    const { findAllByRole, findByLabelText, findByText, findByRole } = await page
    await fireEvent.click((await findAllByRole('button', { name: 'Nouvelle surveillance' }))[0] as HTMLElement)
    await fireEvent.update(await findByLabelText('Variation d’au moins (%)'), '40')
    expect(await findByText(/elle aurait sonné une fois/)).toBeTruthy()
    expect(await findByText(/Un mois ne permet pas de le dire/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toEqual({
      metric: 'spend_total', categoryId: null, rule: { kind: 'change', direction: 'either', against: 'previous', share: 0.4, floor: 0 }, coolDownMonths: 0,
    }))
  })

  it('ask for the number that is missing', async () => {
    const { findAllByRole, findByLabelText, findByText, findByRole } = await open([]).page
    await fireEvent.click((await findAllByRole('button', { name: 'Nouvelle surveillance' }))[0] as HTMLElement)
    await fireEvent.update(await findByLabelText('Règle'), 'threshold')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    expect(await findByText('Saisissez un nombre.')).toBeTruthy()
  })

  it('hear whether a ring was worth it', async () => {
    const { api, page } = open()
    api.on(watchApi.judge, () => some([aWatch()]))
    const { findByRole } = await page
    await fireEvent.click(await findByRole('button', { name: 'Historique' }))
    await fireEvent.click(await findByRole('button', { name: 'C’était normal' }))
    await waitFor(() => expect(api.sent.some(({ body }) => JSON.stringify(body) === '{"month":"2026-10-01","judgement":"normal"}')).toBe(true))
  })

  it('are paused without losing their rule', async () => {
    const { api, page } = open()
    api.on(watchApi.change, () => some([aWatch({ isOn: false })]))
    const { findByRole, findByText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Mettre en pause' }))
    expect(await findByText('En pause')).toBeTruthy()
    expect(api.sent.findLast(({ body }) => body !== null)?.body).toMatchObject({ isOn: false, version: 1, rule: aWatch().rule })
  })

  const ofInes: OwnedWatch = { ...aWatch({ watchId: '00000000-0000-4000-8000-000000000002' }), isMine: false, ownerId: 7, ownerName: 'Inès Morel', isOwnerGone: true }

  it('of somebody who has left are seen by an administrator, paused, and handed over all at once', async () => {
    const { api, page } = open([], [ofInes])
    api.on(reportApi.choices, () => ({ people: [{ id: 2, name: 'Brice Petit' }], departments: [], channels: [] }))
      .on(watchApi.pause, () => ({ currency: 'EUR', watches: [{ ...ofInes, isOn: false }] }))
      .on(watchApi.handOverAll, () => ({ currency: 'EUR', watches: [{ ...ofInes, ownerId: 2, ownerName: 'Brice Petit', isOwnerGone: false, checks: [] }] }))
    const { findByRole, findByText } = await page
    expect(await findByText(/responsable\s: Inès Morel · ne prévient plus personne · dernier résultat\s: 1\s250,00\s€/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: /^Mettre en pause\s: .*Inès Morel/ }))
    expect(await findByText('En pause')).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/pause'))?.body).toEqual({ isPaused: true })
    await findByRole('option', { name: /^Inès Morel \(parti\)\s: 1 surveillance$/ })
    await fireEvent.update(await findByRole('combobox', { name: 'Nouveau responsable' }), '2')
    await fireEvent.click(await findByRole('button', { name: 'Confier' }))
    expect(await findByText(/responsable\s: Brice Petit · prévient Brice Petit · pas encore de résultat/)).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/owners'))?.body).toEqual({ fromId: 7, ownerId: 2 })
  })

  it('of others are not asked for by anybody else', async () => {
    const api = fakeApi().on(watchApi.list, () => some([aWatch()])).on(watchApi.all, () => ({ currency: 'EUR', watches: [ofInes] }))
    const { findByText, queryByText } = await renderInPortal(WatchesPage, { session: aSession({ viewer: { userId: 2, name: 'Léo', isAdmin: false, departmentIds: [] } }) })
    await findByText(/^Quand le montant des dépenses/)
    expect(queryByText('Surveillances de tout le portail')).toBeNull()
    expect(api.sent.some(({ address }) => address.pathname.endsWith('/all'))).toBe(false)
  })
})

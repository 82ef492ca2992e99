import { deadlineApi } from '@comptoir/shared/relationship/deadline.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import DeadlinesPage from './DeadlinesPage.vue'
import { aDeadline, idOf, someDeadlines } from './testing/relationship-samples.ts'

describe('the page of deadlines', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T10:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const deadlines = [
    aDeadline({ dueOn: '2026-11-25', kind: 'document.expiry', subjectId: idOf(2), title: 'insurance' }), aDeadline(),
    aDeadline({ kind: 'payment.due', subjectId: idOf(3), dueOn: '2027-03-01', title: 'F-12', amount: { minor: 125_000, currency: 'EUR' }, owner: null }),
  ]
  const open = (path = '/') => {
    const api = fakeApi().on(deadlineApi.list, () => someDeadlines({ deadlines })).on(deadlineApi.subscriptions, () => [])
    return { api, page: renderInPortal(DeadlinesPage, { path }) }
  }
  const asked = (api: ReturnType<typeof open>['api']) => api.sent.filter(({ address }) => address.pathname === '/api/deadlines').map(({ address }) => address.search)

  it('sorts by nearness, names who has to think of each, and leads to where it is dealt with', async () => {
    const { findByRole, getAllByRole } = await open().page
    await findByRole('heading', { name: 'Dans les sept jours' })
    expect(getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent?.trim())).toEqual(['Dans les sept jours', 'Dans les trente jours', 'Plus tard'])
    const rows = getAllByRole('row').map(({ textContent }) => textContent ?? '')
    expect(rows.find(text => text.includes('Document à renouveler'))).toContain('Attestation d’assurance')
    expect(rows.find(text => text.includes('F-12'))).toMatch(/1\s250,00\s€.*Administrateurs/)
    expect(getAllByRole('link', { name: 'Papeterie Morel' })[0]?.getAttribute('href')).toBe(`/vendors/${idOf(9)}?tab=documents`)
  })

  it('asks the server for kinds, people and the past', async () => {
    const { api, page } = open()
    const { findByRole, getByRole } = await page
    await fireEvent.click(await findByRole('button', { name: 'Préavis' }))
    await waitFor(() => expect(asked(api).at(-1)).toBe('?from=2026-11-22&kinds=contract.notice'))
    await findByRole('option', { name: 'Ada Morel' })
    await fireEvent.update(getByRole('combobox', { name: 'Responsable' }), '7')
    await fireEvent.click(getByRole('checkbox', { name: 'Afficher les échéances passées' }))
    await waitFor(() => expect(asked(api).at(-1)).toBe('?from=2025-11-22&kinds=contract.notice&owner=7'))
  })

  it('shows a month that is walked by keys', async () => {
    const { api, page } = open('/?view=calendar')
    const { findByRole, getByRole } = await page
    const grid = await findByRole('grid', { name: /novembre 2026/ })
    expect(asked(api).at(-1)).toBe('?from=2026-10-26&to=2026-12-06')
    expect(getByRole('button', { name: /25 nov. 2026\s: 1 échéance/ })).toBeTruthy()
    await fireEvent.keyDown(grid, { key: 'ArrowDown' })
    await fireEvent.keyDown(grid, { key: 'ArrowRight' })
    expect(await findByRole('heading', { name: 'Échéances du 30 nov. 2026' })).toBeTruthy()
    await fireEvent.keyDown(grid, { key: 'PageDown' })
    await findByRole('grid', { name: /décembre 2026/ })
  })

  it('shows a private address once', async () => {
    const { api, page } = open()
    api.on(deadlineApi.subscribe, () => ({
      url: 'https://app.example/calendar/secret.ics',
      subscription: { subscriptionId: idOf(4), language: 'fr', filter: { isMineOnly: true }, createdAt: '2026-11-22T10:00:00Z', lastReadAt: null },
    }))
    const { findByRole, findByDisplayValue } = await page
    await fireEvent.click(await findByRole('button', { name: 'S’abonner' }))
    await fireEvent.click(await findByRole('button', { name: 'Créer une adresse' }))
    expect(await findByDisplayValue('https://app.example/calendar/secret.ics')).toBeTruthy()
    expect(api.sent.find(({ body }) => body)?.body).toEqual({ language: 'fr', filter: { isMineOnly: true } })
  })
})

import { exchangeRateApi, type ExchangeRates } from '@comptoir/shared/sources/exchange-rate.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ExchangeRatesPage from './ExchangeRatesPage.vue'

const before: ExchangeRates = {
  baseCurrency: 'EUR', changes: [], revaluations: [],
  currencies: [{ currency: 'CHF', rates: [] }, { currency: 'USD', rates: [{ validFrom: '2026-01-01', rate: 0.9, isEntered: false }] }],
}
const change = { changeId: 4, currency: 'USD', validFrom: '2026-01-01', oldRate: 0.9, newRate: 0.925, changedAt: '2026-03-20T10:00:00Z', changedBy: 'Ada Byron', isUndone: false, canBeUndone: true }
const after: ExchangeRates = { ...before, changes: [change] }
const plain = (text: string | null | undefined): string => (text ?? '').replace(/\s/g, ' ')

it('shows what is known of a currency, takes a correction, and takes it back', async () => {
  const api = fakeApi().on(exchangeRateApi.list, () => before).on(exchangeRateApi.save, () => after).on(exchangeRateApi.undo, () => before)
  const { findByRole, findByText, findByLabelText, queryByText } = await renderInPortal(ExchangeRatesPage)
  expect(await findByText(/Aucun cours de CHF n’est connu/)).toBeTruthy()
  await fireEvent.update(await findByLabelText('Devise'), 'USD')
  expect(plain((await findByText(/1\sUSD = 0,9\sEUR/)).textContent)).toBe('1 USD = 0,9 EUR')
  await fireEvent.click(await findByRole('button', { name: /^Modifier le cours du/ }))
  await fireEvent.update(await findByLabelText('1 USD vaut, en EUR'), '0,925')
  await fireEvent.click(await findByRole('button', { name: 'Remplacer le cours' }))
  await waitFor(() => expect(api.sent.at(-1)?.body).toEqual({ currency: 'USD', validFrom: '2026-01-01', rate: 0.925 }))
  expect(plain((await findByText(/remplacé par/)).textContent)).toContain('1 USD = 0,9 EUR, remplacé par 1 USD = 0,925 EUR')
  await fireEvent.click(await findByRole('button', { name: /^Annuler\s:/ }))
  await waitFor(() => expect(queryByText(/remplacé par/)).toBeNull())
})

it('shows how far the amounts have followed until they have', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  let state: ExchangeRates = before
  const api = fakeApi().on(exchangeRateApi.list, () => state).on(exchangeRateApi.save, () => state = { ...after, revaluations: [{ currency: 'USD', done: 2000, total: 200_000 }] })
  const { findByRole, findByText, findByLabelText, queryByRole } = await renderInPortal(ExchangeRatesPage)
  await fireEvent.update(await findByLabelText('Devise'), 'USD')
  await fireEvent.update(await findByLabelText('1 USD vaut, en EUR'), '0,925')
  await fireEvent.click(await findByRole('button', { name: 'Ajouter le cours' }))
  expect(plain((await findByText(/recalculées$/)).textContent)).toBe('USD : 2 000 sur 200 000 affaires et factures recalculées')
  expect((await findByRole('progressbar', { name: 'Recalcul des montants en USD' })).getAttribute('value')).toBe('2000')
  expect(await findByText('C’est enregistré. Les montants sont en cours de recalcul.')).toBeTruthy()
  state = after
  vi.advanceTimersByTime(1500)
  await waitFor(() => expect(queryByRole('progressbar', { name: /^Recalcul/ })).toBeNull())
  const asked = api.sent.length
  vi.advanceTimersByTime(60_000)
  expect(api.sent.length).toBe(asked)
})

import { forecastApi, type MetricForecast } from '@comptoir/shared/forecasts/forecast.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ForecastsPage from './ForecastsPage.vue'
import { aForecast, anAnswer, aPipeline } from './testing/forecast-samples.ts'

const anApi = (found: MetricForecast = aForecast()): FakeApi => fakeApi()
  .on(forecastApi.metric, () => found)
  .on(forecastApi.pipeline, () => aPipeline())
  .on(forecastApi.choices, () => ({ pipelines: [{ categoryId: 0, name: 'Ventes' }, { categoryId: 3, name: 'Partenaires' }] }))

const open = (path = '/forecasts') => renderInPortal(ForecastsPage, { path })

describe('the forecast of a metric', () => {
  it('stands with its interval, its past error and the naive one', async () => {
    anApi()
    const { findByText, getByText, getAllByText } = await open()
    expect(await findByText(/Entre 9\s000\s€ et 11\s000\s€, 8 fois sur 10/)).toBeTruthy()
    expect(getAllByText(/^8,3\s%$/).length).toBeGreaterThan(0)
    expect(getByText(/Prévision naïve : 12,1\s%/)).toBeTruthy()
    expect(getByText(/79\s% des 42 valeurs rejouées y étaient/)).toBeTruthy()
    expect(getByText('Médiane de 3 méthodes éprouvées')).toBeTruthy()
    expect(getByText(/Le mois en cours \(mai 2026, 2\s500\s€ à ce jour\)/)).toBeTruthy()
  })

  it('is hidden where repeating the last month did as well, and shown when asked for', async () => {
    anApi(aForecast({ answer: anAnswer({ isBetterThanNaive: false }) }))
    const { findByRole, queryByText, findByText } = await open()
    await findByRole('heading', { name: 'Pas mieux que la prévision naïve' })
    expect(queryByText(/8 fois sur 10/)).toBeNull()
    await fireEvent.click(await findByRole('button', { name: 'Afficher tout de même' }))
    expect(await findByText(/8 fois sur 10/)).toBeTruthy()
  })

  it('is refused honestly where the history is short', async () => {
    anApi(aForecast({ answer: null, refusal: { reason: 'too_short', known: 3, needed: 8, mean: 200_000, lowest: 100_000, highest: 300_000 } }))
    const { findByText, getByText } = await open()
    expect(await findByText('Données insuffisantes')).toBeTruthy()
    expect(getByText(/au moins 8 mois complets.* 3 sont connus.*2\s000\s€ par mois, entre 1\s000\s€ et 3\s000\s€/)).toBeTruthy()
  })

  it('says what changed since last time, part by part, and which forecasts met reality', async () => {
    anApi(aForecast({
      change: { since: '2026-04-17T10:00:00Z', month: '2026-05-01', before: 900_000, after: 1_000_000, level: 120_000, trend: -30_000, season: 10_000, methodBefore: 'theta' },
      record: { trials: [{ madeAt: '2026-03-17T10:00:00Z', month: '2026-04-01', monthsAhead: 1, method: 'theta', point: 880_000, lower80: 800_000, upper80: 950_000, actual: 929_000, isHeld: true }], values: 1, held: 1, wape: 49 / 929, bias: -49 / 929, league: [] },
    }))
    const { findByText, findByRole, getByText } = await open()
    expect(await findByText(/9\s000\s€ → 10\s000\s€/)).toBeTruthy()
    expect(getByText(/\+1\s200\s€/)).toBeTruthy()
    expect(getByText(/-300\s€/)).toBeTruthy()
    expect(getByText('La méthode a changé : Thêta, puis Combinaison.')).toBeTruthy()
    const table = await findByRole('table', { name: 'Prévisions confrontées au réalisé' })
    expect(within(table).getByText('Oui')).toBeTruthy()
  })

  it('asks for another metric, horizon and pipeline by the address', async () => {
    const api = anApi()
    const { findByRole, findByLabelText } = await open()
    await fireEvent.update(await findByLabelText('Indicateur'), 'spend_total')
    await expect.poll(() => api.sent.at(-1)?.address.pathname).toBe('/api/forecasts/metrics/spend_total')
    await fireEvent.click(await findByRole('button', { name: '12 mois' }))
    await findByRole('button', { name: '12 mois', pressed: true })
    await fireEvent.update(await findByLabelText('Pipeline'), '3')
    await expect.poll(() => api.sent.at(-1)?.address.pathname + (api.sent.at(-1)?.address.search ?? '')).toBe('/api/forecasts/metrics/spend_total?horizon=12&categoryId=3')
  })
})

describe('the pipeline', () => {
  it('is told as a middle and a span, by stage, with how true its chances were', async () => {
    anApi()
    const { findByText, findAllByText, getByText, findByRole } = await open('/forecasts?view=pipeline')
    expect((await findAllByText(/8 fois sur 10 entre 3\s000\s€ et 8\s000\s€/)).length).toBeGreaterThan(0)
    expect(await findByText(/2 sans montant, hors calcul/)).toBeTruthy()
    expect(within(await findByRole('table', { name: 'Chances par étape' })).getByText(/Nouvelle · Ventes/)).toBeTruthy()
    expect(getByText('Plus précis que la moyenne')).toBeTruthy()
  })
})

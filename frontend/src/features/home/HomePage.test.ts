import { homeApi, type Home } from '@comptoir/shared/home/home.contract'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import HomePage from './HomePage.vue'

const aFigure = (values: Partial<MetricResult>): MetricResult => ({
  metricId: 'revenue_won', unit: 'money', currency: 'EUR', days: { from: '2026-10-23', to: '2026-11-21' }, value: 1_250_000, records: 8,
  leftOut: [], previous: null, change: null, by: null, bucket: null, parts: [], ...values,
}) as MetricResult
const aHome = (values: Partial<Home> = {}): Home => ({
  tasks: [], figures: [
    { id: 'revenue_won', result: aFigure({}) },
    { id: 'win_rate', result: aFigure({ metricId: 'win_rate', unit: 'percent', currency: null, value: null, records: 0 }) },
  ], firstSteps: [], ...values,
})
const steps: Home['firstSteps'] = [{ kind: 'vendors', isDone: true }, { kind: 'rights', isDone: false }, { kind: 'process', isDone: false }, { kind: 'report', isDone: false }]

describe('the page that Comptoir opens with', () => {
  it('says what waits and leads to where it is settled', async () => {
    fakeApi().on(homeApi.read, () => aHome({
      tasks: [
        { kind: 'payables', count: 4, urgentCount: 1, amount: { minor: 842_050, currency: 'EUR' } },
        { kind: 'paymentRuns', count: 1, urgentCount: 0, amount: null },
      ],
    }))
    const { findByRole } = await renderInPortal(HomePage)
    const payables = await findByRole('link', { name: /4 échéances de paiement dans les 7 jours dont 1 en retard 8\s421\s€/ })
    expect(payables.getAttribute('href')).toBe('/payments')
    expect((await findByRole('link', { name: /1 règlement à approuver/ })).getAttribute('href')).toBe('/payments?view=runs')
  })

  it('shows figures, and a dash where there is none', async () => {
    fakeApi().on(homeApi.read, () => aHome())
    const { findByText, getByText } = await renderInPortal(HomePage)
    expect(await findByText(/12\s500\s€/)).toBeTruthy()
    expect(getByText('—')).toBeTruthy()
    expect(getByText('Rien n’attend votre décision')).toBeTruthy()
  })

  it('shows administrators the first steps until they put them away', async () => {
    fakeApi().on(homeApi.read, () => aHome({ firstSteps: steps })).on(homeApi.hideFirstSteps, () => aHome())
    const { findByText, findByRole, queryByText } = await renderInPortal(HomePage)
    expect(await findByText('1 sur 4')).toBeTruthy()
    expect((await findByRole('link', { name: 'Donner les droits d’accès' })).getAttribute('href')).toBe('/access')
    await fireEvent.click(await findByRole('button', { name: 'Masquer' }))
    await waitFor(() => expect(queryByText('Pour bien commencer')).toBeNull())
  })
})

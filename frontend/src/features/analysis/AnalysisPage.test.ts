import { analysisApi } from '@comptoir/shared/analysis/analysis.contract'
import { firstActivityEffect, firstConversion, firstRetention, firstRfm, firstWinLoss } from '@comptoir/shared/analysis/first-queries'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import AnalysisPage from './AnalysisPage.vue'

afterEach(() => vi.useRealTimers())

const never = () => new Promise<never>(() => undefined)

describe('the analysis', () => {
  it.each([
    ['retention', analysisApi.retention, firstRetention],
    ['customers', analysisApi.rfm, firstRfm],
    ['conversion', analysisApi.conversion, firstConversion],
    ['winLoss', analysisApi.winLoss, firstWinLoss],
    ['activity', analysisApi.activityEffect, firstActivityEffect],
  ] as const)('asks in its view %s first what has been counted ahead', async (view, endpoint, first) => {
    const api = fakeApi().on(endpoint, never)
    await renderInPortal(AnalysisPage, { path: `/analysis?view=${view}` })
    await expect.poll(() => api.sent.find(({ address }) => address.pathname === endpoint.path)?.address.searchParams)
      .toSatisfy((asked: URLSearchParams | undefined) => asked !== undefined)
    const asked = api.sent.find(({ address }) => address.pathname === endpoint.path)!
    expect(Object.fromEntries(asked.address.searchParams)).toEqual(Object.fromEntries(Object.entries(first).map(([name, value]) => [name, String(value)])))
  })

  it.each([
    ['2026-03-01', 8, /Aucun nouveau client après mars 2026/], ['2026-03-01', -1, /Aucun nouveau client après mars 2026/], ['2026-10-01', 1, null],
  ])('says since when nobody has bought for the first time: cohort of %s, running from %i', async (start, runningFrom, words) => {
    fakeApi().on(analysisApi.retention, () => ({
      grain: 'month' as const, cohorts: [{ start, size: 4, shares: [1, 0.5], runningFrom }], periods: [], customers: 4, repeat: 2, withoutCompany: 0,
    }))
    const { findByText, queryByText } = await renderInPortal(AnalysisPage)
    await findByText(/Un client est une entreprise/)
    expect(queryByText(words ?? /Aucun nouveau client/) === null).toBe(words === null)
  })

  it('says after a second that it is still counting, and why it may take long', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    fakeApi().on(analysisApi.retention, never)
    const { findByText, queryByText } = await renderInPortal(AnalysisPage)
    expect(await findByText('Chargement en cours')).toBeTruthy()
    expect(queryByText(/Calcul en cours/)).toBeNull()
    vi.advanceTimersByTime(1_000)
    expect((await findByText(/Calcul en cours/)).className).not.toContain('sr-only')
  })
})

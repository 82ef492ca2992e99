import { dataQualityApi, type QualityReport } from '@comptoir/shared/data-quality/data-quality.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import DataQualityPage from './DataQualityPage.vue'

const freshness = { readUpTo: '2026-05-14T09:58:00Z', errorCode: null, portalCount: 8_800, mirrorCount: 8_800, countedAt: '2026-05-14T03:00:00Z' }
const report = (change: Partial<QualityReport['sources'][number]> = {}): QualityReport => ({
  currency: 'EUR',
  sources: [{
    sourceId: 'deals', score: 82, freshness, newestOn: '2026-05-13', emptyMonths: [],
    checks: [
      { checkId: 'deals_without_close', count: 120, examined: 1_000, verdict: 'bad', amountMinor: 12_000_00, totalMinor: 100_000_00 },
      { checkId: 'deals_rate', count: 0, examined: 990, verdict: 'good', amountMinor: 0, totalMinor: 100_000_00 },
      { checkId: 'deals_stale', count: 0, examined: 0, verdict: 'unknown', amountMinor: 0, totalMinor: 0 },
    ],
    ...change,
  }],
})
const open = (answer: QualityReport) => {
  const api = fakeApi().on(dataQualityApi.report, () => answer)
  return { api, page: renderInPortal(DataQualityPage) }
}

describe('the quality of the data', () => {
  it('says how much is touched, what that is worth and which figures it distorts', async () => {
    const { findByText, getByText } = await open(report()).page
    expect(await findByText(/120 sur 1\s000 \(12(,0)?\s%\)/)).toBeTruthy()
    expect(getByText(/soit 12(,0)?\s% du pipeline \(12\s000,00\s€\)/)).toBeTruthy()
    expect(getByText(/ne sait pas à quel mois/)).toBeTruthy()
    expect(getByText(/82 sur 100/)).toBeTruthy()
    expect(getByText('Non contrôlé')).toBeTruthy()
    expect(getByText(/comptent 8\s800/)).toBeTruthy()
  })

  it('shows in red that the portal counts something else, and the months in which nothing came', async () => {
    const { findByText, getByText } = await open(report({ freshness: { ...freshness, mirrorCount: 8_797 }, emptyMonths: ['2026-02-01'] })).page
    expect(await findByText('Nombres différents')).toBeTruthy()
    expect(getByText(/Le portail compte 8\s800, Comptoir 8\s797/)).toBeTruthy()
    expect(getByText(/Aucun enregistrement en février 2026/)).toBeTruthy()
  })

  it('leads to the records, each by its card in the portal', async () => {
    const { api, page } = open(report())
    api.on(dataQualityApi.records, () => ({ total: 120, records: [{ kind: 'deal' as const, id: '17', title: 'Affaire 17', amountMinor: 100_00, currency: 'EUR', responsible: null, on: null }] }))
    const { findByRole } = await page
    await fireEvent.click(await findByRole('button', { name: /Voir la liste – Sans date de clôture/ }))
    const table = await findByRole('table', { name: /Sans date de clôture/ })
    expect(within(table).getByRole('link', { name: 'Affaire 17' }).getAttribute('href')).toMatch(/\/crm\/deal\/details\/17\/$/)
    expect(within(table).getByText('Personne')).toBeTruthy()
  })

  it('leads to the external sources whose reading is late', async () => {
    const { api, page } = open(report({ sourceId: 'outside', freshness: null, checks: [{ checkId: 'outside_late', count: 1, examined: 3, verdict: 'bad', amountMinor: null, totalMinor: null }] }))
    api.on(dataQualityApi.records, () => ({ total: 1, records: [{ kind: 'source' as const, id: 'a', title: 'Régie', amountMinor: null, currency: null, responsible: 'Ada', on: '2026-05-11' }] }))
    const { findByRole, getByText } = await page
    await fireEvent.click(await findByRole('button', { name: /Voir la liste – Lecture en retard/ }))
    expect((await findByRole('link', { name: 'Régie' })).getAttribute('href')).toBe('/sources')
    expect(getByText('Dernière lecture réussie')).toBeTruthy()
    expect(getByText(/s’arrêtent à la dernière lecture réussie/)).toBeTruthy()
  })

  it('shows a failed read as an error with a way out', async () => {
    fakeApi().fail(dataQualityApi.report, 'internal')
    const { findByRole } = await renderInPortal(DataQualityPage)
    expect(await findByRole('alert')).toBeTruthy()
  })
})

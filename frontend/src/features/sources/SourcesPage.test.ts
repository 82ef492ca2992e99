import { sourceApi, type Source, type SourcePreview, type SourceRun, type Sources } from '@comptoir/shared/sources/source.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import SourcesPage from './SourcesPage.vue'
import './SourceWizard.vue'

const settings = {
  columns: { day: 'day', channel: 'channel', campaign: null, impressions: null, clicks: null, cost: 'cost', currency: null },
  dateOrder: 'ymd' as const, decimal: '.' as const, costUnit: 'major' as const, currency: 'EUR', channel: '', rowsPath: '',
}
const run: SourceRun = { runId: '1', reason: 'schedule', state: 'failed', fileName: null, read: 0, added: 0, changed: 0, same: 0, removed: 0, refused: 0, errorCode: 'source.address_unreachable', dueAt: '2026-11-20T05:00:00Z', finishedAt: '2026-11-20T05:00:00Z' }
const aSource = (change: Partial<Source> = {}): Source => ({
  sourceId: '00000000-0000-4000-8000-000000000001', dataset: 'ad_costs', kind: 'address', name: 'Meta', address: 'https://ads.example/costs', headers: [{ name: 'X-Api-Key', value: null }], settings,
  recurrence: { every: 'day', weekday: 1, day: 1, time: '06:00' }, timeZone: 'Europe/Paris', isSignatureRequired: false, keyHint: null, isPaused: false, nextRunAt: '2026-11-21T05:00:00Z', rows: 2, from: '2026-11-01', to: '2026-11-02',
  lastRun: run, version: 3, ...change,
})
const some = (...sources: Source[]): Sources => ({ sources, currency: 'EUR', timeZone: 'Europe/Paris', doorUrl: 'https://app.test/bx/sources/deliver' })
const preview: SourcePreview = {
  columns: ['day', 'channel', 'cost'].map(name => ({ name, type: 'text', filled: 1, samples: ['x'] })), rowCount: 2, places: [], place: null, settings, ledger: null,
  reading: { accepted: 2, keys: 1, longer: 0, faults: [], from: '2026-11-01', to: '2026-11-02', costs: [{ currency: 'EUR', minor: 1_250 }], impressions: null, clicks: null, rows: [] },
}
const plain = (text: string | null | undefined): string => (text ?? '').replace(/\s/g, ' ')

describe('the sources', () => {
  it('say when they are read, what they keep and what went wrong', async () => {
    fakeApi().on(sourceApi.list, () => some(aSource()))
    const { findByText } = await renderInPortal(SourcesPage)
    expect(plain((await findByText(/ads\.example/)).textContent)).toMatch(/Adresse HTTPS · ads\.example · chaque jour à 06:00 · 2 lignes, du 1er nov\. 2026 au 2 nov\. 2026 · prochaine lecture le 21 nov/)
    expect(await findByText(/L’adresse ne répond pas/)).toBeTruthy()
  })

  it('are tried before they are saved, and a stored secret is not typed again', async () => {
    const api = fakeApi().on(sourceApi.list, () => some(aSource())).on(sourceApi.preview, () => preview).on(sourceApi.change, () => ({ sourceId: aSource().sourceId, sources: some(aSource()), secrets: null }))
    const { findByRole, findByText } = await renderInPortal(SourcesPage)
    await fireEvent.click(await findByRole('button', { name: 'Modifier' }))
    await fireEvent.click(await findByRole('button', { name: 'Examiner' }, { timeout: 5_000 }))
    await fireEvent.click(await findByRole('button', { name: 'Tester' }))
    expect(plain((await findByText(/2 lignes lues/)).textContent)).toContain('soit 1 après regroupement, du 1er nov. 2026 au 2 nov. 2026 : 12,50 €.')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer la source' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({ name: 'Meta', version: 3, headers: [{ name: 'X-Api-Key', value: null }], settings, recurrence: { every: 'day', time: '06:00' } }))
  })

  it('can be brought back when they were taken away', async () => {
    let sources = some(aSource())
    const api = fakeApi().on(sourceApi.list, () => sources).on(sourceApi.remove, () => (sources = some())).on(sourceApi.restore, () => (sources = some(aSource())))
    const { findByRole, findByText } = await renderInPortal(SourcesPage)
    await fireEvent.click(await findByRole('button', { name: 'Supprimer' }))
    expect(await findByText('Aucune source externe')).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Rétablir' }))
    expect(await findByText(/ads\.example/)).toBeTruthy()
    expect(api.sent.some(({ address }) => address.pathname.endsWith('/restoration'))).toBe(true)
  })
})

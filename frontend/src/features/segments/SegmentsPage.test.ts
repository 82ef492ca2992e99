import { reportApi } from '@comptoir/shared/reports/report.contract'
import { segmentApi, type Segment, type SegmentSummary } from '@comptoir/shared/segments/segment.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import SegmentsPage from './SegmentsPage.vue'

const summary: SegmentSummary = {
  segmentId: '00000000-0000-4000-8000-000000000001', subject: 'deal', name: 'Grandes affaires',
  rule: { kind: 'all', rules: [{ field: 'amount', operator: 'at_least', values: [1_000_000] }, { field: 'source', operator: 'in', values: ['WEB'] }] },
  names: [{ field: 'source', value: 'WEB', name: 'Site web' }], version: 2, isMine: true, canEdit: true, isShared: false, ownerName: 'Camille Roux', updatedAt: '2026-11-20T10:00:00Z',
}
const whole: Segment = { ...summary, shares: [], uses: [{ place: 'board', id: 'b', name: 'Direction' }, { place: 'watch', id: null, name: null }] }

function open(segments: readonly SegmentSummary[] = [summary]) {
  const api = fakeApi().on(segmentApi.list, () => ({ currency: 'EUR', segments: [...segments] }))
    .on(segmentApi.choices, () => [{ value: '7', name: 'Léo Martin', group: null }]).on(segmentApi.get, () => whole)
    .on(reportApi.choices, () => ({ people: [{ id: 7, name: 'Léo Martin' }], departments: [{ id: 5, name: 'Achats' }], channels: [] }))
    .on(segmentApi.preview, () => ({ count: 12, total: 48, currency: 'EUR', sumMinor: 500_000, sample: [{ id: '1', title: 'Affaire 1', detail: 'Alpha', amountMinor: 1_000 }] }))
  return { api, page: renderInPortal(SegmentsPage) }
}
const plain = (text: string | null | undefined): string => (text ?? '').replace(/\s/g, ' ')

describe('the segments', () => {
  it('say their rule in a sentence', async () => {
    const { findByText } = await open().page
    expect(plain((await findByText(/^Montant/)).textContent).trim()).toBe('Montant d’au moins 10 000 EUR et Source parmi « Site web »')
  })

  it('are taught by an example, counted while it is changed, and saved', async () => {
    const { api, page } = open([])
    api.on(segmentApi.create, () => whole)
    const { findByRole, findByText, findByLabelText } = await page
    await fireEvent.click(await findByRole('button', { name: /^Essayer l’exemple .*90 jours/ }))
    expect(await findByText(/12 affaires sur 48/, {}, { timeout: 5_000 })).toBeTruthy()
    await fireEvent.update(await findByLabelText('Valeur'), '30')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.some(({ body }) => (body as { name?: string } | undefined)?.name === 'Gagnées depuis 90 jours')).toBe(true))
    expect(api.sent.find(({ body }) => (body as { name?: string } | undefined)?.name)?.body).toMatchObject({
      subject: 'deal', rule: { kind: 'all', rules: [{ field: 'outcome', operator: 'in', values: ['won'] }, { field: 'closed_on', operator: 'last_days', values: [30] }] },
    })
  })

  it('ask for a value that is missing before they are saved', async () => {
    const { api, page } = open([])
    const { findByRole, findAllByRole, findByLabelText, findByText } = await page
    await fireEvent.click((await findAllByRole('button', { name: 'Nouveau segment' }))[0] as HTMLElement)
    await fireEvent.update(await findByLabelText('Nom du segment'), 'Le mien')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    expect(await findByText('Complétez cette condition.')).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Ajouter un groupe' }))
    expect(await findAllByRole('group', { name: 'Groupe de conditions' })).toHaveLength(2)
    expect(api.sent.filter(({ body }) => (body as { name?: string } | undefined)?.name)).toHaveLength(0)
  })

  it('tell who shares them and what uses them', async () => {
    const { api, page } = open()
    api.on(segmentApi.share, () => whole)
    const { findByRole, findByText, findByLabelText } = await page
    await fireEvent.click(await findByRole('button', { name: /^Partage et usages du segment/ }))
    expect(await findByRole('link', { name: 'Direction' })).toBeTruthy()
    expect(await findByText('La surveillance d’une autre personne')).toBeTruthy()
    expect(await findByRole('option', { name: 'Responsable du service Achats' })).toBeTruthy()
    await fireEvent.update(await findByLabelText('Partager avec…'), 'user/7')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1) && api.sent.some(({ body }) => JSON.stringify(body) === '{"shares":[{"subjectKind":"user","subjectId":7,"role":"viewer"}]}')).toBe(true))
  })
})

import { scorecardApi } from '@comptoir/shared/scorecards/scorecard.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ScorecardSection from './ScorecardSection.vue'
import { aCard, aScorecard, points } from './testing/scorecard-samples.ts'

const aMonth = () => ({
  month: '2026-02-01', writtenAt: '2026-03-01T02:40:00.000Z', formulaVersion: 1, settingsVersion: 1, inputsHash: 'a',
  stored: { card: aCard(), month: aCard({ score: 68 }) },
  recomputed: { inputsHash: 'b', score: 70, monthScore: 68, differences: [{ figure: 'measures.otif', stored: 100, now: 50 }] },
  comments: [{ commentId: 'c1', kind: 'contest' as const, body: 'Grève du transporteur.', onBehalfOf: 'Paul Durand', evidenceLink: 'https://example.org/greve.pdf', computedScore: null, adjustedScore: null, at: '2026-03-02T09:00:00.000Z', author: { userId: 7, name: 'Ada Morel' } }],
})

const anApi = (scorecard = aScorecard()): FakeApi => fakeApi()
  .on(scorecardApi.ofVendor, () => scorecard)
  .on(scorecardApi.month, aMonth)

const open = (api: FakeApi = anApi()) => {
  void api
  return renderInPortal(ScorecardSection, { props: { vendorId: aScorecard().vendorId } })
}

describe('the evaluation of a vendor', () => {
  it('shows the score, its standing, what it covers and the way from target to score', async () => {
    const { findByText, getByRole, getAllByText, getByText } = await open()
    expect(await findByText('Pourquoi cette note')).toBeTruthy()
    expect(getAllByText('72,0').length).toBeGreaterThan(0)
    expect(getByText(/Couverture 85/)).toBeTruthy()
    const table = within(getByRole('table', { name: 'De l’objectif à la note, critère par critère' }))
    expect(table.getAllByRole('row').slice(1).map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent.trim()).filter(Boolean).join(' '))).toEqual([
      'Objectif pondéré 80,0', 'Livraison -6,0', 'Qualité +4,0', 'Prix -5,0', 'Service -1,0', 'Note 72,0',
    ])
    expect(getByText(/Critères sans données.*Conformité/)).toBeTruthy()
  })

  it('says what is missing instead of a score', async () => {
    const card = aCard({ score: null, standing: 'N/A', coverage: 25, contributions: {}, criteria: points(null, 100) })
    const { findByText, getByText, queryByText } = await open(anApi(aScorecard({ card, months: [], overTime: null, previous: null })))
    expect(await findByText('Pas encore de note')).toBeTruthy()
    expect(getByText(/lignes de commande avec une date promise échue/)).toBeTruthy()
    expect(queryByText('Pourquoi cette note')).toBeNull()
    expect(getByText('Non évalué')).toBeTruthy()
  })

  it('says why a standing is capped, and which rate is missing', async () => {
    const card = aCard({ vetoes: ['fraudAlert', 'expired:urssaf'], missingRates: [{ measure: 'ppv', currency: 'USD', day: '2026-01-05' }] })
    const { findByText, getByText } = await open(anApi(aScorecard({ card })))
    expect(await findByText('Une alerte de fraude est ouverte.')).toBeTruthy()
    expect(getByText(/Attestation de vigilance/)).toBeTruthy()
    expect(getByText(/taux de change USD/)).toBeTruthy()
  })

  it('leads from a measure to its documents', async () => {
    const api = anApi().on(scorecardApi.evidence, () => ({
      measure: 'otif' as const, currency: 'EUR', moreCount: 0,
      rows: [{ id: '1', label: 'C-1 · Vis M8', on: '2026-02-10', outcome: 'late', isGood: false, quantity: 10, part: 10, amount: 4, paid: null, reference: null, referenceSource: null }],
    }))
    const { findByRole } = await open(api)
    await fireEvent.click(await findByRole('button', { name: /^Détail.*Lignes complètes à temps/ }))
    const table = within(await findByRole('table', { name: /Documents derrière/ }))
    expect(table.getByText('C-1 · Vis M8')).toBeTruthy()
    expect(table.getByText('En retard')).toBeTruthy()
    expect(api.sent.at(-1)?.address.searchParams.get('measure')).toBe('otif')
  })

  it('lays a stored month beside today\'s, with what was said about it', async () => {
    const api = anApi().on(scorecardApi.comment, () => aMonth())
    const { findByText, findByRole, getByRole } = await open(api)
    expect(await findByText(/elle diffère/)).toBeTruthy()
    expect(await findByText('Grève du transporteur.')).toBeTruthy()
    expect(getByRole('link', { name: 'Pièce justificative' }).getAttribute('href')).toBe('https://example.org/greve.pdf')
    expect(await findByText('noté par Ada Morel')).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Réponse' }))
    await fireEvent.update(getByRole('textbox', { name: 'Votre message' }), 'Entendu.')
    await fireEvent.click(getByRole('button', { name: 'Envoyer' }))
    expect(await findByText('Message enregistré.')).toBeTruthy()
    expect(api.sent.find(({ body }) => body !== null)?.body).toEqual({ kind: 'answer', body: 'Entendu.' })
  })

  it('says when it cannot be read', async () => {
    const { findByText } = await open(fakeApi().fail(scorecardApi.ofVendor, 'internal'))
    expect(await findByText('Réessayer')).toBeTruthy()
  })
})

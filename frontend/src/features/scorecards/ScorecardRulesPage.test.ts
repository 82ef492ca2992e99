import type { ScorecardRules } from '@comptoir/shared/scorecards/rules.schema'
import { scorecardApi } from '@comptoir/shared/scorecards/scorecard.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ScorecardRulesPage from './ScorecardRulesPage.vue'
import { someRules } from './testing/scorecard-samples.ts'

const anApi = (): FakeApi => fakeApi()
  .on(scorecardApi.rules, someRules)
  .on(scorecardApi.previewRules, () => ({
    scored: { before: 3, after: 2 },
    blocked: { before: 0, after: 1 },
    moved: [
      { vendorId: 'v1', name: 'Visserie Morel', before: 81, after: 77.5, standingBefore: 'Excellent' as const, standingAfter: 'Satisfaisant' as const },
      { vendorId: 'v2', name: 'Fonderie Vasseur', before: 65, after: 65, standingBefore: 'Satisfaisant' as const, standingAfter: 'À surveiller' as const },
    ],
  }))

describe('the rules', () => {
  it('show what a change would do before it is saved', async () => {
    const api = anApi().on(scorecardApi.saveRules, () => ({ ...someRules(), version: 1 }))
    const { findByLabelText, findByText, getByRole, getByText } = await renderInPortal(ScorecardRulesPage, { path: '/scorecards/rules' })
    await fireEvent.update(await findByLabelText('Poids – Livraison'), '40')
    expect(await findByText(/2 fournisseurs changent de niveau\.\s+1 note change/)).toBeTruthy()
    expect(getByText('Visserie Morel')).toBeTruthy()
    await fireEvent.click(getByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.some(({ body }) => (body as { version?: number } | null)?.version === 0)).toBe(true))
    expect(await findByText('Règles enregistrées.')).toBeTruthy()
  })

  it('explain what does not fit together, and cannot be saved meanwhile', async () => {
    anApi()
    const { findByLabelText, findByText, getByRole } = await renderInPortal(ScorecardRulesPage, { path: '/scorecards/rules' })
    await fireEvent.update(await findByLabelText('« Satisfaisant » à partir de'), '20')
    expect(await findByText('Chaque niveau doit commencer plus haut que le précédent.')).toBeTruthy()
    expect(getByRole('button', { name: 'Enregistrer' }).hasAttribute('disabled')).toBe(true)
  })

  it('give each standing its consequences, and say whose payments they would hold back', async () => {
    const api = anApi()
    const { findByRole, findByText } = await renderInPortal(ScorecardRulesPage, { path: '/scorecards/rules' })
    const critical = within(await findByRole('group', { name: 'Critique' }))
    expect(critical.getByRole('checkbox', { name: 'Notifier' }).getAttribute('aria-checked')).toBe('true')
    await fireEvent.click(critical.getByRole('checkbox', { name: 'Retenir les paiements' }))
    expect(await findByText(/Paiements retenus\s: 0 fournisseurs avant, 1 après/)).toBeTruthy()
    const { rules } = api.sent.findLast(({ body }) => body)?.body as { rules: ScorecardRules }
    expect(rules.consequences).toMatchObject({ 'Critique': ['notify', 'trigger', 'blockPayments'], 'Excellent': ['notify', 'trigger'] })
  })
})

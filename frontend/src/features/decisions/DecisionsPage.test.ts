import { decisionApi, type DecisionChoices, type DecisionRule, type LoggedDecision } from '@comptoir/shared/decisions/decision.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import DecisionsPage from './DecisionsPage.vue'

const choices: DecisionChoices = {
  people: [{ id: '1', name: 'Hélène Marchand' }, { id: '3', name: 'Ada Morel' }], stages: [{ id: 'NEW', name: 'Prospection' }, { id: 'EXECUTING', name: 'Négociation' }],
  pipelines: [{ id: '0', name: 'Général' }], vendors: [], workflows: null, scenarios: [], segments: [], currency: 'EUR',
}
const aRule = (change: Partial<DecisionRule> = {}): DecisionRule => ({
  ruleId: '00000000-0000-4000-8000-000000000001', name: 'Grandes affaires', trigger: { kind: 'deal_amount' }, condition: { kind: 'deal_amount', direction: 'at_least', minor: 1_000_000 },
  effects: [{ kind: 'notify', userIds: [3] }], guards: { perDay: 10, quietHours: 24, needsApproval: true, approvers: [] }, actsAs: 1, isOn: true, version: 1,
  actsAsName: 'Hélène Marchand', nextRunAt: null, checkedAt: null, checkedMessage: null, isMet: null, trouble: null, decided: 2, ...change,
})
const aDecision = (change: Partial<LoggedDecision> = {}): LoggedDecision => ({
  decisionId: '00000000-0000-4000-8000-000000000009', ruleId: aRule().ruleId, ruleName: 'Grandes affaires', state: 'waiting', heldReason: null, times: 1, dealId: 7, dealTitle: 'Chaises',
  event: { kind: 'deal_amount', before: '100,00 €', after: '12 000,00 €', source: null }, numbers: { value: 12_000, threshold: 10_000, unit: 'EUR', verdict: 'reached' }, message: 'Montant de l’affaire : 12 000 €.',
  actsAsName: 'Hélène Marchand', decidedAt: '2026-11-20T10:00:00.000Z', judgedBy: null, judgedAt: null, comment: null,
  effects: [{ position: 0, effect: { kind: 'deal_stage', stageId: 'EXECUTING' }, state: 'proposed', subject: 'Négociation', before: null, errorCode: null, canUndo: false }],
  canJudge: true, canUndo: false, canRetry: false, ...change,
})

function open({ rules = [aRule()], decisions = [aDecision()] }: { rules?: DecisionRule[], decisions?: LoggedDecision[] } = {}) {
  const api = fakeApi().on(decisionApi.rules, () => rules).on(decisionApi.choices, () => choices)
    .on(decisionApi.log, () => ({ decisions, next: null, isAdmin: true }))
    .on(decisionApi.try, () => ({ refusal: null, amountsSince: null, occasions: 9, isCut: false, decided: 4, held: 2, unmet: 3, unknown: 0, examples: [] }))
  return { api, page: renderInPortal(DecisionsPage) }
}

describe('the decisions', () => {
  it('show the figures that led to one, and let a person agree', async () => {
    const { api, page } = open()
    api.on(decisionApi.approve, () => aDecision({ state: 'done', canJudge: false, canUndo: true, judgedBy: 'Ada Morel', comment: 'D’accord' }))
    const { findByRole, findByText, findByLabelText, queryByRole } = await page
    await fireEvent.click(await findByRole('button', { name: 'Chiffres' }))
    expect(await findByText('seuil atteint')).toBeTruthy()
    expect(await findByText(/100,00 € → 12 000,00 €/)).toBeTruthy()
    await fireEvent.update(await findByLabelText('Commentaire (facultatif)'), 'D’accord')
    await fireEvent.click(await findByRole('button', { name: 'Approuver' }))
    expect(await findByRole('button', { name: 'Annuler la décision' })).toBeTruthy()
    expect(queryByRole('button', { name: 'Approuver' })).toBeNull()
    expect(api.sent.at(-1)?.body).toEqual({ comment: 'D’accord' })
  })

  it('teach what a rule is while there is none', async () => {
    const { findByText } = await open({ rules: [], decisions: [] }).page
    expect(await findByText('Aucune règle pour l’instant')).toBeTruthy()
    expect(await findByText('Aucune décision pour l’instant')).toBeTruthy()
  })

  it('say what a rule would have decided before it is saved', async () => {
    const { api, page } = open({ rules: [] })
    api.on(decisionApi.create, () => [aRule()])
    const { findAllByRole, findByRole, findByLabelText, findByText } = await page
    await fireEvent.click((await findAllByRole('button', { name: 'Nouvelle règle' }))[0] as HTMLElement)
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer la règle' }))
    expect(await findByText('Donnez un nom à la règle.')).toBeTruthy()
    await fireEvent.update(await findByLabelText('Nom de la règle'), 'Pipeline en baisse')
    await fireEvent.update(await findByLabelText('Seuil'), '1000')
    expect(await findByText('Aurait décidé 4 fois')).toBeTruthy()
    expect(await findByText(/retenue 2 fois par les garde-fous/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer la règle' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({ name: 'Pipeline en baisse', condition: { kind: 'analysis', settings: { threshold: '1000' }, verdicts: ['reached'] }, guards: { needsApproval: true } }))
  })

  it('keep a rule from being saved whose effect has no deal', async () => {
    const { api, page } = open({ rules: [aRule({ effects: [{ kind: 'workflow', templateId: 2 }] })] })
    const { findByRole, findByLabelText, findByText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Modifier Grandes affaires' }))
    await fireEvent.update(await findByLabelText('Événement'), 'source')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer la règle' }))
    expect((await findByText(/Un effet a besoin d’une affaire/)).getAttribute('role')).toBe('alert')
    expect(api.sent.some(({ address }) => address.pathname.endsWith(aRule().ruleId))).toBe(false)
  })

  it('say which rule no longer does what it was set for', async () => {
    const { findByText } = await open({ rules: [aRule({ trouble: 'no_person' })] }).page
    expect(await findByText(/^Ne décide plus : la personne/)).toBeTruthy()
  })

  it('let a rule be copied: the copy is another rule', async () => {
    const { api, page } = open()
    api.on(decisionApi.create, () => [aRule(), aRule({ ruleId: '00000000-0000-4000-8000-000000000002', name: 'Grandes affaires (copie)' })])
    const { findByRole, findByLabelText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Dupliquer Grandes affaires' }))
    const name = await findByLabelText<HTMLInputElement>('Nom de la règle')
    expect(name.value).toBe('Grandes affaires (copie)')
    await waitFor(() => expect(document.activeElement).toBe(name))
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer la règle' }))
    expect(await findByRole('button', { name: 'Modifier Grandes affaires (copie)' })).toBeTruthy()
    expect(api.sent.at(-1)).toMatchObject({ body: { name: 'Grandes affaires (copie)', trigger: { kind: 'deal_amount' } } })
  })

  it('let the day of a month be chosen, and a number be typed anew', async () => {
    const { api, page } = open({ rules: [aRule({ trigger: { kind: 'source', source: 'crm' }, condition: { kind: 'always' } })] })
    api.on(decisionApi.change, () => [aRule()])
    const { findByRole, findByLabelText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Modifier Grandes affaires' }))
    await fireEvent.update(await findByLabelText('Événement'), 'schedule')
    await fireEvent.update(await findByLabelText('Rythme'), 'month')
    await fireEvent.update(await findByLabelText('Jour du mois'), '0')
    const perDay = await findByLabelText<HTMLInputElement>('Décisions par jour, au plus')
    await fireEvent.update(perDay, '')
    expect(perDay.value).toBe('')
    await fireEvent.update(perDay, '20')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer la règle' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({ trigger: { recurrence: { every: 'month', day: 0 } }, guards: { perDay: 20 } }))
  })
})

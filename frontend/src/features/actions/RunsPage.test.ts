import { actionApi } from '@comptoir/shared/actions/action.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import RunsPage from './RunsPage.vue'
import { aRun } from './testing/action-samples.ts'

const open = (path = '/runs') => renderInPortal(RunsPage, { path })

describe('the runs', () => {
  it('tell what was done for which record, when and how fast', async () => {
    fakeApi().on(actionApi.runs, () => ({ runs: [aRun()], next: null }))
    const { findByRole, getByRole, getByText } = await open()
    await findByRole('button', { name: /Gestion des fournisseurs · Total des dépenses/ })
    expect(getByRole('link', { name: 'Affaire n°\u00A0123' }).getAttribute('href')).toContain('/crm/deal/details/123/')
    expect(getByText(/^1,5\ss$/)).toBeTruthy()
    expect(getByText('Répondu', { selector: 'span' })).toBeTruthy()
  })

  it('show inputs, outputs and the workflow under the run that is opened', async () => {
    fakeApi().on(actionApi.runs, () => ({ runs: [aRun()], next: null }))
    const { findByRole, findByText, getByText, router } = await open()
    await fireEvent.click(await findByRole('button', { name: /Gestion des fournisseurs/ }))
    await findByText('L’entreprise de l’enregistrement')
    expect(getByText('Cette année')).toBeTruthy()
    expect(getByText(/^12\s450$/)).toBeTruthy()
    expect(getByText('wf-1')).toBeTruthy()
    expect(router.currentRoute.value.query.run).toBe(aRun().runId)
  })

  it('say why a run failed and what to do', async () => {
    fakeApi().on(actionApi.runs, () => ({ runs: [aRun({ isSuccess: false, errorCode: 'action.no_vendor', returns: { success: false, verdict: 'error' } })], next: null }))
    const { findAllByText, getByText } = await open(`/runs?run=${aRun().runId}`)
    expect(await findAllByText(/Aucun fournisseur ne correspond\. Vérifiez/)).toHaveLength(2)
    expect(getByText('En échec')).toBeTruthy()
  })

  it('are started again after a question, and tell that the workflow no longer waits', async () => {
    const rerun = aRun({ runId: '00000000-0000-4000-8000-000000000002', state: 'unanswered', rerunOf: aRun().runId })
    const api = fakeApi().on(actionApi.runs, () => ({ runs: [aRun()], next: null })).on(actionApi.rerun, () => rerun)
    const { findByRole, findByText, getByRole } = await open(`/runs?run=${aRun().runId}`)
    await fireEvent.click(await findByRole('button', { name: 'Relancer…' }))
    expect(api.sent).toHaveLength(1)
    await fireEvent.click(getByRole('button', { name: 'Relancer' }))
    expect(await findByText(/le processus n’attend plus/)).toBeTruthy()
    expect(api.sent.at(-1)?.params).toEqual({ runId: aRun().runId })
  })

  it('keep their filters in the address and ask the server for them', async () => {
    const api = fakeApi().on(actionApi.runs, () => ({ runs: [], next: null }))
    const { findByRole, findByText, router } = await open('/runs?state=failed')
    await findByText('Aucune exécution ne correspond')
    await fireEvent.update(await findByRole('combobox', { name: 'Filtrer par action' }), 'business-analytics')
    await waitFor(() => expect(api.sent.at(-1)?.address.search).toBe('?actionId=business-analytics&state=failed'))
    expect(router.currentRoute.value.query).toEqual({ action: 'business-analytics', state: 'failed' })
  })

  it('go on where the page ended', async () => {
    const older = aRun({ runId: '00000000-0000-4000-8000-000000000003', actionId: 'business-analytics', operation: 'metric-threshold' })
    const api = fakeApi().on(actionApi.runs, ({ address }) => address.searchParams.has('before') ? { runs: [older], next: null } : { runs: [aRun()], next: 'cursor' })
    const { findByRole, queryByRole } = await open()
    await fireEvent.click(await findByRole('button', { name: 'Afficher plus d’exécutions' }))
    await findByRole('button', { name: /Analyse commerciale · Indicateur et seuil/ })
    expect(queryByRole('button', { name: 'Afficher plus d’exécutions' })).toBeNull()
    expect(api.sent.at(-1)?.address.searchParams.get('before')).toBe('cursor')
  })

  it('teach how to get the first one', async () => {
    fakeApi().on(actionApi.runs, () => ({ runs: [], next: null }))
    const { findByText } = await open()
    expect(await findByText(/Placez une action de Comptoir dans un processus/)).toBeTruthy()
  })
})

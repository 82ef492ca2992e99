import { processApi, processIds, type Processes } from '@comptoir/shared/processes/process.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ProcessesSection from './ProcessesSection.vue'

const trigger = (code: string, state: Processes['triggers'][number]['state']) => ({ code, state, title: { fr: `Comptoir : ${code}`, en: `Comptoir: ${code}` } })
const processes = (values: Partial<Processes> = {}): Processes => ({
  isAdmin: true, triggers: [trigger('comptoir_score_below', 'installed'), trigger('comptoir_status_changed', 'absent')],
  templates: processIds.map(id => ({ id, state: 'absent' })), ...values,
})

describe('the ready-made processes', () => {
  it('are installed with one click, and taken back after a question', async () => {
    const there = processes({ templates: processIds.map(id => ({ id, state: id === 'renewal' ? 'installed' : 'absent' })) })
    const api = fakeApi().on(processApi.get, () => processes()).on(processApi.install, () => there).on(processApi.remove, () => processes())
    const { findByRole } = await renderInPortal(ProcessesSection, { props: { part: 'processes' } })
    await fireEvent.click(await findByRole('button', { name: /^Installer\s: Renouvellement d’un contrat$/ }))
    await fireEvent.click(await findByRole('button', { name: /^Retirer\s: Renouvellement d’un contrat$/ }))
    await fireEvent.click(within(await findByRole('dialog')).getByRole('button', { name: 'Retirer' }))
    expect(await findByRole('button', { name: /^Installer\s: Renouvellement d’un contrat$/ })).toBeTruthy()
    expect(api.sent.map(({ params }) => params.processId).filter(Boolean)).toEqual(['renewal', 'renewal'])
  })

  it('can be built by hand, step by step', async () => {
    fakeApi().on(processApi.get, () => processes())
    const { findByRole, findByText } = await renderInPortal(ProcessesSection, { props: { part: 'processes' } })
    await fireEvent.click(await findByRole('button', { name: /^Pas à pas\s: Note en baisse$/ }))
    expect(await findByText(/l’absence de note n’est pas une mauvaise note/, {}, { timeout: 10_000 })).toBeTruthy()
  })

  it('say why the portal refuses one', async () => {
    fakeApi().on(processApi.get, () => processes()).fail(processApi.install, 'process.refused', { hostCode: 'ERROR_TEMPLATE_VALIDATION_FAILURE' })
    const { findByRole, findAllByText } = await renderInPortal(ProcessesSection, { props: { part: 'processes' } })
    await fireEvent.click(await findByRole('button', { name: /^Installer\s: Note en baisse$/ }))
    expect(await findAllByText(/ERROR_TEMPLATE_VALIDATION_FAILURE/)).not.toHaveLength(0)
  })

  it('are explained to everybody, and changed by administrators alone', async () => {
    fakeApi().on(processApi.get, () => processes({ isAdmin: false, triggers: [trigger('comptoir_score_below', 'unknown')], templates: processIds.map(id => ({ id, state: 'unknown' })) }))
    const { findByText, queryByRole } = await renderInPortal(ProcessesSection, { props: { part: 'triggers' } })
    expect(await findByText(/passe sous le seuil de vos règles/)).toBeTruthy()
    expect(queryByRole('button', { name: /^(?:Installer|Réparer)/ })).toBe(null)
  })
})

describe('the triggers', () => {
  it('say what fires them, and are repaired at once', async () => {
    fakeApi().on(processApi.get, () => processes()).on(processApi.installTriggers, () => processes({ triggers: [trigger('comptoir_score_below', 'installed'), trigger('comptoir_status_changed', 'installed')] }))
    const { findByRole, findByText, getAllByText, queryByRole, queryByText } = await renderInPortal(ProcessesSection, { props: { part: 'triggers' } })
    expect(await findByText('Absent')).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Réparer les déclencheurs' }))
    await waitFor(() => expect(queryByText('Absent')).toBe(null))
    expect(getAllByText('Installé')).toHaveLength(2)
    expect(queryByRole('button', { name: 'Réparer les déclencheurs' })).toBe(null)
  })
})

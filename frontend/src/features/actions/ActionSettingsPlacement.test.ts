import { actionApi } from '@comptoir/shared/actions/action.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Frame } from '../../platform/frame/frame.ts'
import { provideHost } from '../../platform/host.ts'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ActionSettingsPlacement from './ActionSettingsPlacement.vue'
import { aPreview, dialogOptions } from './testing/action-samples.ts'

let api: FakeApi
let told: Readonly<Record<string, unknown>>[]

const chairs = { entityTypeId: 2, entityId: 123, title: 'Chaises' }
const vendorId = '00000000-0000-4000-8000-000000000001'

beforeEach(() => {
  told = []
  provideHost({ init: () => Promise.resolve({ options: {} }), setPropertyValue: (values: Readonly<Record<string, unknown>>) => Promise.resolve(void told.push(values)) } as unknown as Frame)
  api = fakeApi()
    .on(actionApi.documents, () => ({ documents: [chairs] }))
    .on(actionApi.choices, () => ({ pipelines: [{ id: '0', name: 'Général' }], people: [{ id: '3', name: 'Ada Morel' }, { id: '7', name: 'Élie Roy' }], scenarios: [], segments: [], reports: [{ id: '00000000-0000-4000-8000-00000000000a', name: 'Achats du mois' }] }))
    .on(actionApi.preview, () => aPreview())
})

afterEach(() => {
  provideHost(null)
  document.getElementById('comptoir-boot')?.remove()
})

function open(values: Readonly<Record<string, unknown>> = {}) {
  const boot = document.createElement('script')
  boot.type = 'application/json'
  boot.id = 'comptoir-boot'
  boot.textContent = JSON.stringify({ placement: 'action-settings', options: dialogOptions(values), language: 'fr', session: null, first: null })
  document.body.append(boot)
  return renderInPortal(ActionSettingsPlacement)
}

/** Whoever goes to the host's Save button takes the focus out of the frame. */
const leaveFrame = () => fireEvent(window, new Event('blur'))
const valueOf = (field: HTMLElement): string => (field as HTMLInputElement | HTMLSelectElement).value
const previews = () => api.sent.filter(({ address }) => address.pathname.endsWith('/preview')).map(({ body }) => body as { settings: Record<string, string>, samples: unknown, document: unknown })

describe('the settings page', () => {
  it('restores what the step has, expressions included', async () => {
    api.on(vendorApi.get, () => ({ vendor: { name: 'Chaises & Cie' } }) as never)
    const { findByRole, getByRole, findByDisplayValue } = await open({
      current_values: { operation: 'change-status', vendorSource: ['fixed'], vendorId, status: '{=Variable:Limit}', reason: 'Litige' },
    })
    expect(valueOf(await findByRole('combobox', { name: 'Opération' }))).toBe('change-status')
    expect(valueOf(getByRole('combobox', { name: 'Fournisseur' }))).toBe('fixed')
    expect(valueOf(await findByRole('textbox', { name: 'Nouveau statut' }))).toBe('{=Variable:Limit}')
    expect(valueOf(getByRole('textbox', { name: /^Motif/ }))).toBe('Litige')
    await findByDisplayValue('Chaises & Cie')
    await leaveFrame()
    expect(told).toEqual([])
  })

  it('starts a new step with settings that work, and hands them to the host', async () => {
    const { findByRole } = await open()
    expect(valueOf(await findByRole('combobox', { name: 'Période' }))).toBe('last_12_months')
    await leaveFrame()
    expect(told).toEqual([{
      operation: 'total-spend', vendorSource: 'document', vendorId: '', vendorExpression: '', period: 'last_12_months', periodFrom: '', periodTo: '', status: '', reason: '',
      plannedCost: '', paymentAmount: '', dueOn: '', reference: '', documentName: '', actsAs: '',
    }])
  })

  it('tells every setting after a change, those that no longer matter as empty', async () => {
    const { findByRole, getByLabelText } = await open({ current_values: { operation: 'total-spend', vendorSource: 'document', period: 'custom', periodFrom: '01.02.2026', periodTo: '2026-02-28' } })
    const period = await findByRole('combobox', { name: 'Période' })
    expect(valueOf(getByLabelText('Du'))).toBe('01/02/2026')
    await fireEvent.update(period, 'this_month')
    await leaveFrame()
    expect(told.at(-1)).toMatchObject({ period: 'this_month', periodFrom: '', periodTo: '' })
    await fireEvent.update(period, 'custom')
    expect(valueOf(getByLabelText('Au'))).toBe('28/02/2026')
  })

  it('reminds of the designer\'s own Save, louder after a change', async () => {
    const { findByRole, findByText } = await open({ current_values: { operation: 'total-spend', vendorSource: 'document', period: 'all' } })
    const banner = (await findByText(/Enregistrez aussi l’action/)).parentElement
    expect(banner?.className).not.toContain('tone-warn')
    await fireEvent.update(await findByRole('combobox', { name: 'Période' }), 'this_year')
    expect(banner?.className).toContain('tone-warn')
  })

  it('keeps the typed value and the expression while it goes from one to the other', async () => {
    const { findByRole, getByRole } = await open({ code: 'comptoir_business_analytics' })
    const toggle = await findByRole('button', { name: /^Expression\s: Seuil$/ })
    await fireEvent.update(getByRole('textbox', { name: /^Seuil/ }), '5000')
    await fireEvent.click(toggle)
    const insert = await findByRole('combobox', { name: /^Insérer une valeur dans «\sSeuil/ })
    await fireEvent.update(insert, 'montant')
    await fireEvent.keyDown(insert, { key: 'Enter' })
    expect(valueOf(getByRole('textbox', { name: /^Seuil/ }))).toBe('{=Document:OPPORTUNITY}')
    await leaveFrame()
    expect(told.at(-1)).toMatchObject({ threshold: '{=Document:OPPORTUNITY}' })
    await fireEvent.click(toggle)
    expect(valueOf(getByRole('textbox', { name: /^Seuil/ }))).toBe('5000')
    await fireEvent.click(toggle)
    expect(valueOf(getByRole('textbox', { name: /^Seuil/ }))).toBe('{=Document:OPPORTUNITY}')
  })

  it('says what is wrong with a field once it was left, and asks for no preview meanwhile', async () => {
    const { findByRole, getByRole, findByText, queryByText } = await open({ code: 'comptoir_business_analytics' })
    const threshold = await findByRole('textbox', { name: /^Seuil/ })
    expect(queryByText('Ce réglage est nécessaire.')).toBeNull()
    expect(await findByText(/^À compléter pour voir le résultat\s: Seuil\.$/)).toBeTruthy()
    await fireEvent.blur(threshold)
    expect(getByRole('alert').textContent).toContain('Ce réglage est nécessaire.')
    await fireEvent.update(threshold, 'beaucoup')
    expect(getByRole('alert').textContent).toContain('Indiquez un nombre')
    expect(previews()).toEqual([])
  })

  it('adds and removes people', async () => {
    const { findByRole, getByRole } = await open({ code: 'comptoir_business_analytics', current_values: { operation: 'metric-threshold', userIds: 'user_3' } })
    await findByRole('button', { name: 'Retirer Ada Morel' })
    const people = getByRole('combobox', { name: /^Responsables/ })
    await fireEvent.update(people, 'elie')
    await fireEvent.keyDown(people, { key: 'Enter' })
    await leaveFrame()
    expect(told.at(-1)).toMatchObject({ userIds: '3,7' })
    await fireEvent.click(getByRole('button', { name: 'Retirer Ada Morel' }))
    await leaveFrame()
    expect(told.at(-1)).toMatchObject({ userIds: '7' })
  })

  it('offers the reports that the viewer may see, and says when the chosen one is none of them', async () => {
    const { findByRole, findByText, getByRole } = await open({ code: 'comptoir_business_analytics', current_values: { operation: 'report', reportId: 'gone' } })
    await findByText('Introuvable, ou non partagé avec vous')
    await fireEvent.update(await findByRole('combobox', { name: 'Rapport planifié' }), '00000000-0000-4000-8000-00000000000a')
    await leaveFrame()
    expect(told.at(-1)).toMatchObject({ operation: 'report', reportId: '00000000-0000-4000-8000-00000000000a' })
    expect(valueOf(getByRole('combobox', { name: 'Rapport planifié' }))).toContain('00a')
  })

  it('knows an action that it does not know', async () => {
    const { findByText } = await open({ code: 'from_the_future' })
    expect(await findByText('Action inconnue')).toBeTruthy()
  })

  it('opens the instructions in place and comes back to the settings as they were', async () => {
    const { findByRole, getByRole, queryByRole } = await open()
    await fireEvent.update(await findByRole('combobox', { name: 'Période' }), 'this_year')
    await fireEvent.click(getByRole('button', { name: 'Instructions' }))
    const search = await findByRole('searchbox', { name: 'Rechercher dans les instructions' })
    await fireEvent.update(search, 'encodage')
    await fireEvent.keyDown(search, { key: 'Enter' })
    const heading = await findByRole('heading', { name: /^2\. Réunir les données/ })
    expect(within(heading.closest('section')!).getByText('encodage', { selector: 'mark' })).toBeTruthy()
    expect(queryByRole('heading', { name: /^1\. / })).toBeNull()
    await fireEvent.click(getByRole('button', { name: 'Revenir aux réglages' }))
    expect(valueOf(getByRole('combobox', { name: 'Période' }))).toBe('this_year')
  })
})

describe('the live preview', () => {
  it('answers for the newest record, under the names the workflow will see', async () => {
    const { findByText, getByRole } = await open()
    await findByText('12 450,00 € dépensés chez Chaises & Cie.')
    expect(getByRole('region', { name: 'Aperçu en direct' }).textContent).toMatch(/Pour l’affaire n°\s123 «\sChaises\s», maintenant/)
    expect(previews()[0]).toMatchObject({ document: { entityTypeId: 2, entityId: 123 }, settings: { period: 'last_12_months' } })
    expect(getByRole('button', { name: /^Copier l’expression de «\sDépenses totales/ }).title).toBe('{=A1_2:total}')
  })

  it('asks again after a change', async () => {
    const { findByRole, findByText } = await open()
    await findByText('12 450,00 € dépensés chez Chaises & Cie.')
    api.on(actionApi.preview, () => aPreview({ message: 'Rien ce mois-ci.' }))
    await fireEvent.update(await findByRole('combobox', { name: 'Période' }), 'this_month')
    await findByText('Rien ce mois-ci.')
  })

  it('asks for a sample where only a running workflow knows the value', async () => {
    api.on(actionApi.preview, ({ body }) => {
      const value = (body as { samples: Record<string, string> }).samples['{=A9_9:value}'] ?? null
      return aPreview({ expressions: [{ text: '{=A9_9:value}', value }], ...value === null && { returns: null, message: null } })
    })
    const { findByLabelText, findByText } = await open()
    await fireEvent.update(await findByLabelText('{=A9_9:value}'), '15')
    await findByText('12 450,00 € dépensés chez Chaises & Cie.')
    expect(previews().at(-1)?.samples).toEqual({ '{=A9_9:value}': '15' })
  })

  it('says why there is no answer, and what to do', async () => {
    api.on(actionApi.preview, () => aPreview({ returns: null, message: null, failure: { code: 'action.no_vendor', details: {} } }))
    const { findByText } = await open()
    expect(await findByText(/Aucun fournisseur ne correspond\. Vérifiez/)).toBeTruthy()
  })

  it('shows the failure of the question itself and asks again', async () => {
    api.fail(actionApi.preview, 'crm.unavailable')
    const { findByText, getByRole } = await open()
    await findByText(/Le portail ne répond pas/)
    api.on(actionApi.preview, () => aPreview())
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    await findByText('12 450,00 € dépensés chez Chaises & Cie.')
  })

  it('tells what a dry run would change, return and note, and that nothing was changed', async () => {
    api.on(actionApi.preview, () => aPreview({ effects: [{ kind: 'vendor_status', vendorId, vendorName: 'Chaises & Cie', from: 'active', to: 'suspended' }] }))
    const { findByText, findByRole, getByRole } = await open()
    await findByText(/^Chaises & Cie\s: actif → suspendu$/)
    await fireEvent.click(getByRole('button', { name: 'Tester (sans rien modifier)' }))
    const report = await findByRole('region', { name: 'Résultat de l’essai' })
    expect(report.textContent).toMatch(/rien n’a été modifié/)
    expect(report.textContent).toMatch(/Serait modifié\s*Chaises & Cie\s: actif → suspendu/)
    expect(report.textContent).toMatch(/Serait noté dans le journal\s*12 450,00 € dépensés/)
  })

  it('does without a record where it cannot read that kind', async () => {
    const { findByText, queryByRole } = await open({ document_type: ['crm', 'x', 'DYNAMIC_1036'] })
    await findByText(/L’aperçu ne lit que les affaires et les entreprises/)
    await waitFor(() => expect(previews()[0]?.document).toBeNull())
    expect(queryByRole('combobox', { name: 'Essayer sur' })).toBeNull()
  })
})

import { noticeApi, type PreferencesPage as Preferences, type SettingsPage } from '@comptoir/shared/notices/notice.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import AlertSettingsPage from './AlertSettingsPage.vue'
import PreferencesPage from './PreferencesPage.vue'

const preferences: Preferences = {
  preferences: { language: 'fr', timeZone: 'Europe/Paris', quietFrom: null, quietUntil: null, digest: 'off', digestWeekday: 1, digestHour: 9, wishes: {} },
  portalQuiet: { from: '20:00', until: '08:00' }, preview: 'Alertes ouvertes : 2', isDeliverable: true,
}

describe('what a person chooses for their notices', () => {
  it('is saved as chosen', async () => {
    const api = fakeApi().on(noticeApi.preferences, () => preferences).on(noticeApi.savePreferences, () => preferences)
    const { findByLabelText, findByRole, getByLabelText } = await renderInPortal(PreferencesPage)
    await fireEvent.update(await findByLabelText('Récapitulatif'), 'weekly')
    await fireEvent.update(await findByLabelText('Jour'), '3')
    await fireEvent.click(getByLabelText(/Choisir mes heures/))
    await fireEvent.update(getByLabelText('Fin de contrat'), 'off')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({ digest: 'weekly', digestWeekday: 3, quietFrom: '20:00', quietUntil: '08:00', wishes: { contract_end: 'off' } }))
  })

  it('comes with a word about a portal that lets nothing ring', async () => {
    fakeApi().on(noticeApi.preferences, () => ({ ...preferences, isDeliverable: false }))
    const { findByText } = await renderInPortal(PreferencesPage)
    expect(await findByText(/n’a pas accordé le droit/)).toBeTruthy()
  })
})

const settings: SettingsPage = {
  settings: {
    quietFrom: '20:00', quietUntil: '08:00', fallbackUserIds: [], defaultDigest: 'off', companyDays: { weekdays: [1, 2, 3, 4, 5], holidays: 'france', closures: [] },
    kinds: [{ kind: 'contract_end', isOn: true, steps: [90, 30], channels: ['bell'] }, { kind: 'payment_overdue', isOn: true, steps: null, channels: ['bell'] }],
  },
  people: [{ userId: 1, name: 'Camille Roux' }], missingScope: ['im'], waiting: 2, sentLastWeek: 14,
  failed: [{ kind: 'contract_end', channel: 'task', personName: 'Léa Petit', reason: 'ERROR_CORE', at: '2026-11-20T08:00:00Z' }],
}

describe('the portal\'s settings of alerts', () => {
  it('say when the company works', async () => {
    const api = fakeApi().on(noticeApi.settings, () => settings).on(noticeApi.saveSettings, () => settings)
    const { findByRole, getByRole, getByLabelText } = await renderInPortal(AlertSettingsPage)
    await fireEvent.click(await findByRole('button', { name: 'sam.' }))
    await fireEvent.update(getByLabelText('Jours fériés'), 'alsace')
    await fireEvent.click(getByRole('button', { name: 'Ajouter une fermeture' }))
    await fireEvent.change(getByLabelText('Fermeture 1, premier jour'), { target: { value: '2026-08-21' } })
    await fireEvent.change(getByLabelText('Fermeture 1, dernier jour'), { target: { value: '2026-08-03' } })
    await fireEvent.click(getByRole('button', { name: 'Ajouter une fermeture' }))
    await fireEvent.click(getByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({
      companyDays: { weekdays: [1, 2, 3, 4, 5, 6], holidays: 'alsace', closures: [{ from: '2026-08-03', to: '2026-08-03' }] },
    }))
  })

  it('change the steps of a ladder and the ways it is told', async () => {
    const api = fakeApi().on(noticeApi.settings, () => settings).on(noticeApi.saveSettings, () => settings)
    const { findByLabelText, getAllByLabelText, findByRole } = await renderInPortal(AlertSettingsPage)
    await fireEvent.update(await findByLabelText(/Rappels en jours avant l’échéance/), '7; 60')
    await fireEvent.click(getAllByLabelText('Tâche')[0] as HTMLElement)
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toMatchObject({ kinds: [{ kind: 'contract_end', steps: [60, 7], channels: ['bell', 'task'] }, { steps: null }] }))
  })

  it('refuse what is no number of days, at the field', async () => {
    const api = fakeApi().on(noticeApi.settings, () => settings)
    const { findByLabelText, findByRole } = await renderInPortal(AlertSettingsPage)
    await fireEvent.update(await findByLabelText(/Rappels en jours avant l’échéance/), 'bientôt')
    expect((await findByRole('alert')).textContent).toContain('0 à 365')
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer' }))
    expect(api.sent).toHaveLength(1)
  })

  it('name the right that is missing and what the portal refused', async () => {
    fakeApi().on(noticeApi.settings, () => settings)
    const { findByText } = await renderInPortal(AlertSettingsPage)
    expect(await findByText(/Droit manquant\s: im/)).toBeTruthy()
    expect(await findByText(/Fin de contrat à Léa Petit \(Tâche\)\s: ERROR_CORE/)).toBeTruthy()
  })
})

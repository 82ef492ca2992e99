import { inventoryIds } from '@comptoir/shared/personal-data/inventory'
import { personalDataApi, type PersonalData, type PersonMatch } from '@comptoir/shared/personal-data/personal-data.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
// It is loaded with the first question: here it is at hand.
import '../../ui/ConfirmDialog.vue'
import PersonalDataPage from './PersonalDataPage.vue'

const aState = (values: Partial<PersonalData> = {}): PersonalData => ({
  inventory: inventoryIds.map(id => ({ id, count: 3, keptDays: id === 'requestLog' ? 4 : id === 'importFiles' ? 30 : null })),
  periods: { vendorContacts: null, contactHistory: 36, importRows: null }, erasures: [], ...values,
})
const matches: PersonMatch[] = [
  { matchId: 'email:1', kind: 'contact', subject: 'Atelier Bois', field: 'email', value: 'zelie@exemple.fr', isErasable: true },
  { matchId: 'payments:2', kind: 'payment', subject: 'Atelier Bois', field: 'accountHolder', value: 'Zélie Quenard', isErasable: false },
]

describe('the page of personal data', () => {
  it('says what is stored, why and how long', async () => {
    fakeApi().on(personalDataApi.get, () => aState({ erasures: [{ reason: 'request', counts: [{ kind: 'contact', count: 2 }], at: '2026-04-01T10:00:00Z', by: { userId: 1, name: 'Ada Stone' } }] }))
    const { findByText, getByText, getAllByText } = await renderInPortal(PersonalDataPage)
    expect(await findByText('4 jours')).toBeTruthy()
    expect(getByText('36 mois')).toBeTruthy()
    expect(getByText(/10 ans, comme toute pièce comptable/)).toBeTruthy()
    expect(getAllByText('Tant que le fournisseur est dans l’annuaire')).toHaveLength(3)
    expect(getByText(/À la demande · Coordonnées : 2/)).toBeTruthy()
  })

  it('finds a person, says what stays and why, and erases what is chosen after a second word', async () => {
    const api = fakeApi().on(personalDataApi.get, () => aState()).on(personalDataApi.search, () => ({ matches, isCut: false })).on(personalDataApi.erase, () => ({ matches: matches.slice(1), isCut: false }))
    const { findByRole, findByText, getByRole, getByText, queryByText } = await renderInPortal(PersonalDataPage)
    await fireEvent.update(await findByRole('textbox', { name: 'Personne recherchée' }), 'zé')
    await fireEvent.click(getByRole('button', { name: 'Chercher' }))
    expect(await findByText('Saisissez au moins trois caractères.')).toBeTruthy()
    await fireEvent.update(getByRole('textbox', { name: 'Personne recherchée' }), ' zélie ')
    await fireEvent.click(getByRole('button', { name: 'Chercher' }))
    expect(await findByText('2 données trouvées')).toBeTruthy()
    expect(getByText(/Conservé : pièce de paiement/)).toBeTruthy()
    await fireEvent.click(getByRole('button', { name: 'Choisir tout ce qui peut l’être' }))
    await fireEvent.click(getByRole('button', { name: 'Effacer 1 donnée' }))
    const dialog = within(await findByRole('dialog'))
    expect(dialog.getByText(/ne peut pas être annulé.*comme la loi le demande/s)).toBeTruthy()
    await fireEvent.click(dialog.getByRole('button', { name: 'Effacer 1 donnée' }))
    expect(await findByText('Données effacées')).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/erasure'))?.body).toEqual({ term: 'zélie', matchIds: ['email:1'] })
    expect(queryByText('zelie@exemple.fr')).toBe(null)
  })

  it('says what a period would erase before it is saved', async () => {
    const api = fakeApi().on(personalDataApi.get, () => aState()).on(personalDataApi.preview, () => ({ vendorContacts: 7, contactHistory: 0, importRows: 0 }))
      .on(personalDataApi.saveRetention, () => aState({ periods: { vendorContacts: 24, contactHistory: 36, importRows: null } }))
    const { findByRole, findByText, getByRole } = await renderInPortal(PersonalDataPage)
    const field = await findByRole('textbox', { name: /après résiliation/ })
    await fireEvent.update(field, '0')
    expect(getByRole('button', { name: 'Enregistrer les durées' })).toHaveProperty('disabled', true)
    await fireEvent.update(field, '24')
    await fireEvent.click(getByRole('button', { name: 'Voir l’effet' }))
    expect(await findByText('Effacerait 7 coordonnées de fournisseurs résiliés.')).toBeTruthy()
    await waitFor(() => expect(getByRole('button', { name: 'Voir l’effet' })).toHaveProperty('disabled', false))
    await fireEvent.click(getByRole('button', { name: 'Enregistrer les durées' }))
    await fireEvent.click(within(await findByRole('dialog')).getByRole('button', { name: 'Enregistrer les durées' }))
    expect(await findByText(/Durées enregistrées/)).toBeTruthy()
    expect(api.sent.find(({ address, body }) => address.pathname.endsWith('/retention') && body)?.body).toEqual({ vendorContacts: 24, contactHistory: 36, importRows: null })
  })
})

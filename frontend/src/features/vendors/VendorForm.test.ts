import { vendorDraftApi } from '@comptoir/shared/vendors/vendor-draft.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { openSession } from '../../platform/session.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import { aVendor } from './testing/vendor-samples.ts'
import { dropDraft } from './vendor-drafts.ts'
import VendorForm from './VendorForm.vue'

const open = (props: Record<string, unknown> = {}) => renderInPortal(VendorForm, { props })

describe('the vendor form', () => {
  beforeEach(async () => {
    await openSession(aSession(), null)
    dropDraft('new')
    dropDraft(aVendor().vendorId)
    fakeApi().on(vendorApi.similar, () => [])
  })

  it('says what is wrong with an identifier while it is typed, and that it is right', async () => {
    const { getByLabelText, queryByText, findByText } = await open()
    await fireEvent.update(getByLabelText('N° de TVA'), 'FR45732829320')
    expect(await findByText('Clé TVA attendue : 44.')).toBeTruthy()
    await fireEvent.update(getByLabelText('N° de TVA'), 'FR44 732 829 320')
    expect(await findByText(/Valable/)).toBeTruthy()
    expect(queryByText('Clé TVA attendue : 44.')).toBeNull()
  })

  it('does not scold for a number that is still being typed, only once the field is left', async () => {
    const { getByLabelText, queryByText, findByText } = await open()
    const siren = getByLabelText('SIREN')
    await fireEvent.focus(siren)
    await fireEvent.update(siren, '7328')
    expect(queryByText(/caractères attendus/)).toBeNull()
    await fireEvent.blur(siren)
    expect(await findByText('9 caractères attendus, 4 saisis.')).toBeTruthy()
  })

  it('offers the SIREN and the VAT number that follow from what is typed', async () => {
    const { getByLabelText, findByRole } = await open()
    await fireEvent.update(getByLabelText('SIRET'), '73282932000074')
    await fireEvent.click(await findByRole('button', { name: /Reprendre le SIREN 732829320/ }))
    await fireEvent.click(await findByRole('button', { name: /FR44732829320/ }))
    expect((getByLabelText('N° de TVA') as HTMLInputElement).value).toBe('FR44732829320')
  })

  it('sends what was typed, tidied, and hands the vendor on', async () => {
    const onSaved = vi.fn()
    const api = fakeApi().on(vendorApi.similar, () => []).on(vendorApi.create, () => aVendor())
    const { getByLabelText, getByRole } = await open({ onSaved })
    await fireEvent.update(getByLabelText(/^Nom/), ' Papeterie Morel ')
    await fireEvent.update(getByLabelText('SIREN'), '732 829 320')
    await fireEvent.click(getByRole('button', { name: 'Créer le fournisseur' }))
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith(aVendor()))
    expect(api.sent.at(-1)?.body).toMatchObject({ name: 'Papeterie Morel', siren: '732829320', city: null })
  })

  it('asks for a name before it sends anything', async () => {
    const api = fakeApi()
    const { getByRole, findByText } = await open()
    await fireEvent.click(getByRole('button', { name: 'Créer le fournisseur' }))
    expect(await findByText('Ce champ est obligatoire.')).toBeTruthy()
    expect(api.sent).toEqual([])
  })

  it('sends only what changed of the version that was read', async () => {
    const api = fakeApi().on(vendorApi.similar, () => []).on(vendorApi.update, () => aVendor({ city: 'Lyon', version: 4 }))
    const { getByLabelText, getByRole } = await open({ vendor: aVendor() })
    await fireEvent.update(getByLabelText('Ville'), 'Lyon')
    await fireEvent.click(getByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toEqual({ version: 3, fields: { city: 'Lyon' } }))
  })

  it('shows who changed what meanwhile and saves mine over it when asked', async () => {
    const current = aVendor({ version: 4, category: 'Bureau', updatedBy: { userId: 9, name: 'Léa Petit' } })
    const api = fakeApi().on(vendorApi.similar, () => []).fail(vendorApi.update, 'vendor.changed_meanwhile', { current })
    const { getByLabelText, getByRole, findByRole } = await open({ vendor: aVendor() })
    await fireEvent.update(getByLabelText('Ville'), 'Lyon')
    await fireEvent.click(getByRole('button', { name: 'Enregistrer' }))
    const notice = await findByRole('alert')
    expect(notice.textContent).toContain('Léa Petit')
    expect(notice.textContent).toContain('Catégorie\u00a0: Fournitures → Bureau')
    api.on(vendorApi.update, () => aVendor({ ...current, city: 'Lyon', version: 5 }))
    await fireEvent.click(getByRole('button', { name: 'Garder ma saisie et enregistrer' }))
    await waitFor(() => expect(api.sent.at(-1)?.body).toEqual({ version: 4, fields: { city: 'Lyon' } }))
    expect((getByLabelText('Catégorie') as HTMLInputElement).value).toBe('Bureau')
  })

  it('keeps what was typed when it is closed by mistake', async () => {
    const first = await open()
    await fireEvent.update(first.getByLabelText(/^Nom/), 'Garage du Port')
    first.unmount()
    const again = await open()
    expect((again.getByLabelText(/^Nom/) as HTMLInputElement).value).toBe('Garage du Port')
    expect(again.getByText(/Saisie non enregistrée/)).toBeTruthy()
  })

  it('offers what an earlier page left unsaved, under what is typed meanwhile', async () => {
    fakeApi().on(vendorApi.similar, () => []).on(vendorDraftApi.get, () => ({ draft: { values: { city: 'Lyon', notes: 'Rappeler' }, version: 2 } }))
    const { getByLabelText, findByText, findByRole, queryByRole } = await open({ vendor: aVendor() })
    expect(await findByText(/la fiche a changé depuis/)).toBeTruthy()
    const city = getByLabelText('Ville') as HTMLInputElement
    expect(city.value).toBe('Nantes')
    await fireEvent.update(city, 'Rennes')
    await fireEvent.click(await findByRole('button', { name: 'Reprendre le brouillon' }))
    expect([city.value, (getByLabelText('Notes') as HTMLInputElement).value]).toEqual(['Rennes', 'Rappeler'])
    expect(queryByRole('button', { name: 'Reprendre le brouillon' })).toBeNull()
  })

  it('does not offer a draft that says what is stored', async () => {
    const api = fakeApi().on(vendorApi.similar, () => []).on(vendorDraftApi.get, () => ({ draft: { values: { city: 'Nantes' }, version: 2 } }))
    const { queryByRole } = await open({ vendor: aVendor() })
    await waitFor(() => expect(api.sent.length).toBeGreaterThan(0))
    await new Promise(done => queueMicrotask(() => done(null)))
    expect(queryByRole('button', { name: 'Reprendre le brouillon' })).toBeNull()
  })

  it('names the field whose value the server refuses', async () => {
    fakeApi().on(vendorApi.similar, () => []).fail(vendorApi.create, 'vendor.code_taken')
    const { getByLabelText, getByRole, findByText } = await open()
    await fireEvent.update(getByLabelText(/^Nom/), 'X')
    await fireEvent.click(getByRole('button', { name: 'Créer le fournisseur' }))
    expect(await findByText('Ce code n’est pas disponible. Choisissez-en un autre ou laissez-le vide.')).toBeTruthy()
  })

  it('points at a vendor that may be the same', async () => {
    fakeApi().on(vendorApi.similar, () => [{ vendorId: aVendor().vendorId, companyId: null, name: 'Papeterie Morel', status: 'active' as const, by: 'siren' as const }])
    const { getByLabelText, findByText } = await open()
    await fireEvent.update(getByLabelText('SIREN'), '732829320')
    expect(await findByText('(même SIREN)')).toBeTruthy()
  })
})

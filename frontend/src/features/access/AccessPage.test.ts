import { accessApi, type Grant, type GrantInput } from '@comptoir/shared/access/access.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { seenAs, viewThrough } from '../../platform/session.ts'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import AccessPage from './AccessPage.vue'

const everyone: GrantInput = {
  subjectKind: 'everyone', subjectId: null, scopeKind: 'all', group: null, vendorId: null, role: 'editor',
  groups: ['identity', 'prices'], validUntil: null, note: null,
}
const aGrant = (values: Partial<Grant> = {}): Grant => ({
  grantId: '00000000-0000-4000-8000-000000000001', ...everyone, subjectName: null, vendorName: null, vendorCount: 12, personCount: 36,
  version: 1, createdAt: '2026-05-14T08:00:00Z', createdBy: null, ...values,
})

/** Parts of the page come with their own code. */
const whenLoaded = { timeout: 10_000 }

const open = () => {
  const api = fakeApi()
    .on(accessApi.grants, () => ({ grants: [aGrant()], twoPersonRule: 'bank_and_legal' as const }))
    .on(accessApi.changes, () => ({ changes: [], nextBefore: null }))
    .on(accessApi.subjects, () => ({ users: [{ userId: 5, name: 'Nadia Benali', position: 'Acheteuse' }], departments: [] }))
    .on(accessApi.preview, () => ({ vendorCount: 12, personCount: 1 }))
    .on(vendorApi.categories, () => [])
  return { api, page: renderInPortal(AccessPage) }
}

afterEach(() => {
  if (seenAs.value)
    viewThrough(null)
})

describe('the page of rights', () => {
  it('lists who may do what with which vendors', async () => {
    const { findByRole } = await open().page
    const row = within(await findByRole('table', { name: 'Droits donnés' })).getAllByRole('row')[1]!
    for (const text of ['Tout le monde', 'Tous les fournisseurs', 'Modification', 'Identité, Prix et achats'])
      expect(row.textContent).toContain(text)
    expect(row.textContent).toMatch(/12 fournisseurs.*36 personnes/)
  })

  it('says whom and what a grant is about before it is given', async () => {
    const { api, page } = open()
    api.on(accessApi.give, () => aGrant())
    const { findByRole, findByLabelText, findByText, getByRole, getByLabelText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Donner un droit' }))
    const form = (await findByLabelText('À qui', {}, whenLoaded)).closest('form')!
    await waitFor(() => expect(within(form).getByRole('option', { name: /Nadia Benali/ })).toBeTruthy(), whenLoaded)
    await fireEvent.update(within(form).getByLabelText('Personne'), '5')
    expect(await findByText('Ce droit concerne 12 fournisseurs et 1 personne.')).toBeTruthy()
    await fireEvent.click(getByLabelText('Coordonnées bancaires'))
    await fireEvent.click(getByRole('button', { name: 'Donner ce droit' }))
    await waitFor(() => expect(api.sent.find(({ address, body }) => address.pathname === '/api/access/grants' && body)?.body)
      .toEqual({ ...everyone, subjectKind: 'user', subjectId: 5, role: 'viewer', groups: ['identity', 'bank'] }))
  })

  it('takes a grant away and gives it again', async () => {
    const { api, page } = open()
    api.on(accessApi.take, () => everyone).on(accessApi.give, () => aGrant())
    const { findByRole } = await page
    await fireEvent.click(await findByRole('button', { name: /^Retirer/ }))
    await fireEvent.click(await findByRole('button', { name: 'Annuler' }))
    await waitFor(() => expect(api.sent.some(({ address, body }) => address.pathname === '/api/access/grants' && JSON.stringify(body) === JSON.stringify(everyone))).toBe(true))
  })

  it('looks through somebody\'s eyes', async () => {
    const { api, page } = open()
    const session = aSession({ token: 'other-eyes', viewer: { userId: 5, name: 'Nadia Benali', isAdmin: false, departmentIds: [] }, viewingBy: 'Camille Roux' })
    api.on(accessApi.viewAs, () => session)
    const { findByLabelText, findByRole, router } = await page
    const person = await findByLabelText('Personne', {}, whenLoaded)
    await waitFor(() => expect(within(person).getByRole('option', { name: /Nadia Benali/ })).toBeTruthy(), whenLoaded)
    await fireEvent.update(person, '5')
    await fireEvent.click(await findByRole('button', { name: 'Voir comme cette personne' }))
    await waitFor(() => expect(router.currentRoute.value.path).toBe('/vendors'))
    expect(seenAs.value).toBe('Nadia Benali')
  })
})

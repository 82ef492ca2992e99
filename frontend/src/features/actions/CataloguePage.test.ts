import { actionApi } from '@comptoir/shared/actions/action.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import CataloguePage from './CataloguePage.vue'
import { anEntry } from './testing/action-samples.ts'

const analytics = anEntry({ actionId: 'business-analytics', activity: 'absent', robot: 'absent', installedVersion: null })

describe('the catalogue', () => {
  it('says of each action what it is before the portal has answered', async () => {
    fakeApi().on(actionApi.catalogue, () => new Promise(() => {}))
    const { getByRole } = await renderInPortal(CataloguePage)
    const card = within(getByRole('article', { name: 'Gestion des fournisseurs' }))
    expect(card.getByText('affaires, entreprises, processus intelligents')).toBeTruthy()
    expect(card.getByText('Automatisation')).toBeTruthy()
    expect(card.queryByRole('button', { name: /Installer/ })).toBeNull()
  })

  it('installs an action with one click', async () => {
    const api = fakeApi()
      .on(actionApi.catalogue, () => ({ actions: [anEntry(), analytics], isAdmin: true }))
      .on(actionApi.install, () => anEntry({ actionId: 'business-analytics' }))
    const { findByRole, getByRole } = await renderInPortal(CataloguePage)
    await fireEvent.click(await findByRole('button', { name: /^Installer\s: Analyse commerciale$/ }))
    const card = within(getByRole('article', { name: 'Analyse commerciale' }))
    await card.findByText('Installée')
    expect(api.sent.at(-1)?.params).toEqual({ actionId: 'business-analytics' })
  })

  it('offers an update and names both versions', async () => {
    fakeApi().on(actionApi.catalogue, () => ({ actions: [anEntry({ currentVersion: '2' }), analytics], isAdmin: true }))
    const { findByRole, getByText } = await renderInPortal(CataloguePage)
    await findByRole('button', { name: /^Mettre à jour\s: Gestion des fournisseurs$/ })
    expect(getByText(/^1 \(nouvelle version\s: 2\)$/)).toBeTruthy()
  })

  it('says what stops working before it removes an action', async () => {
    const api = fakeApi()
      .on(actionApi.catalogue, () => ({ actions: [anEntry(), analytics], isAdmin: true }))
      .on(actionApi.remove, () => anEntry({ activity: 'absent', robot: 'absent', installedVersion: null }))
    const { findByRole, getByRole } = await renderInPortal(CataloguePage)
    await fireEvent.click(await findByRole('button', { name: /^Retirer\s: Gestion des fournisseurs$/ }))
    const dialog = within(await findByRole('dialog'))
    expect(dialog.getByText(/cesseront de fonctionner/)).toBeTruthy()
    expect(api.sent).toHaveLength(1)
    await fireEvent.click(dialog.getByRole('button', { name: 'Retirer' }))
    await within(getByRole('article', { name: 'Gestion des fournisseurs', hidden: true })).findByText('Non installée')
  })

  it('lets others look, and tells them whom to ask', async () => {
    const unknown = { activity: 'unknown', robot: 'unknown' } as const
    fakeApi().on(actionApi.catalogue, () => ({ actions: [anEntry(unknown), { ...analytics, ...unknown }], isAdmin: false }))
    const { getByRole, queryByRole, findByText } = await renderInPortal(CataloguePage, {
      session: aSession({ viewer: { userId: 2, name: 'Sophie', isAdmin: false, departmentIds: [] } }),
    })
    await findByText('Installée')
    expect(within(getByRole('article', { name: 'Analyse commerciale' })).getByText(/Un administrateur du portail/)).toBeTruthy()
    expect(queryByRole('button', { name: /Installer|Retirer|Mettre/ })).toBeNull()
    expect(getByRole('link', { name: /^Instructions\s: Analyse commerciale$/ })).toBeTruthy()
  })

  it('says that the state could not be read, and asks again', async () => {
    const api = fakeApi().fail(actionApi.catalogue, 'crm.unavailable')
    const { findByRole } = await renderInPortal(CataloguePage)
    const retry = await findByRole('button', { name: 'Réessayer' })
    api.on(actionApi.catalogue, () => ({ actions: [anEntry(), analytics], isAdmin: true }))
    await fireEvent.click(retry)
    await waitFor(() => expect(retry.isConnected).toBe(false))
  })
})

import { settingsFileApi, type SettingsComparison, type SettingsState } from '@comptoir/shared/settings-file/settings-file.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
// It is loaded with the first question: here it is at hand.
import '../../ui/ConfirmDialog.vue'
import SettingsFilePage from './SettingsFilePage.vue'

const aState = (values: Partial<SettingsState> = {}): SettingsState => ({
  sections: [{ section: 'attributes', count: 3 }, { section: 'lifecycle', count: null }], ownGrants: 2, versions: [], ...values,
})
const aComparison = (values: Partial<SettingsComparison> = {}): SettingsComparison => ({
  portal: 'autre.bitrix24.fr', currency: 'EUR', state: 'abc', faults: [],
  sections: [
    { section: 'lifecycle', differences: [{ path: ['lifecycle', 'onLastContractEnd'], before: 'suspended', after: 'terminated' }] },
    { section: 'attributes', differences: [
      { path: ['attributes', 'constructor'], after: { kind: 'choice', options: ['9001', '14001'], group: 'identity', requiredFrom: 'never', position: 4 } },
      { path: ['attributes', 'Effectif'], before: { kind: 'number', options: [], group: 'identity', requiredFrom: 'never', position: 1 } },
    ] },
    { section: 'tolerance', differences: [] },
  ],
  ...values,
})
function choose(page: Element) {
  const input = page.querySelector('input[type=file]')!
  Object.defineProperty(input, 'files', { value: [new File(['{}'], 'autre.json')], configurable: true })
  return fireEvent(input, new Event('change'))
}

describe('the page of the configuration', () => {
  it('says in words what another file would change, and takes over what is chosen', async () => {
    const api = fakeApi().on(settingsFileApi.state, () => aState()).on(settingsFileApi.compare, () => aComparison()).on(settingsFileApi.apply, () => aState())
    const { findByRole, findByText, getByText, getByRole, container, queryByText } = await renderInPortal(SettingsFilePage)
    expect(await findByText(/2 droits donnés/)).toBeTruthy()
    await choose(container)
    expect(await findByText('le fournisseur est résilié')).toBeTruthy()
    expect(getByText('À la fin du dernier contrat')).toBeTruthy()
    expect(getByText('constructor')).toBeTruthy()
    expect(getByText(/Type.: un choix · Choix proposés.: 9001 et 14001/)).toBeTruthy()
    expect(getByText(/Le fichier ne dit rien de.: Droits et approbations/)).toBeTruthy()
    await fireEvent.click(getByRole('checkbox', { name: 'Caractéristiques des fournisseurs' }))
    await fireEvent.click(getByRole('button', { name: 'Reprendre 1 rubrique' }))
    await fireEvent.click(within(await findByRole('dialog')).getByRole('button', { name: 'Reprendre 1 rubrique' }))
    expect(await findByText('Réglages repris')).toBeTruthy()
    expect(api.sent.at(-1)?.body).toEqual({ source: { fileName: 'autre.json', text: '{}' }, sections: ['lifecycle'], state: 'abc' })
    expect(queryByText('le fournisseur est résilié')).toBe(null)
  })

  it('says where a file is wrong, and that nothing differs', async () => {
    const api = fakeApi().on(settingsFileApi.state, () => aState())
      .on(settingsFileApi.compare, () => aComparison({ sections: [], faults: [{ path: ['tolerance', 'pricePercent'], kind: 'invalid' }, { path: ['toleranz'], kind: 'unknown' }] }))
    const { findByText, findAllByRole, container } = await renderInPortal(SettingsFilePage)
    await findAllByRole('button')
    await findByText('Aucun changement relevé')
    await choose(container)
    expect(await findByText(/Tolérance du contrôle des factures › Prix, en % : cette valeur n’est pas permise/)).toBeTruthy()
    expect(await findByText(/toleranz : n’est pas un réglage connu/)).toBeTruthy()
    api.on(settingsFileApi.compare, () => aComparison({ sections: [{ section: 'tolerance', differences: [] }] }))
    await choose(container)
    expect(await findByText('Les réglages sont identiques.')).toBeTruthy()
  })

  it('shows who changed what, and lays an older state beside today’s', async () => {
    const version = { version: 2, origin: 'file' as const, fileName: 'groupe.json', restoredFrom: null, createdAt: '2026-04-01T10:00:00Z', createdBy: { userId: 1, name: 'Ada Stone' } }
    const api = fakeApi().on(settingsFileApi.compare, () => aComparison()).on(settingsFileApi.state, () => aState({ versions: [
      { ...version, changes: [{ path: ['targets', '2026-01-01'], before: 100, after: 250_000 }] },
      { ...version, version: 1, origin: 'noticed', fileName: null, createdBy: null, changes: [] },
    ] }))
    const { findByText, findByRole, getByText } = await renderInPortal(SettingsFilePage)
    expect(await findByText(/par Ada Stone/)).toBeTruthy()
    expect(getByText('Premier état relevé')).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Voir le détail de la version 2' }))
    expect(await findByText(/2.500,00.€/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Comparer et rétablir la version 1' }))
    expect(await findByText('Comparaison avec la version 1')).toBeTruthy()
    expect(api.sent.at(-1)?.body).toEqual({ source: { version: 1 } })
  })
})

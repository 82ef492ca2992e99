import { insightsApi } from '@comptoir/shared/insights/insights.contract'
import { installationApi, installSteps, type InstallState } from '@comptoir/shared/installation/installation.contract'
import { registrationApi, type Registration } from '@comptoir/shared/installation/registration.contract'
import { fireEvent } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '../../platform/frame/frame.ts'
import { provideHost } from '../../platform/host.ts'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import InstallPage from './InstallPage.vue'

const untouched: InstallState = {
  isAdmin: true, isInstalled: false, done: [], scope: ['crm', 'placement'], missingScope: ['task'], vendorRule: null,
  vendorChoices: [
    { rule: { kind: 'type', typeId: 'CUSTOMER' }, name: 'Client', isSuggested: false },
    { rule: { kind: 'type', typeId: 'SUPPLIER' }, name: 'Fournisseur', isSuggested: true },
  ],
}

const menu: Registration = { kind: 'placement', code: 'LEFT_MENU', title: { fr: 'Fournisseurs', en: 'Vendors' }, purpose: null, state: 'missing' }
const portal = () => fakeApi().on(registrationApi.get, () => ({ registrations: [menu], refused: [] }))

describe('the installation page', () => {
  afterEach(() => provideHost(null))

  it('explains each right and names those that are missing', async () => {
    portal()
    const { getByText } = await renderInPortal(InstallPage, { first: untouched })
    expect(getByText(/lire les affaires/)).toBeTruthy()
    expect(getByText(/Il manque à l’application/).textContent).toContain('task')
  })

  it('asks before anything is registered where Comptoir shall stand', async () => {
    const api = portal().on(registrationApi.choosePlacements, () => ({ registrations: [{ ...menu, state: 'off' as const }], refused: [] }))
    const { findByRole } = await renderInPortal(InstallPage, { first: untouched })
    const box = await findByRole('checkbox', { name: 'Fournisseurs' })
    expect(box.getAttribute('aria-checked')).toBe('true')
    await fireEvent.click(box)
    await vi.waitFor(() => expect(box.getAttribute('aria-checked')).toBe('false'))
    expect(api.sent.at(-1)?.body).toEqual({ off: ['LEFT_MENU'] })
  })

  it('runs the steps, asks who the vendors are, goes on and hands back to the host', async () => {
    const setInstallFinish = vi.fn()
    provideHost({ setInstallFinish } as unknown as Frame)
    let state = untouched
    const scope = vi.fn()
    const api = portal()
      .on(insightsApi.changeSettings, ({ body }) => {
        scope((body as { analyticsScope: string }).analyticsScope)
        return { analyticsScope: 'all' as const }
      })
      .on(installationApi.run, ({ params }) => state = { ...state, done: [...state.done, params.step as InstallState['done'][number]] })
      .on(installationApi.chooseVendors, ({ body }) => state = { ...state, vendorRule: body as InstallState['vendorRule'] })
    const { getByRole, findByRole } = await renderInPortal(InstallPage, { first: untouched })

    await fireEvent.click(getByRole('button', { name: 'Installer Comptoir' }))
    const suggested = await findByRole('radio', { name: /Fournisseur/ })
    expect((suggested as HTMLInputElement).checked).toBe(true)
    await fireEvent.click(getByRole('button', { name: 'Continuer' }))

    expect((await findByRole('radio', { name: 'Leurs propres affaires' }) as HTMLInputElement).checked).toBe(true)
    await fireEvent.click(getByRole('radio', { name: 'Toutes les affaires' }))
    expect(scope).toHaveBeenCalledWith('all')
    await fireEvent.click(await findByRole('button', { name: 'Ouvrir Comptoir' }))
    expect(setInstallFinish).toHaveBeenCalledOnce()
    expect(state.vendorRule).toEqual({ kind: 'type', typeId: 'SUPPLIER' })
    expect(api.sent.flatMap(({ params }) => params.step ?? [])).toEqual([...installSteps])
  })

  it('shows the step that failed, why, and tries it again alone', async () => {
    const api = fakeApi().fail(installationApi.run, 'installation.refused')
    const { getByRole, findByRole } = await renderInPortal(InstallPage, { first: { ...untouched, done: ['placements', 'actions'] } })
    await fireEvent.click(getByRole('button', { name: 'Reprendre l’installation' }))
    expect((await findByRole('alert')).textContent).toContain('Le portail a refusé cette étape')
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    await findByRole('alert')
    expect(api.sent.map(({ params }) => params.step)).toEqual(['events', 'events'])
  })

  it('waits by itself when the portal has no room, tells the seconds and goes on', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    let refusals = 0
    const chosen: InstallState = { ...untouched, vendorRule: { kind: 'type', typeId: 'SUPPLIER' }, done: installSteps.filter(step => step !== 'synchronization') }
    const api = fakeApi().fail(installationApi.run, 'crm.limit', { retryAfterMs: 6_500 })
    const { getByRole, findByText, findByRole, queryByRole } = await renderInPortal(InstallPage, { first: chosen })
    await fireEvent.click(getByRole('button', { name: 'Reprendre l’installation' }))
    await findByText('Nouvel essai dans 7 secondes (essai 2 sur 7).')
    await vi.advanceTimersByTimeAsync(7_000)
    refusals = api.sent.length
    await findByText('Nouvel essai dans 10 secondes (essai 3 sur 7).')
    expect(queryByRole('alert')).toBeNull()
    api.on(installationApi.run, () => ({ ...chosen, done: [...installSteps] }))
    await vi.advanceTimersByTimeAsync(10_000)
    await findByRole('button', { name: 'Ouvrir Comptoir' })
    expect([refusals, api.sent.length]).toEqual([2, 3])
    vi.useRealTimers()
  })

  it('says what the portal refused and goes on without it on request', async () => {
    const api = fakeApi().fail(installationApi.run, 'installation.incomplete', { refused: 'LEFT_MENU (ERROR_PLACEMENT_NOT_FOUND)' })
    const chosen: InstallState = { ...untouched, vendorRule: { kind: 'type', typeId: 'SUPPLIER' }, done: ['actions', 'events', 'directories'] }
    const { getByRole, findByRole } = await renderInPortal(InstallPage, { first: chosen })
    await fireEvent.click(getByRole('button', { name: 'Reprendre l’installation' }))
    expect((await findByRole('alert')).textContent).toContain('LEFT_MENU (ERROR_PLACEMENT_NOT_FOUND)')
    api.on(installationApi.run, ({ params }) => ({ ...chosen, done: [...chosen.done, ...(['placements', 'vendors'] as const), params.step as InstallState['done'][number]] }))
    await fireEvent.click(getByRole('button', { name: 'Continuer sans' }))
    await findByRole('button', { name: 'Ouvrir Comptoir' })
    expect(api.sent.map(({ params, address }) => `${params.step}${address.search}`)).toEqual(['placements', 'placements?acceptsGaps=true', 'synchronization'])
  })

  it('tells whoever is not an administrator', async () => {
    const { getByText, queryByRole } = await renderInPortal(InstallPage, { first: { ...untouched, isAdmin: false } })
    expect(getByText('Seul un administrateur peut installer Comptoir')).toBeTruthy()
    expect(queryByRole('button', { name: 'Installer Comptoir' })).toBeNull()
  })

  it('asks how far it is when the page came without that, and offers to ask again', async () => {
    const api = fakeApi().fail(installationApi.state, 'crm.unavailable')
    const { findByRole, getByRole } = await renderInPortal(InstallPage)
    await findByRole('alert')
    api.on(installationApi.state, () => untouched)
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    expect(await findByRole('button', { name: 'Installer Comptoir' })).toBeTruthy()
  })
})

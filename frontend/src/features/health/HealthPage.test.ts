import { healthApi, type Health } from '@comptoir/shared/health/health.contract'
import { registrationApi, type Registration } from '@comptoir/shared/installation/registration.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import HealthPage from './HealthPage.vue'
import { aHealth, aRequest } from './testing/a-health.ts'

const letter = { deadLetterId: '00000000-0000-4000-8000-000000000001', queue: 'mirror.sync', at: '2026-05-14T08:00:00Z', errorCode: 'crm.forbidden' }

const registration = (code: string, change: Partial<Registration> = {}): Registration =>
  ({ kind: 'trigger', code, title: { fr: `Déclencheur ${code}`, en: code }, purpose: null, state: 'registered', ...change })
const menu = registration('LEFT_MENU', { kind: 'placement', title: { fr: 'Fournisseurs', en: 'Vendors' } })

function open(health: Health = aHealth(), registrations: readonly Registration[] = [menu, registration('paid')]) {
  const api = fakeApi().on(registrationApi.get, () => ({ registrations: [...registrations], refused: [] })).on(healthApi.state, () => health).on(healthApi.requests, () => ({ requests: [aRequest()], next: null }))
  return { api, page: renderInPortal(HealthPage) }
}

describe('the health page', () => {
  it('says what is in order and what is to be mended', async () => {
    const { findByText, getAllByText } = await open(aHealth({ missingScope: ['im'] })).page
    expect(await findByText(/Il manque\s: im/)).toBeTruthy()
    expect(getAllByText('À corriger')).toHaveLength(1)
    expect(getAllByText('En ordre')).toHaveLength(4)
  })

  it('tells in words why work was given up, and restarts it', async () => {
    const { api, page } = open(aHealth({ deadLetters: [letter] }))
    api.on(healthApi.retry, () => aHealth())
    const { findByRole, queryByText, container } = await page
    const retry = await findByRole('button', { name: /^Relancer\s: Synchronisation/ })
    expect(container.textContent).not.toContain('crm.forbidden')
    await fireEvent.click(retry)
    await waitFor(() => expect(queryByText('Tâches abandonnées')).toBeNull())
    expect(api.sent.some(({ params }) => params.deadLetterId === letter.deadLetterId)).toBe(true)
  })

  it('looks again when somebody else was faster', async () => {
    const { api, page } = open(aHealth({ deadLetters: [letter] }))
    api.fail(healthApi.retry, 'health.dead_letter_gone')
    const { findByRole, findAllByText } = await page
    await fireEvent.click(await findByRole('button', { name: /^Relancer/ }))
    expect(await findAllByText(/il a déjà été repris/)).not.toHaveLength(0)
    await waitFor(() => expect(api.sent.filter(({ address }) => address.pathname === healthApi.state.path)).toHaveLength(2))
  })

  it('opens a request and shows question and answer as text', async () => {
    const { api, page } = open()
    api.on(healthApi.request, () => ({ ...aRequest(), operatingMs: null, request: { filter: { title: '<b>x</b>' } }, answer: null }))
    const { findByRole, container } = await page
    await fireEvent.click(await findByRole('button', { name: 'crm.item.list' }))
    expect((await findByRole('region', { name: 'Requête' })).textContent).toContain('<b>x</b>')
    expect(container.querySelector('pre b')).toBeNull()
  })

  it('asks for failed requests alone, and says when there are none', async () => {
    const { api, page } = open()
    const { findByRole, findByText } = await page
    api.on(healthApi.requests, () => ({ requests: [], next: null }))
    await fireEvent.click(await findByRole('checkbox', { name: 'En échec seulement' }))
    expect(await findByText('Aucune requête')).toBeTruthy()
    expect(api.sent.at(-1)?.address.search).toBe('?isFailed=true')
  })

  it('offers the support file by hand where the browser refuses to copy', async () => {
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: () => Promise.reject(new Error('denied')) } })
    document.execCommand = () => false
    const { findByRole } = await open().page
    await fireEvent.click(await findByRole('button', { name: 'Copier le dossier d’assistance' }))
    expect((await findByRole('region', { name: 'Dossier d’assistance à copier' })).textContent).toContain('"version": "1.0.0"')
    vi.unstubAllGlobals()
  })

  it('names what the portal lacks of Comptoir, repairs it and says what it still refuses', async () => {
    const { api, page } = open(aHealth(), [menu, registration('paid'), registration('late', { state: 'missing' })])
    api.on(registrationApi.repair, () => ({ registrations: [menu, registration('paid'), registration('late')], refused: ['LEFT_MENU (ACCESS_DENIED)'] }))
    const { findByText, findByRole } = await page
    expect(await findByText(/1 inscription absente\s: Déclencheur late/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Réparer' }))
    expect(await findByText('2 inscriptions, toutes présentes.')).toBeTruthy()
    expect(await findByText(/LEFT_MENU \(ACCESS_DENIED\)/)).toBeTruthy()
  })

  it('takes Comptoir out of a place that an administrator does not want', async () => {
    const { api, page } = open()
    api.on(registrationApi.choosePlacements, () => ({ registrations: [{ ...menu, state: 'off' as const }], refused: [] }))
    const { findByRole, findByText } = await page
    await fireEvent.click(await findByRole('checkbox', { name: 'Fournisseurs' }))
    expect(await findByText('Désactivé')).toBeTruthy()
    expect(api.sent.at(-1)?.body).toEqual({ off: ['LEFT_MENU'] })
  })

  it('shows a failed read as an error with a way out', async () => {
    fakeApi().on(registrationApi.get, () => ({ registrations: [], refused: [] })).fail(healthApi.state, 'internal').on(healthApi.requests, () => ({ requests: [], next: null }))
    const { findByRole } = await renderInPortal(HealthPage)
    expect(await findByRole('alert')).toBeTruthy()
  })
})

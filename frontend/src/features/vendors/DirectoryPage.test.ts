import { vendorApi, type VendorPage, type VendorRow } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, waitFor, within } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '../../platform/frame/frame.ts'
import { provideHost } from '../../platform/host.ts'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import DirectoryPage from './DirectoryPage.vue'
import LinkCompany from './LinkCompany.vue'
import { aRow, aSpend, aVendor } from './testing/vendor-samples.ts'

const aPage = (vendors: VendorRow[], values: Partial<VendorPage> = {}): VendorPage => ({
  vendors, total: vendors.length, isApproximate: false, isReading: false, nextCursor: null,
  statusCounts: { prospect: 1, onboarding: 0, active: 12_345, suspended: 0, terminated: 0 }, ...values,
})
const rows = [1, 2, 3].map(number => aRow(number))

let api: FakeApi
beforeEach(() => {
  // The fake server answers with the first path that fits: the literal ones stand before `:vendorId`.
  api = fakeApi().on(vendorApi.similar, () => []).on(vendorApi.companies, () => []).on(vendorApi.categories, () => [{ category: 'Transport', vendorCount: 2 }]).on(vendorApi.list, () => aPage(rows))
    .on(vendorApi.get, () => ({ vendor: aVendor({ companyId: null }), spend: aSpend(), latest: [] }))
})
const open = (path = '/vendors') => renderInPortal(DirectoryPage, { path })
const asked = () => api.sent.filter(({ address }) => address.pathname === '/api/vendors').map(({ address }) => address.search)

const openInHost = (): void =>
  provideHost({ refreshAuth: () => Promise.resolve({ accessToken: 'fresh', refreshToken: '', expiresInSeconds: 3600 }) } as unknown as Frame)

describe('the directory', () => {
  it('leads to the imports only those who may import', async () => {
    const admin = await open()
    await admin.findByRole('link', { name: 'Importer' })
    admin.unmount()
    const session = aSession()
    const seller = await renderInPortal(DirectoryPage, { path: '/vendors', session: { ...session, viewer: { ...session.viewer, isAdmin: false } } })
    await seller.findByRole('button', { name: 'Nouveau fournisseur' })
    expect(seller.queryByRole('link', { name: 'Importer' })).toBeNull()
  })

  it('says that the CRM is still being read, looks again by itself and shows the companies once they are here', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    let isRead = false
    api.on(vendorApi.list, () => aPage(isRead ? rows : [], { isReading: !isRead }))
    const { findByText, findByRole, queryByText } = await open()
    await findByText('Lecture du CRM en cours')
    isRead = true
    await vi.advanceTimersByTimeAsync(4_000)
    await findByRole('button', { name: 'Fournisseur 1' })
    expect(queryByText('Lecture du CRM en cours')).toBeNull()
    const times = asked().length
    await vi.advanceTimersByTimeAsync(12_000)
    expect(asked().length).toBe(times)
    vi.useRealTimers()
  })

  it('tells those who may not import nothing of it while the directory is empty', async () => {
    api.on(vendorApi.list, () => aPage([]))
    const session = aSession()
    const seller = await renderInPortal(DirectoryPage, { path: '/vendors', session: { ...session, viewer: { ...session.viewer, isAdmin: false } } })
    await seller.findByText('Votre annuaire de fournisseurs est vide')
    expect(seller.queryByText(/Importez/)).toBeNull()
    expect(seller.getByText(/Un administrateur peut importer/)).toBeTruthy()
  })

  it('lists vendors, counts them by status and says where no spend is known', async () => {
    api.on(vendorApi.list, () => aPage([aRow(1, { spend: { minor: 123_456, currency: 'EUR' }, unpricedCount: 1, lastPurchaseOn: '2026-03-05' }), aRow(2)]))
    const { findByRole, getByRole, getByText, getByTitle } = await open()
    expect((await findByRole('button', { name: 'Fournisseur 1' })).closest('tr')?.textContent).toContain('05/03/2026')
    expect(getByText(/1\s235\s€/)).toBeTruthy()
    expect(getByTitle('1 achat sans taux')).toBeTruthy()
    expect(getByRole('button', { name: 'Fournisseur 2' }).closest('tr')?.textContent).toContain('—')
    expect(getByRole('button', { name: /Actif\s?12\s345/ })).toBeTruthy()
  })

  it('keeps search, filters and sort in the address and asks the server for them', async () => {
    const { findByRole, getByRole, router } = await open('/vendors?search=morel&status=active')
    await findByRole('button', { name: 'Fournisseur 1' })
    await fireEvent.click(getByRole('button', { name: /Prospect/ }))
    await fireEvent.update(await findByRole('combobox', { name: 'Catégorie' }), 'Transport')
    await fireEvent.click(getByRole('button', { name: 'Dépenses, 12\u00A0mois' }))
    await waitFor(() => expect(asked().at(-1)).toBe('?search=morel&category=Transport&status=active&status=prospect&sort=spend&order=desc'))
    expect(router.currentRoute.value.query).toMatchObject({ search: 'morel', category: 'Transport', sort: 'spend', order: 'desc' })
  })

  it('shows and sorts the spend of another period, which the address keeps', async () => {
    const { findByRole, getByRole, router } = await open('/vendors?sort=spend')
    await fireEvent.update(await findByRole('combobox', { name: 'Période des dépenses' }), 'all')
    await waitFor(() => expect(asked().at(-1)).toBe('?period=all&sort=spend&order=desc'))
    expect(getByRole('button', { name: 'Dépenses totales' })).toBeTruthy()
    expect(router.currentRoute.value.query).toMatchObject({ period: 'all' })
  })

  it('goes on where the last page ended', async () => {
    api.on(vendorApi.list, ({ address }) => address.searchParams.get('cursor') ? aPage([aRow(4)], { total: 4 }) : aPage(rows, { total: 4, nextCursor: 'next' }))
    const { findByRole, queryByRole } = await open()
    await fireEvent.click(await findByRole('button', { name: 'Afficher les suivants' }))
    await findByRole('button', { name: 'Fournisseur 4' })
    expect(queryByRole('button', { name: 'Afficher les suivants' })).toBeNull()
  })

  it('is walked, opened and closed by keyboard', async () => {
    const { findByRole, queryByRole, getByRole } = await open()
    const first = await findByRole('button', { name: 'Fournisseur 1' })
    await fireEvent.keyDown(document.body, { key: '/' })
    expect(document.activeElement).toBe(getByRole('searchbox'))
    await fireEvent.keyDown(getByRole('searchbox'), { key: 'ArrowDown' })
    expect(document.activeElement).toBe(first)
    await fireEvent.keyDown(first, { key: 'ArrowDown' })
    await fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp' })
    expect(document.activeElement).toBe(first)
    await fireEvent.click(first)
    await findByRole('heading', { name: 'Papeterie Morel' })
    await fireEvent.keyDown(first, { key: 'Escape' })
    await waitFor(() => expect(queryByRole('heading', { name: 'Papeterie Morel' })).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(getByRole('button', { name: 'Fournisseur 1' })))
  })

  it('opens a vendor that a link names though the list does not hold it', async () => {
    const { findByRole } = await open(`/vendors?vendor=${aRow(99).vendorId}`)
    expect(await findByRole('heading', { name: 'Papeterie Morel' })).toBeTruthy()
  })

  it('enters a vendor, shows it and links it to a company', async () => {
    openInHost()
    api.on(vendorApi.create, () => aVendor({ companyId: null }))
      .on(vendorApi.companies, () => [{ companyId: 50, title: 'Papeterie Morel SARL' }])
      .on(vendorApi.linkCompany, () => aVendor({ companyId: 50, version: 4 }))
    const { findByRole, findByLabelText, getByRole, router } = await open()
    await findByRole('button', { name: 'Fournisseur 1' })
    await fireEvent.keyDown(document.body, { key: 'n' })
    await fireEvent.update(await findByLabelText(/^Nom/), 'Papeterie Morel')
    await fireEvent.click(getByRole('button', { name: 'Créer le fournisseur' }))
    await findByRole('heading', { name: 'Papeterie Morel' })
    expect(router.currentRoute.value.query.vendor).toBe(aVendor().vendorId)
    await fireEvent.click(getByRole('button', { name: 'Lier à une entreprise du CRM' }))
    await fireEvent.click(await findByRole('button', { name: 'Papeterie Morel SARL' }))
    await findByRole('link', { name: 'Ouvrir l’entreprise' })
    expect(api.sent.find(({ body }) => (body as { companyId?: number } | null)?.companyId === 50)?.body).toEqual({ version: 3, companyId: 50 })
  })

  it('tells an empty directory from a search without result', async () => {
    api.on(vendorApi.list, () => aPage([]))
    const empty = await open()
    expect(await empty.findByText('Votre annuaire de fournisseurs est vide')).toBeTruthy()
    empty.unmount()
    const searched = await open('/vendors?search=xyz')
    await searched.findByText('Aucun fournisseur ne correspond')
    api.on(vendorApi.list, () => aPage(rows))
    await fireEvent.click(searched.getByRole('button', { name: 'Effacer les filtres' }))
    expect(await searched.findByRole('button', { name: 'Fournisseur 1' })).toBeTruthy()
  })

  it('shows a failure with a way out', async () => {
    api.fail(vendorApi.list, 'internal')
    const { findByRole } = await open()
    const retry = await findByRole('button', { name: 'Réessayer' })
    api.on(vendorApi.list, () => aPage(rows))
    await fireEvent.click(retry)
    expect(await findByRole('button', { name: 'Fournisseur 1' })).toBeTruthy()
  })

  it('says when only nearly the same names were found', async () => {
    api.on(vendorApi.list, () => aPage(rows, { isApproximate: true }))
    const { findByText } = await open('/vendors?search=forniseur')
    expect(await findByText(/Aucun nom ne contient «\sforniseur\s»/)).toBeTruthy()
  })
})

describe('a vendor without a company', () => {
  afterEach(() => provideHost(null))

  it('gets one in the CRM, after a look at those of a similar name', async () => {
    openInHost()
    const vendor = aVendor({ companyId: null })
    api.on(vendorApi.companies, () => [{ companyId: 3, title: 'Papeterie Morel SARL' }]).on(vendorApi.createCompany, () => ({ ...vendor, companyId: 44, version: 4 }))
    const { findByRole, findByText } = await renderInPortal(LinkCompany, { props: { vendor } })
    await findByRole('button', { name: 'Papeterie Morel SARL' })
    await fireEvent.click(await findByRole('button', { name: 'Créer l’entreprise dans le CRM' }))
    const dialog = await findByRole('dialog', {}, { timeout: 3000 })
    expect(dialog.textContent).toContain('Papeterie Morel SARL')
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Créer l’entreprise dans le CRM' }))
    await findByText(/créée et liée/)
    expect(api.sent.at(-1)?.body).toEqual({ version: vendor.version, accessToken: 'fresh' })
  })
})

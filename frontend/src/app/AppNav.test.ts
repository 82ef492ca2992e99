import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../platform/testing/render.ts'
import AppNav from './AppNav.vue'
import { embeddedPath, navGroups, pageEntries } from './pages.ts'

const sections = Object.values(navGroups).flat()

const employee = aSession({ viewer: { userId: 2, name: 'Léo', isAdmin: false, departmentIds: [] } })
const open = (options: Parameters<typeof renderInPortal>[1] = {}) =>
  renderInPortal(AppNav, { props: { section: 'vendors' }, path: '/vendors', ...options })

describe('the navigation', () => {
  it('leads to every group, and to the pages of the current one', async () => {
    const { getByRole } = await open({ props: { section: 'runs' }, path: '/runs' })
    const links = within(getByRole('navigation', { name: 'Pages de Comptoir' })).getAllByRole('link')
    expect(links.map(link => link.textContent?.trim())).toEqual(['Aujourd’hui', 'Fournisseurs', 'Analyses', 'Processus', 'Administration', 'Catalogue', 'Exécutions', 'Décisions'])
    expect(links.filter(link => link.getAttribute('aria-current') === 'page').map(link => link.textContent?.trim())).toEqual(['Exécutions'])
    expect(links.filter(link => link.getAttribute('aria-current') === 'true').map(link => link.textContent?.trim())).toEqual(['Processus'])
  })

  it('opens every page of every group on a narrow page', async () => {
    const { getByRole, getAllByRole } = await open()
    await fireEvent.click(getByRole('button', { name: /Annuaire/ }))
    const paths = getAllByRole('link').map(link => link.getAttribute('href'))
    for (const section of sections)
      expect(paths).toContain(pageEntries.find(entry => entry.section === section)?.path)
  })

  it('says of a page under another that its section is the current one', async () => {
    const { getByRole } = await open({ props: { section: 'catalogue' }, path: '/actions/vendor-management/instructions' })
    expect(getByRole('link', { name: 'Catalogue' }).getAttribute('aria-current')).toBe('true')
  })

  it('leads back from a page under another', async () => {
    const { getByRole } = await open({ props: { section: 'scorecards' }, path: '/scorecards/rules' })
    expect(getByRole('link', { name: /^Retour/ }).getAttribute('href')).toBe('/scorecards')
  })

  it('jumps by Ctrl and K to a page by what is found there', async () => {
    fakeApi().on(vendorApi.list, () => ({ vendors: [], total: 0, statusCounts: { prospect: 0, onboarding: 0, active: 0, suspended: 0, terminated: 0 }, isApproximate: false, isReading: false, nextCursor: null }))
    const { findByRole, router } = await open()
    await fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
    const field = await findByRole('combobox', { name: 'Aller à une page ou à un fournisseur' })
    await fireEvent.update(field, 'sepa')
    await waitFor(() => expect(screen.getAllByRole('option').map(option => option.textContent?.trim())).toEqual(['Paiements']))
    await fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(router.currentRoute.value.path).toBe('/payments'))
  })

  it('hides the pages of administrators from others', async () => {
    const { getAllByRole } = await open({ session: employee })
    expect(getAllByRole('link').map(link => link.textContent?.trim())).not.toContain('Administration')
  })

  it('opens by its button on a narrow page, and closes with Escape and after a step', async () => {
    const { getByRole, router, findByRole } = await open()
    const button = getByRole('button', { name: /Annuaire/ })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    await fireEvent.click(button)
    expect(button.getAttribute('aria-expanded')).toBe('true')
    await fireEvent.keyDown(button, { key: 'Escape' })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    await fireEvent.click(button)
    await router.push('/insights')
    await findByRole('button', { expanded: false })
  })
})

describe('the pages', () => {
  it('of the app belong to a section, those inside the host do not', () => {
    const outside = pageEntries.filter(({ section }) => !section).map(({ path }) => path)
    expect(outside).toEqual(['/install', '/action-settings', '/deal', '/company', '/company-autofill', '/bank-autofill'])
    expect(sections.every(section => pageEntries.some(entry => entry.section === section))).toBe(true)
  })

  it('stand alone where the host shows them in a page of its own', () => {
    expect(embeddedPath('analytics')).toBe('/insights')
    expect(embeddedPath('main')).toBeNull()
    expect(embeddedPath('directory')).toBeNull()
  })
})

import { noticeApi, type AlertPage, type AlertRow } from '@comptoir/shared/notices/notice.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import AlertsPage from './AlertsPage.vue'

const anAlert = (change: Partial<AlertRow> = {}): AlertRow => ({
  alertId: '00000000-0000-4000-8000-000000000001', kind: 'contract_end', severity: 'critical',
  vendorId: '00000000-0000-4000-8000-0000000000aa', vendorName: 'Durand', companyId: 7, ownerUserId: 2, ownerName: 'Léa Petit',
  params: { subject: 'Transport' }, link: { to: 'vendor', vendorId: 'v1', section: 'contracts' }, dueOn: '2026-11-30',
  view: 'active', snoozedUntil: null, raisedAt: '2026-11-20T08:00:00Z', resolvedAt: null, version: 1, ...change,
})
const other = anAlert({ alertId: '00000000-0000-4000-8000-000000000002', vendorName: 'Martin', severity: 'info' })

const aPage = (items: readonly AlertRow[], counts: Partial<AlertPage['counts']> = {}): AlertPage =>
  ({ items: [...items], total: items.length, counts: { active: items.length, acknowledged: 0, snoozed: 0, resolved: 0, ...counts }, kinds: ['contract_end'] })

function open(page: AlertPage = aPage([anAlert(), other]), path = '/alerts') {
  const api = fakeApi().on(noticeApi.alerts, () => page).on(noticeApi.act, () => ({ changed: [] }))
  const acts = () => api.sent.filter(({ address }) => address.pathname === noticeApi.act.path).map(({ body }) => body)
  return { api, acts, shown: renderInPortal(AlertsPage, { path }) }
}

describe('the alert centre', () => {
  it('says what, until when and whose, and leads to the place', async () => {
    const { findByRole, getByText, getAllByText } = await open().shown
    const link = await findByRole('link', { name: /Durand\s: fin de contrat/ })
    expect(link.getAttribute('href')).toBe('/vendors/v1?tab=contracts')
    expect(getAllByText(/Responsable\s: Léa Petit/)).toHaveLength(2)
    expect(getByText('Urgent', { selector: 'span' })).toBeTruthy()
  })

  it('teaches what will appear when there has never been one', async () => {
    const { findByText, queryByRole } = await open(aPage([])).shown
    expect(await findByText('Rien ne demande votre attention')).toBeTruthy()
    expect(queryByRole('searchbox')).toBeNull()
  })

  it('says that the filter hides them, and takes it away', async () => {
    const { shown } = open(aPage([], { active: 0, resolved: 3 }), '/alerts?severity=info')
    const { findByRole, router } = await shown
    await fireEvent.click(await findByRole('button', { name: 'Effacer les filtres' }))
    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/alerts'))
  })

  it('acknowledges several at once, and takes it back', async () => {
    const { acts, shown } = open()
    const { findByLabelText, findAllByRole, findByRole } = await shown
    await fireEvent.click(await findByLabelText('Tout sélectionner'))
    const [bulk] = await findAllByRole('button', { name: 'Prendre en charge' })
    await fireEvent.click(bulk as HTMLElement)
    const both = [anAlert().alertId, other.alertId]
    await waitFor(() => expect(acts()).toEqual([{ alertIds: both, action: 'acknowledge' }]))
    await fireEvent.click(await findByRole('button', { name: 'Annuler' }))
    await waitFor(() => expect(acts()).toEqual([{ alertIds: both, action: 'acknowledge' }, { alertIds: both, action: 'reopen' }]))
  })

  it('is worked through by keyboard', async () => {
    const { acts, shown } = open()
    const { findAllByRole } = await shown
    const [first, second] = (await findAllByRole('checkbox', { name: /^Sélectionner/ })) as [HTMLElement, HTMLElement]
    first.focus()
    await fireEvent.keyDown(first, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(second)
    await fireEvent.keyDown(second, { key: 'a' })
    await waitFor(() => expect(acts()).toEqual([{ alertIds: [other.alertId], action: 'acknowledge' }]))
  })

  it('snoozes until a chosen day', async () => {
    const { acts, shown } = open(aPage([anAlert()]))
    const { findByRole, findByLabelText } = await shown
    await fireEvent.click(await findByRole('button', { name: 'Mettre en pause' }))
    await fireEvent.update(await findByLabelText('Rappeler le'), '2999-01-04')
    await fireEvent.submit((await findByLabelText('Rappeler le')).closest('form') as HTMLFormElement)
    await waitFor(() => expect(acts()).toEqual([{ alertIds: [anAlert().alertId], action: 'snooze', until: '2999-01-04' }]))
  })

  it('tells the history of an alert', async () => {
    const { api, shown } = open(aPage([anAlert()]))
    api.on(noticeApi.history, () => ({ events: [
      { event: 'sent', at: '2026-11-20T08:00:00Z', byName: 'Léa Petit', details: { channel: 'bell', userId: 2 } },
      { event: 'reminded', at: '2026-11-20T07:59:00Z', byName: null, details: { daysLeft: 7 } },
    ] }))
    const { findByRole, findByText } = await shown
    await fireEvent.click(await findByRole('button', { name: 'Historique' }))
    expect(await findByText('Notification envoyée à Léa Petit')).toBeTruthy()
    expect(await findByText(/7 jours avant l’échéance/)).toBeTruthy()
  })

  it('shows a failure with a way out', async () => {
    const api = fakeApi().fail(noticeApi.alerts, 'internal')
    const { findByRole } = await renderInPortal(AlertsPage, { path: '/alerts' })
    expect(await findByRole('button', { name: /Réessayer/ })).toBeTruthy()
    expect(api.sent).not.toHaveLength(0)
  })
})

import { reportApi, type Schedule } from '@comptoir/shared/reports/report.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import HandOver from './HandOver.vue'

const owned = (ownerId: number, ownerName: string, isOwnerGone = false) => ({ ownerId, ownerName, isOwnerGone, isMine: false }) as Schedule

it('offers first the reports of whoever has left, and gives all of them to another person', async () => {
  const api = fakeApi().on(reportApi.handOverAll, () => [])
    .on(reportApi.handOvers, () => [{ at: '2026-11-20T10:00:00Z', items: 2, from: { userId: 7, name: 'Inès Morel' }, to: { userId: 2, name: 'Brice Petit' }, by: { userId: 1, name: 'Ada Stone' } }])
    .on(reportApi.choices, () => ({ people: [{ id: 2, name: 'Brice Petit' }], departments: [], channels: [] }))
  const { findByRole, findByText, getByRole, queryByRole } = await renderInPortal(HandOver, { props: { schedules: [owned(2, 'Brice Petit'), owned(7, 'Inès Morel', true), owned(7, 'Inès Morel', true)] } })
  expect((getByRole('combobox', { name: 'Responsable actuel' }) as HTMLSelectElement).value).toBe('7')
  expect(getByRole('option', { name: /^Inès Morel \(parti\)\s: 2 rapports$/ })).toBeTruthy()
  await findByRole('option', { name: 'Brice Petit' })
  expect(await findByText(/2 transférés, Inès Morel → Brice Petit, par Ada Stone/)).toBeTruthy()
  await fireEvent.update(getByRole('combobox', { name: 'Nouveau responsable' }), '2')
  await fireEvent.click(getByRole('button', { name: 'Confier' }))
  await waitFor(() => expect(api.sent.at(-1)?.body).toEqual({ fromId: 7, ownerId: 2 }))
  await fireEvent.update(getByRole('combobox', { name: 'Responsable actuel' }), '2')
  await waitFor(() => expect(queryByRole('option', { name: 'Brice Petit' })).toBeNull())
})

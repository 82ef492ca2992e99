import { comparisonApi, type Comparison } from '@comptoir/shared/segments/comparison.contract'
import { segmentApi } from '@comptoir/shared/segments/segment.contract'
import { fireEvent, within } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ComparePage from './ComparePage.vue'

const comparison: Comparison = {
  metricId: 'revenue_won', unit: 'money', currency: 'EUR', better: 'higher', difference: 100_00, change: null, parts: null, undivided: null,
  before: { days: { from: '2026-01-01', to: '2026-03-31' }, segment: null, value: 0, records: 0 },
  after: { days: { from: '2026-04-01', to: '2026-06-30' }, segment: null, value: 100_00, records: 1 },
  factors: [{ name: 'volume', unit: 'count', before: 0, after: 2, contribution: 100_00 }, { name: 'success', unit: 'percent', before: null, after: 0.5, contribution: 0 }],
}

it('two periods are compared by days of one’s own, which begin with those of the period before', async () => {
  const api = fakeApi().on(comparisonApi.compare, () => comparison).on(segmentApi.list, () => ({ currency: 'EUR', segments: [] }))
  const { findByLabelText, findByRole, router } = await renderInPortal(ComparePage, { path: '/segments/compare?before-period=custom&before-from=2026-01-01&before-to=2026-03-31' })
  const reference = await findByRole('group', { name: 'Référence' })
  expect(within(reference).getByLabelText<HTMLInputElement>('Du').value).toBe('01/01/2026')
  await fireEvent.update(await findByLabelText('Comparé à la référence'), 'custom')
  const compared = await findByRole('group', { name: 'Comparé à la référence' })
  const first = within(compared).getByLabelText<HTMLInputElement>('Du')
  expect(first.value).toMatch(/^01\/01\//)
  await fireEvent.update(first, first.value.replace('01/01', '01/04'))
  await fireEvent.change(first)
  await expect.poll(() => router.currentRoute.value.query['after-from']).toMatch(/-04-01$/)
  await expect.poll(() => (api.sent.at(-1)?.body as { before: object } | undefined)?.before).toEqual({ period: 'custom', from: '2026-01-01', to: '2026-03-31' })
})

it('what a side tells nothing of is a dash, not a number', async () => {
  fakeApi().on(comparisonApi.compare, () => comparison).on(segmentApi.list, () => ({ currency: 'EUR', segments: [] }))
  const { findByRole } = await renderInPortal(ComparePage, { path: '/segments/compare' })
  const row = await findByRole('row', { name: /Taux de réussite/ }, { timeout: 5_000 })
  expect(within(row).getAllByRole('cell').map(cell => cell.textContent?.trim())).toContain('—')
})

import { fireEvent } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { renderInPortal } from '../platform/testing/render.ts'
import PeriodPicker from './PeriodPicker.vue'
import { usePeriod } from './use-period.ts'

const Page = defineComponent(() => {
  const period = usePeriod()
  return () => [
    h(PeriodPicker, { 'modelValue': period.value, 'onUpdate:modelValue': (choice) => { period.value = choice } }),
    h('output', JSON.stringify(period.value)),
  ]
})

describe('the period', () => {
  it('is read from the address', async () => {
    const { getByRole } = await renderInPortal(Page, { path: '/insights?period=custom&from=2026-01-01&to=2026-03-31' })
    expect(getByRole('status').textContent).toBe('{"period":"custom","from":"2026-01-01","to":"2026-03-31"}')
  })

  it.each(['period=never', 'period=custom', 'period=custom&from=2026-03-31&to=2026-01-01', 'period=custom&from=x&to=y'])('is the usual one when the address says %s', async (query) => {
    const { getByRole } = await renderInPortal(Page, { path: `/insights?${query}` })
    expect(getByRole('status').textContent).toBe('{"period":"last_12_months"}')
  })

  it('writes chosen days into the address', async () => {
    const { getByLabelText, router } = await renderInPortal(Page, { path: '/insights?period=custom&from=2026-01-01&to=2026-03-31&stage=won' })
    const from = getByLabelText('Du')
    await fireEvent.update(from, '2026-02-01')
    await fireEvent.change(from)
    await router.isReady()
    await expect.poll(() => router.currentRoute.value.query).toEqual({ period: 'custom', from: '2026-02-01', to: '2026-03-31', stage: 'won' })
  })

  it('refuses an end before the start', async () => {
    const { getByLabelText, getByRole, router } = await renderInPortal(Page, { path: '/insights?period=custom&from=2026-01-01&to=2026-03-31' })
    await fireEvent.update(getByLabelText('Du'), '2026-05-01')
    await fireEvent.change(getByLabelText('Du'))
    expect(getByRole('alert').textContent).toContain('précède')
    expect(router.currentRoute.value.query.from).toBe('2026-01-01')
  })
})

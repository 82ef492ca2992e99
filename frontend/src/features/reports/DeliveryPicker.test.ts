import { reportApi, type ReportChannel } from '@comptoir/shared/reports/report.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { defineComponent, h, ref } from 'vue'
import { expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import DeliveryPicker from './DeliveryPicker.vue'

it('takes a channel by its words, and none that the portal has not granted', async () => {
  fakeApi().on(reportApi.choices, () => ({ people: [], departments: [], channels: ['chat' as const] }))
  const delivery = ref<ReportChannel[]>([])
  const Form = defineComponent(() => () => h(DeliveryPicker, { 'modelValue': delivery.value, 'onUpdate:modelValue': (chosen: ReportChannel[]) => { delivery.value = chosen } }))
  const { findByRole, getByText } = await renderInPortal(Form)
  await waitFor(async () => expect((await findByRole('checkbox', { name: 'Message dans le chat' })).hasAttribute('disabled')).toBe(false))
  expect((await findByRole('checkbox', { name: 'Drive personnel' })).hasAttribute('disabled')).toBe(true)
  await fireEvent.click(getByText('Message dans le chat'))
  await waitFor(() => expect(delivery.value).toEqual(['chat']))
})

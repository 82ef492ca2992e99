import { fireEvent } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { renderInPortal } from '../platform/testing/render.ts'
import DateInput from './DateInput.vue'

async function renderDay(first: string, props: Record<string, string> = {}) {
  const day = ref(first)
  const page = await renderInPortal(defineComponent(() => () =>
    h(DateInput, { ...props, 'aria-label': 'Échéance', 'modelValue': day.value, 'onUpdate:modelValue': (value: string) => { day.value = value } })))
  const field = page.getByLabelText<HTMLInputElement>('Échéance')
  return { day, field, calendar: page.baseElement.querySelector<HTMLInputElement>('input[type=date]')! }
}

describe('the field of a day', () => {
  it('writes the day as the portal does, whatever the language of the browser', async () => {
    const { field } = await renderDay('2026-03-05')
    expect([field.value, field.placeholder]).toEqual(['05/03/2026', 'jj/mm/aaaa'])
  })

  it('takes what is typed, and puts it into form when typing has ended', async () => {
    const { day, field } = await renderDay('')
    await fireEvent.update(field, '7/4/26')
    expect([day.value, field.value]).toEqual(['', '7/4/26'])
    await fireEvent.change(field)
    expect([day.value, field.value, field.validationMessage]).toEqual(['2026-04-07', '07/04/2026', ''])
  })

  it('keeps a form from being sent with what is no day, or one that is not allowed', async () => {
    const { day, field } = await renderDay('2026-03-05', { max: '2026-03-31' })
    await fireEvent.update(field, '31/02/2026')
    await fireEvent.change(field)
    expect([day.value, field.validationMessage, field.getAttribute('aria-invalid')]).toEqual(['', 'Écrivez une date comme jj/mm/aaaa.', 'true'])
    await fireEvent.update(field, '01/04/2026')
    await fireEvent.change(field)
    expect(field.validationMessage).toBe('Au plus tard le 31 mars 2026.')
  })

  it('takes the day that was pointed at in the calendar', async () => {
    const { day, field, calendar } = await renderDay('2026-03-05')
    await fireEvent.update(calendar, '2026-03-09')
    await fireEvent.change(calendar)
    expect([day.value, field.value]).toEqual(['2026-03-09', '09/03/2026'])
  })
})

import { fireEvent } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import { renderInPortal } from '../platform/testing/render.ts'
import TimeSelect from './TimeSelect.vue'

const renderTime = async (modelValue: string, language: string) => {
  const onChange = vi.fn()
  const { getByRole, getAllByRole } = await renderInPortal(TimeSelect, { language, props: { modelValue, 'onUpdate:modelValue': onChange } })
  return { list: getByRole('combobox'), names: getAllByRole('option').map(({ textContent }) => textContent.trim().replace(/\s/g, ' ')), onChange }
}

describe('a time on the wall', () => {
  it('is chosen among the quarters of the day, in the words of the portal', async () => {
    const { list, names, onChange } = await renderTime('18:00', 'en')
    expect(names).toHaveLength(96)
    expect(names).toEqual(expect.arrayContaining(['12:15 AM', '6:00 PM']))
    await fireEvent.update(list, '08:30')
    expect(onChange).toHaveBeenCalledWith('08:30')
  })

  it('stays in its place when it lies between two quarters', async () => {
    const { list, names } = await renderTime('08:20', 'fr')
    expect(names.slice(33, 36)).toEqual(['08:15', '08:20', '08:30'])
    expect(list).toHaveProperty('value', '08:20')
  })
})

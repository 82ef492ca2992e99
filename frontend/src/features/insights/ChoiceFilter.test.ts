import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { renderInPortal } from '../../platform/testing/render.ts'
import ChoiceFilter from './ChoiceFilter.vue'

const items = ['Zoé', 'Ada', 'Brice', 'Chloé', 'Denis', 'Émile', 'Farid', 'Gaëlle', 'Hugo'].map((label, value) => ({ value, label }))

async function aFilter(chosen: number[]) {
  const model = ref(chosen)
  const result = await renderInPortal(defineComponent(() => () => h(ChoiceFilter, {
    'label': 'Responsables', items, 'none': 'Tous', 'some': `${model.value.length} choisis`,
    'modelValue': model.value, 'onUpdate:modelValue': (value: number[]) => { model.value = value },
  })))
  return { ...result, model }
}

describe('a choice of several', () => {
  it('says on its button what is chosen: all, one by name, several by number', async () => {
    const all = await aFilter([])
    expect(all.getByRole('button', { name: 'Responsables, Tous' })).toBeTruthy()
    all.unmount()
    const one = await aFilter([2])
    expect(one.getByRole('button', { name: 'Responsables, Brice' })).toBeTruthy()
    one.unmount()
    const two = await aFilter([2, 3])
    expect(two.getByRole('button', { name: 'Responsables, 2 choisis' })).toBeTruthy()
  })

  it('finds names without their accents, adds and takes away, and goes back to all', async () => {
    const { getByRole, findByRole, queryByRole, model } = await aFilter([1])
    await fireEvent.click(getByRole('button', { name: 'Responsables, Ada' }))
    await fireEvent.update(await findByRole('searchbox', { name: 'Responsables' }), 'zoe')
    await waitFor(() => expect(queryByRole('checkbox', { name: 'Ada' })).toBeNull())
    await fireEvent.click(getByRole('checkbox', { name: 'Zoé' }))
    expect(model.value).toEqual([1, 0])
    await fireEvent.click(getByRole('checkbox', { name: 'Zoé' }))
    expect(model.value).toEqual([1])
    await fireEvent.click(getByRole('button', { name: 'Tous' }))
    expect(model.value).toEqual([])
  })
})

import { useQuery } from '@pinia/colada'
import { fireEvent } from '@testing-library/vue'
import { afterEach, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { renderInPortal } from '../../platform/testing/render.ts'
import BoardFreshness from './BoardFreshness.vue'

afterEach(() => vi.useRealTimers())

it('reads the figures of a board anew when asked, and by itself every five minutes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: new Date('2026-02-17T09:00:00Z') })
  let count = 0
  const page = defineComponent(() => {
    const { data } = useQuery({ key: ['insights', 'metric', 'x'], query: () => Promise.resolve(++count) })
    return () => [h('output', data.value), h(BoardFreshness)]
  })
  const { findByText, getByRole } = await renderInPortal(page)
  await findByText('1')
  await findByText('Chiffres lus à 10:00')
  await fireEvent.click(getByRole('button', { name: 'Actualiser' }))
  await findByText('2')
  vi.advanceTimersByTime(5 * 60_000)
  await findByText('3')
  await findByText('Chiffres lus à 10:05')
})

import { fireEvent } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderInPortal } from '../platform/testing/render.ts'
import NavPages from './NavPages.vue'

const links = (['insights', 'boards', 'segments', 'forecasts', 'dictionary'] as const).map(name => ({ path: `/${name}`, name, label: name }))

/** Each page's name takes 100 px of a row of 400. */
class Narrow {
  readonly tell: ResizeObserverCallback
  constructor(tell: ResizeObserverCallback) {
    this.tell = tell
  }

  observe(): void {
    this.tell([{ contentRect: { width: 400 } } as ResizeObserverEntry], this as unknown as ResizeObserver)
  }

  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Narrow)
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(96)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('the pages of a group', () => {
  const open = (section: string) => renderInPortal(NavPages, { props: { label: 'Analyses', links, section }, path: '/insights' })

  it('stand under « Plus » where the row has no room for them, never the current one', async () => {
    const { getByRole, getAllByRole } = await open('dictionary')
    expect(getAllByRole('link').map(link => link.textContent)).toEqual(['insights', 'dictionary'])
    await fireEvent.click(getByRole('button', { name: 'Plus' }))
    expect(getAllByRole('link').map(link => link.textContent)).toEqual(['insights', 'dictionary', 'boards', 'segments', 'forecasts'])
  })

  it('are focused as their list opens; Escape closes it and goes back to its button', async () => {
    const { getByRole, queryByRole } = await open('insights')
    const button = getByRole('button', { name: 'Plus' })
    await fireEvent.click(button)
    const first = getByRole('link', { name: 'segments' })
    expect(document.activeElement).toBe(first)
    await fireEvent.keyDown(first, { key: 'Escape' })
    expect(queryByRole('link', { name: 'segments' })).toBeNull()
    expect(document.activeElement).toBe(button)
  })

  it('close when the focus goes elsewhere', async () => {
    const { getByRole, queryByRole } = await open('insights')
    await fireEvent.click(getByRole('button', { name: 'Plus' }))
    await fireEvent.focusOut(getByRole('link', { name: 'segments' }), { relatedTarget: getByRole('link', { name: 'insights' }) })
    expect(queryByRole('link', { name: 'segments' })).toBeNull()
  })
})

import { render } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useDrawnPages, type DrawnPages } from './use-drawn-pages.ts'

let see: (seen: Record<number, boolean>) => void

function pagesOf(count: number): DrawnPages {
  const elements = Array.from({ length: count }, () => document.createElement('tbody'))
  vi.stubGlobal('IntersectionObserver', class {
    constructor(note: (entries: unknown[]) => void) {
      see = seen => note(Object.entries(seen).map(([index, isIntersecting]) =>
        ({ target: elements[Number(index)], isIntersecting, boundingClientRect: { height: 2_000 + Number(index) } })))
    }

    observe = vi.fn()
    unobserve = vi.fn()
    disconnect = vi.fn()
  })
  let pages: DrawnPages | null = null
  render({ setup: () => (pages = useDrawnPages(), () => null) })
  elements.forEach((element, index) => pages!.observe(index, element))
  return pages!
}

const drawn = (pages: DrawnPages, count: number): number[] => Array.from({ length: count }, (_, index) => index).filter(pages.isDrawn)

describe('the drawn pages of a long list', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('are all of them until somebody has looked', () => {
    expect(drawn(pagesOf(4), 4)).toEqual([0, 1, 2, 3])
  })

  it('are those in sight and their neighbours; the others leave a gap of their height', () => {
    const pages = pagesOf(6)
    see({ 0: false, 1: false, 2: false, 3: true, 4: false, 5: false })
    expect(drawn(pages, 6)).toEqual([2, 3, 4])
    expect(pages.heightOf(0)).toBe(2_000)
    see({ 3: false, 4: true })
    expect(drawn(pages, 6)).toEqual([3, 4, 5])
    expect(pages.heightOf(2)).toBe(2_002)
  })

  it('keep the height of a page that is not drawn, whatever its gap measures', () => {
    const pages = pagesOf(3)
    see({ 0: true, 1: false, 2: false })
    const height = pages.heightOf(2)
    see({ 2: false })
    expect(pages.heightOf(2)).toBe(height)
  })

  it('forget a page that went away with its list', () => {
    const pages = pagesOf(4)
    see({ 0: true, 1: false, 2: false, 3: false })
    pages.observe(3, null)
    expect(pages.isDrawn(3)).toBe(true)
    expect(pages.heightOf(3)).toBe(0)
  })
})

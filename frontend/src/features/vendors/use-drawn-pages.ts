import { onBeforeUnmount, onMounted, shallowRef } from 'vue'

export interface DrawnPages {
  /** To be called with the element of each page as it comes and goes. */
  observe: (index: number, element: Element | null) => void
  isDrawn: (index: number) => boolean
  /** How tall a page was when it was last drawn. */
  heightOf: (index: number) => number
}

/**
 * Pages far out of sight are replaced by a gap of their height, so that ten thousand rows cost what a hundred do.
 * The frame is as tall as its content and never scrolls itself: only an observer knows what the host shows of it.
 */
export function useDrawnPages(): DrawnPages {
  const seen = shallowRef<ReadonlyMap<number, boolean>>(new Map())
  const heights = new Map<number, number>()
  const elements = new Map<number, Element>()
  let observer: IntersectionObserver | null = null

  const indexOf = (target: Element): number => [...elements].find(([, element]) => element === target)?.[0] ?? -1

  function note(entries: readonly IntersectionObserverEntry[]): void {
    const next = new Map(seen.value)
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const index = indexOf(target)
      if (isDrawn(index))
        heights.set(index, boundingClientRect.height)
      next.set(index, isIntersecting)
    }
    seen.value = next
  }

  /** A page is drawn until it is known to be out of sight, and while a neighbour is in sight. */
  const isDrawn = (index: number): boolean =>
    !seen.value.has(index) || [index - 1, index, index + 1].some(near => seen.value.get(near))

  function forget(index: number): void {
    heights.delete(index)
    seen.value = new Map([...seen.value].filter(([other]) => other !== index))
  }

  onMounted(() => {
    observer = new IntersectionObserver(note)
    for (const element of elements.values())
      observer.observe(element)
  })
  onBeforeUnmount(() => observer?.disconnect())

  return {
    isDrawn,
    heightOf: index => heights.get(index) ?? 0,
    observe(index, element) {
      const before = elements.get(index)
      if (before === element)
        return
      if (before)
        observer?.unobserve(before)
      elements.delete(index)
      if (!element)
        return forget(index)
      elements.set(index, element)
      observer?.observe(element)
    },
  }
}

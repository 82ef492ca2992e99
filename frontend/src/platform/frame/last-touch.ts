/** The host keeps its own bar at the top of the window, over whatever was scrolled below it. */
const hostBarPx = 64

/**
 * Remembers, for the stylesheet, where the page was last touched and which part of it was in sight then. The host
 * scrolls, not the frame: the frame is as tall as its page, and only the browser knows what of it is on screen.
 */
export function followTouch(page: Window): void {
  const { documentElement: root } = page.document
  const tell = (name: string, px: number): void => root.style.setProperty(name, `${Math.round(px)}px`)
  const note = (y: number): void => {
    tell('--touched-y', y)
    lookAround(root, ({ top, bottom }) => {
      tell('--seen-top', top > 0 ? top + hostBarPx : 0)
      tell('--seen-bottom', bottom)
    })
  }
  page.addEventListener('pointerdown', ({ target, clientY }) => {
    if (!isOverlaid(target))
      note(clientY)
  }, { capture: true, passive: true })
  page.addEventListener('keydown', ({ target }) => {
    if (target instanceof Element && !isOverlaid(target))
      note(target.getBoundingClientRect().top)
  }, { capture: true, passive: true })
}

/** A dialog or a notice stays where it came up: it would move away under the pointer before its button is let go. */
const isOverlaid = (target: EventTarget | null): boolean => target instanceof Element && target.closest('[role="dialog"], ol.fixed') !== null

/** An observer tells at once, and across origins, what of an element is on screen: one answer is enough. */
function lookAround(root: Element, see: (sight: { top: number, bottom: number }) => void): void {
  const observer = new IntersectionObserver(([entry]) => {
    observer.disconnect()
    if (entry && entry.intersectionRect.height > 0)
      see(entry.intersectionRect)
  })
  observer.observe(root)
}

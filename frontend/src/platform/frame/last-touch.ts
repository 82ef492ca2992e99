/**
 * Remembers, for the stylesheet, how far down the page was last touched. The host scrolls, not the frame:
 * the frame cannot know which part of it is on screen, but what was just touched surely is.
 */
export function followTouch(page: Window): void {
  const { documentElement: root } = page.document
  const note = (y: number): void => root.style.setProperty('--touched-y', `${Math.round(y)}px`)
  page.addEventListener('pointerdown', ({ clientY }) => note(clientY), { capture: true, passive: true })
  page.addEventListener('keydown', ({ target }) => {
    if (target instanceof Element && !target.closest('[role="dialog"]'))
      note(target.getBoundingClientRect().top)
  }, { capture: true, passive: true })
}

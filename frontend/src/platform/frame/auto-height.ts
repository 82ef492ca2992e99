import type { Frame } from './frame.ts'

/** Room for a menu or a dialog over a page that is itself only a line long. */
const LEAST_HEIGHT_PX = 420

/** Keeps the host's frame as tall as the page, so nothing scrolls inside it. */
export function followHeight(frame: Frame, content: HTMLElement): () => void {
  let told = 0
  let pending = 0
  const tell = (): void => {
    pending = 0
    const height = Math.max(LEAST_HEIGHT_PX, Math.ceil(content.getBoundingClientRect().height))
    if (Math.abs(height - told) < 2)
      return
    told = height
    void frame.resizeWindow('100%', height)
  }
  const observer = new ResizeObserver(() => {
    pending ||= requestAnimationFrame(tell)
  })
  observer.observe(content)
  return () => {
    observer.disconnect()
    cancelAnimationFrame(pending)
  }
}

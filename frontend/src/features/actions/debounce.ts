export interface Debounced {
  (): void
  /** Does now what is still waiting; nothing when nothing is. */
  flush: () => void
  cancel: () => void
}

/** Waits for a pause before it acts. */
export function debounce(act: () => void, pauseMs: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | null = null
  const cancel = (): void => {
    if (timer !== null)
      clearTimeout(timer)
    timer = null
  }
  const run = (): void => {
    cancel()
    act()
  }
  return Object.assign(() => {
    cancel()
    timer = setTimeout(run, pauseMs)
  }, { flush: () => timer !== null && run(), cancel })
}

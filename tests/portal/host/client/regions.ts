/** Draws the parts of the page anew that may have changed; frames of apps stay untouched. */
export async function reloadRegions(): Promise<void> {
  const answer = await fetch(location.href)
  if (!answer.ok)
    return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const region of document.querySelectorAll<HTMLElement>('[data-reload]')) {
    const next = fresh.querySelector(`[data-reload="${region.dataset.reload}"]`)
    const isBusy = region.contains(document.activeElement) && document.activeElement?.matches('textarea, input')
    if (next && !isBusy && next.innerHTML !== region.innerHTML)
      region.replaceChildren(...next.childNodes)
  }
}

/** Many changes at once make one redraw. */
let waiting: ReturnType<typeof setTimeout> | undefined

export function reloadSoon(): void {
  waiting ??= setTimeout(() => {
    waiting = undefined
    void reloadRegions()
  }, 250)
}

import type { HostedFrame } from './frames.ts'
import { openFrame } from './frames.ts'
import { make } from './page-data.ts'

const opened = new WeakMap<HTMLElement, Promise<HostedFrame | null>>()

/** An app's page in its place on the page; only once. */
export function showFrame(container: HTMLElement): void {
  if (opened.has(container))
    return
  const { placementId, clientId, options = '{}', title = '' } = container.dataset
  opened.set(container, openFrame({
    ...(placementId ? { placementId: Number(placementId) } : {}),
    ...(clientId ? { clientId } : {}),
    options: JSON.parse(options) as Record<string, unknown>,
  }, {
    kind: container.closest('[role=tabpanel]') ? 'tab' : 'page',
    container,
    title,
    close: null,
    setTitle: setPageTitle,
    onInstalled: path => location.assign(path),
  }))
}

function setPageTitle(title: string): void {
  document.title = title
  const heading = document.querySelector('[data-app-title] h1')
  if (heading)
    heading.textContent = title
}

export function activateTabs(root: HTMLElement): void {
  const tabs = [...root.querySelectorAll<HTMLElement>('[role=tab]')]
  const remembered = new URL(location.href).hash.slice(1)

  function select(tab: HTMLElement): void {
    for (const other of tabs) {
      const isChosen = other === tab
      other.setAttribute('aria-selected', String(isChosen))
      other.tabIndex = isChosen ? 0 : -1
      const panel = document.getElementById(other.getAttribute('aria-controls') ?? '')
      if (panel)
        panel.hidden = !isChosen
      const frame = isChosen ? panel?.querySelector<HTMLElement>('[data-frame]') : null
      if (frame)
        showFrame(frame)
    }
  }

  root.addEventListener('click', ({ target }) => {
    const tab = target instanceof Element ? target.closest<HTMLElement>('[role=tab]') : null
    if (tab) {
      select(tab)
      history.replaceState(null, '', `#${tab.id}`)
    }
  })
  root.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement as HTMLElement)
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const backward = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
    const step = event.key === forward ? 1 : event.key === backward ? -1 : 0
    const next = at < 0 || step === 0 ? undefined : tabs.at((at + step) % tabs.length)
    if (next) {
      event.preventDefault()
      next.focus()
      select(next)
    }
  })
  const first = tabs.find(({ id }) => id === remembered)
  if (first)
    select(first)
}

export function showEagerFrames(): void {
  document.querySelectorAll<HTMLElement>('[data-frame][data-eager]').forEach(showFrame)
}

/** A hidden form field. */
export const hiddenField = (name: string, value: string): HTMLInputElement => make('input', { type: 'hidden', name, value })

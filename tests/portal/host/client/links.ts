import { pageData } from './page-data.ts'
import { reloadRegions } from './regions.ts'
import { sliders } from './sliders.ts'
import { readPath } from './wire.ts'

/** Records open in a slider; inside one, other links stay inside. Esc closes what is on top. */
export function activateLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || link.target === '_blank')
      return
    if (link.hasAttribute('data-slider')) {
      event.preventDefault()
      void openInSlider(link.getAttribute('href') ?? '/')
    }
    else if (pageData.isInSlider && link.origin === location.origin) {
      event.preventDefault()
      location.assign(withinSlider(link.href))
    }
  })
  document.addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented && !document.querySelector('dialog[open]'))
      sliders().closeTop()
  })
  document.querySelectorAll<HTMLElement>('[data-installer]').forEach(activateInstaller)
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-open-widget]') : null
    if (button)
      void openWidget(Number(button.dataset.openWidget), button.textContent ?? '', JSON.parse(button.dataset.options ?? '{}') as Record<string, unknown>)
  })
}

export async function openInSlider(href: string): Promise<void> {
  const target = readPath(href, location.origin, '')
  if (!target)
    return
  await sliders().openPage(target)
  await reloadRegions()
}

export async function openWidget(placementId: number, title: string, options: Record<string, unknown>): Promise<void> {
  await sliders().openApp({
    order: { placementId, options, uri: pageData.uri },
    look: { width: null, title: title.trim(), label: null, leftBoundary: null },
  })
  await reloadRegions()
}

function withinSlider(href: string): string {
  const url = new URL(href)
  url.searchParams.set('IFRAME', 'Y')
  url.searchParams.set('IFRAME_TYPE', 'SIDE_SLIDER')
  return url.href
}

/** An administrator who opens an unfinished app gets its installer. */
function activateInstaller(root: HTMLElement): void {
  const { installer: clientId = '', title = '' } = root.dataset
  const open = () => sliders().openApp({
    order: { clientId, uri: pageData.uri },
    look: { width: null, title, label: null, leftBoundary: null },
    onInstalled: path => location.assign(path),
  })
  root.querySelector('[data-open-installer]')?.addEventListener('click', () => void open())
  void open()
}

import type { FrameOrder, FrameSlot, HostedFrame } from './frames.ts'
import type { PortalPath, SliderLook } from './wire.ts'
import { closeFrame, openFrame } from './frames.ts'
import { make, t } from './page-data.ts'

export interface AppSlider {
  order: FrameOrder
  look: SliderLook
  /** Where the portal goes when the installer inside has finished. */
  onInstalled?: (path: string) => void
}

/** Panels from the right, one over the other; each promise resolves when its panel is closed. */
export interface Sliders {
  openPage(target: PortalPath): Promise<void>
  openApp(slider: AppSlider): Promise<void>
  closeTop(): void
  isOpen(): boolean
}

interface Panel {
  layer: HTMLElement
  body: HTMLElement
  setTitle(title: string): void
  close(): void
}

declare global {
  interface Window {
    portalSliders?: Sliders
  }
}

/** Pages inside a slider use the stack of the window at the top. */
export function sliders(): Sliders {
  return outermost()?.portalSliders ?? (window.portalSliders ??= createSliders())
}

function outermost(): Window | null {
  try {
    return window.top?.portalSliders ? window.top : null
  }
  catch {
    return null
  }
}

const bareLook: SliderLook = { width: null, title: null, label: null, leftBoundary: null }

export function createSliders(): Sliders {
  const panels: Panel[] = []

  function open(look: SliderLook, kind: string): { panel: Panel, closed: Promise<void> } {
    const before = document.activeElement
    const { promise, resolve } = Promise.withResolvers<void>()
    const { layer, body, heading, button } = drawPanel(look, kind)
    const panel: Panel = {
      layer,
      body,
      setTitle(title) {
        heading.textContent = title
        heading.hidden = title === ''
        layer.querySelector('.slider')?.setAttribute('aria-label', title)
      },
      close() {
        const at = panels.indexOf(panel)
        if (at < 0)
          return
        panels.splice(at)
        for (let above: Element | null = layer; above;) {
          const next: Element | null = above.nextElementSibling
          if (above.classList.contains('slider-layer'))
            above.remove()
          above = next
        }
        if (before instanceof HTMLElement)
          before.focus()
        resolve()
      },
    }
    panel.setTitle(look.title ?? '')
    button.addEventListener('click', () => panel.close())
    layer.addEventListener('mousedown', event => event.target === layer && panel.close())
    panels.push(panel)
    document.body.append(layer)
    button.focus()
    return { panel, closed: promise }
  }

  return {
    async openPage({ path, width }) {
      const { panel, closed } = open({ ...bareLook, width }, 'slider-page')
      const frame = make('iframe', { src: path, title: t('shell.loading') })
      frame.addEventListener('load', () => {
        const title = frame.contentDocument?.title ?? ''
        frame.title = title
        panel.layer.querySelector('.slider')?.setAttribute('aria-label', title)
      })
      panel.body.append(frame)
      await closed
    },
    async openApp({ order, look, onInstalled }) {
      const { panel, closed } = open(look, 'slider-app')
      let frame: HostedFrame | null = null
      const slot: FrameSlot = {
        kind: 'slider',
        container: panel.body,
        title: look.title ?? '',
        close: () => panels.at(-1) === panel && panel.close(),
        setTitle: title => panel.setTitle(title),
        async reload() {
          if (frame)
            closeFrame(frame)
          frame = await openFrame(order, slot)
        },
        onInstalled(path) {
          panel.close()
          onInstalled?.(path)
        },
      }
      frame = await openFrame(order, slot)
      await closed
      if (frame)
        closeFrame(frame)
    },
    closeTop: () => panels.at(-1)?.close(),
    isOpen: () => panels.length > 0,
  }
}

function drawPanel({ width, label, leftBoundary }: SliderLook, kind: string) {
  const heading = make('h2', { class: 'slider-title' })
  const body = make('div', { class: 'slider-body' })
  const button = make('button', { 'type': 'button', 'class': 'slider-close', 'aria-label': t('shell.close') }, '✕')
  if (label) {
    button.append(` ${label.text}`)
    button.style.setProperty('--slider-label', label.colour)
  }
  const panel = make('section', { 'class': `slider ${kind}`, 'role': 'dialog', 'aria-modal': 'true' }, button, heading, body)
  if (width !== null)
    panel.style.setProperty('--slider-width', `${width}px`)
  if (leftBoundary !== null)
    panel.style.width = `calc(100vw - ${leftBoundary}px)`
  const layer = make('div', { class: 'slider-layer' }, panel)
  return { layer, body, heading, button }
}

import { openInSlider, openWidget } from './links.ts'
import { make, t } from './page-data.ts'
import { startWorkflowOn } from './runs.ts'

interface Entry {
  text: string
  run: () => void
}

/** The menu of a row: open, start a workflow, and what apps add. */
export function activateMenus(): void {
  let popup: HTMLElement | null = null
  const close = () => {
    popup?.remove()
    popup = null
  }
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-row-menu]') : null
    close()
    if (!button)
      return
    const entries = await entriesOf(button.dataset)
    popup = draw(entries, button.getBoundingClientRect())
    document.body.append(popup)
    popup.querySelector('button')?.focus()
  })
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close())
}

async function entriesOf({ rowMenu: type = '', id = '', path = '' }: DOMStringMap): Promise<Entry[]> {
  const answer = await fetch(`/host/row-widgets?type=${type}`)
  const widgets = await answer.json() as { id: number, title: string }[]
  return [
    { text: t('shell.open'), run: () => void openInSlider(path) },
    { text: t('crm.startWorkflow'), run: () => void startWorkflowOn(type, id) },
    ...widgets.map(widget => ({ text: widget.title, run: () => void openWidget(widget.id, widget.title, { ID: id }) })),
  ]
}

function draw(entries: readonly Entry[], { bottom, left, right }: DOMRect): HTMLElement {
  const items = entries.map(({ text, run }) => {
    const button = make('button', { type: 'button', role: 'menuitem' }, text)
    button.addEventListener('click', run)
    return button
  })
  const popup = make('div', { class: 'popup menu-popup', role: 'menu' }, ...items)
  const isRtl = document.documentElement.dir === 'rtl'
  popup.style.top = `${bottom + window.scrollY + 4}px`
  popup.style[isRtl ? 'right' : 'left'] = `${isRtl ? document.documentElement.clientWidth - right : left}px`
  return popup
}

import type { HostedFrame } from './frames.ts'
import { closeFrame, openFrame, tell } from './frames.ts'
import { make, pageData, send, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'
import { asMap } from './wire.ts'

const leastLength = 3
const restMs = 300

/** Of each field as it stands on the page: a redraw makes new ones. */
const searches = new WeakMap<HTMLElement, () => void>()

/** Search fields that apps answer: each search opens the app's page in a frame that is not seen. */
export function activateAutocomplete(): void {
  document.addEventListener('input', ({ target }) => {
    const root = target instanceof Element ? target.closest<HTMLElement>('[data-autocomplete]') : null
    if (!root)
      return
    const searchSoon = searches.get(root) ?? searchField(root)
    searches.set(root, searchSoon)
    searchSoon()
  })
}

function searchField(root: HTMLElement): () => void {
  const { autocomplete: kind, recordPath } = root.dataset
  const input = root.querySelector('input')!
  const source = root.querySelector('select')!
  const list = root.querySelector('ul')!
  const container = root.querySelector<HTMLElement>('[data-autocomplete-frame]')!
  let frame: HostedFrame | null = null
  let latest = 0
  let resting: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    latest += 1
    list.replaceChildren()
    if (frame)
      closeFrame(frame)
    frame = null
  }

  async function search(): Promise<void> {
    forget()
    const mine = latest
    const searchQuery = input.value.trim()
    if (searchQuery.length < leastLength)
      return
    const opened = await openFrame({ placementId: Number(source.value), options: { searchQuery }, uri: pageData.uri }, {
      kind: 'search', container, title: source.selectedOptions[0]?.text ?? '', close: null, showFound, fill,
    })
    if (mine === latest)
      frame = opened
    else if (opened)
      closeFrame(opened)
  }

  function showFound(found: unknown): void {
    const options = Array.isArray(found) ? found.map(asMap) : []
    list.replaceChildren(...options.map(option => make('li', {}, choice(option))))
    if (options.length === 0)
      list.append(make('li', { class: 'soft' }, t('shell.nothing')))
  }

  function choice(option: Record<string, unknown>): HTMLElement {
    const button = make('button', { type: 'button' }, String(option.name ?? ''))
    const contact = [option.phone, option.email, option.web].filter(Boolean).map(String).join(' · ')
    if (contact)
      button.append(make('small', {}, contact))
    button.addEventListener('click', () => {
      if (frame)
        tell(frame, 'onCrmEntityIsNeedToCreate', { appSid: frame.opened.sid, data: option })
    })
    return button
  }

  async function fill(entity: Record<string, unknown>): Promise<void> {
    forget()
    input.value = ''
    const saved = await send(`/host/crm/${recordPath}/details`, { kind, fields: asMap(entity.fields) })
    if (!saved.ok)
      return toast(t('shell.failed'))
    await reloadRegions()
  }

  return () => {
    clearTimeout(resting)
    resting = setTimeout(() => void search(), restMs)
  }
}

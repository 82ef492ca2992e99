import { stream } from './live.ts'
import { make, pageData, t } from './page-data.ts'

const keptEntries = 400

type Entry = Record<string, unknown> & { channel: string }

/** REST calls, deliveries, workflow steps and frame messages, newest first. */
export function activateConsole(): void {
  const list = document.querySelector<HTMLElement>('[data-console]')
  const state = document.querySelector('[data-console-state]')
  const filter = document.querySelector<HTMLSelectElement>('[data-console-channel]')
  const pause = document.querySelector<HTMLElement>('[data-console-pause]')
  if (!list || !state || !filter || !pause)
    return
  let isPaused = false

  function add(entry: Entry): void {
    if (isPaused || !list)
      return
    list.querySelector('[data-console-empty]')?.remove()
    list.prepend(row(entry, filter?.value ?? ''))
    while (list.children.length > keptEntries)
      list.lastElementChild?.remove()
  }

  filter.addEventListener('change', () => {
    for (const item of list.querySelectorAll<HTMLElement>('details'))
      item.hidden = filter.value !== '' && item.dataset.channel !== filter.value
  })
  pause.addEventListener('click', () => {
    isPaused = !isPaused
    pause.setAttribute('aria-pressed', String(isPaused))
    pause.textContent = t(isPaused ? 'tools.resume' : 'tools.pause')
  })
  document.querySelector('[data-console-clear]')?.addEventListener('click', () => list.replaceChildren())
  void fetch('/control/log').then(answer => answer.json()).then((past: Entry[]) => past.slice(-100).forEach(add))
  stream({ onEntry: add, onState: (isConnected) => { state.textContent = `● ${t(isConnected ? 'tools.connected' : 'tools.disconnected')}` } })
}

function row(entry: Entry, shown: string): HTMLElement {
  const { at, channel, ...details } = entry
  const time = new Date(String(at)).toLocaleTimeString(pageData.language === 'en' ? 'en-GB' : pageData.language)
  const summary = make('summary', {}, make('time', { class: 'soft' }, time), make('span', { class: 'chip plain' }, channel), make('span', { dir: 'ltr' }, summaryOf(entry)))
  const item = make('details', { 'data-channel': channel }, summary, make('pre', {}, JSON.stringify(details, null, 2)))
  item.hidden = shown !== '' && shown !== channel
  return item
}

function summaryOf(entry: Entry): string {
  const text = (...keys: string[]) => keys.map(key => entry[key]).filter(value => value !== null && value !== undefined && value !== '').map(String).join(' · ')
  switch (entry.channel) {
    case 'rest': return text('method', 'status', 'error', 'ms')
    case 'delivery': return text('name', 'url', 'status', 'failure')
    case 'workflow': return text('event', 'message')
    case 'frame': return text('direction', 'command', 'placement', 'verdict')
    default: return text('event', 'kind', 'message', 'title', 'entityTypeId', 'id')
  }
}

import { make, send, setMarkup, t } from './page-data.ts'

interface Notices {
  unread: number
  entries: { id: number, html: string, at: string, isRead: boolean, from: string }[]
}

const pollMs = 5000

/** The bell counts what the viewer has not read and lists the latest. */
export function activateBell(): void {
  const bell = document.querySelector<HTMLElement>('[data-bell]')
  if (!bell)
    return
  let popup: HTMLElement | null = null

  const close = () => {
    popup?.remove()
    popup = null
    bell.setAttribute('aria-expanded', 'false')
  }

  bell.addEventListener('click', async () => {
    if (popup)
      return close()
    const notices = await read()
    popup = draw(notices)
    bell.setAttribute('aria-expanded', 'true')
    document.querySelector('.shell')?.append(popup)
    popup.querySelector<HTMLElement>('button, a')?.focus()
    await send('/host/notifications/read')
    show(bell, 0)
  })
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close())
  document.addEventListener('mousedown', ({ target }) => {
    if (popup && target instanceof Node && !popup.contains(target) && !bell.contains(target))
      close()
  })
  setInterval(async () => {
    if (document.visibilityState === 'visible' && !popup)
      show(bell, (await read()).unread)
  }, pollMs)
}

async function read(): Promise<Notices> {
  const answer = await fetch('/host/notifications').catch(() => null)
  return answer?.ok ? await answer.json() as Notices : { unread: 0, entries: [] }
}

function show(bell: HTMLElement, unread: number): void {
  const count = bell.querySelector<HTMLElement>('[data-bell-count]')
  bell.setAttribute('aria-label', unread > 0 ? `${t('shell.notifications')}, ${unread} ${t('shell.unread')}` : t('shell.notifications'))
  if (count) {
    count.textContent = String(unread)
    count.hidden = unread === 0
  }
}

function draw({ entries }: Notices): HTMLElement {
  const list = entries.map(({ html, at, isRead, from }) => {
    const text = make('div')
    setMarkup(text, html)
    return make('li', { class: isRead ? 'notice' : 'notice unread' }, make('div', {}, make('strong', {}, from)), text, make('time', {}, at))
  })
  const content = list.length > 0 ? make('ul', {}, ...list) : make('p', { class: 'empty' }, t('shell.noNotifications'))
  return make('section', { 'class': 'popup bell-popup', 'role': 'dialog', 'aria-label': t('shell.notifications') }, make('h2', {}, t('shell.notifications')), content)
}

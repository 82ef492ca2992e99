import { onWrite } from '../platform/api.ts'

/** Forms in which something was typed since they were last sent. One that keeps a draft of its own says `data-kept`. */
const typed = new Set<HTMLFormElement>()
/** Sent, and not known to be taken yet. */
const sent = new Set<HTMLFormElement>()
/** Refused by the server: what was typed is nowhere else. */
const refused = new Set<HTMLFormElement>()

const formOf = ({ target }: Event): HTMLFormElement | null =>
  target instanceof Element && !target.matches('[type=search]') ? target.closest<HTMLFormElement>('form:not([data-kept])') : null

function mark(event: Event): void {
  const form = formOf(event)
  if (form)
    typed.add(form)
}

const isLost = (form: HTMLFormElement): boolean => typed.has(form) || refused.has(form)

/** What closes a form from inside: a button that says `data-leaves`, or Escape where there is one and no list stands open. */
function leaverOf(event: Event): HTMLElement | null {
  const { target } = event
  if (!(target instanceof HTMLElement))
    return null
  if (!(event instanceof KeyboardEvent))
    return target.closest<HTMLElement>('[data-leaves]')
  const form = target.closest('form')
  return event.key !== 'Escape' || !form || form.querySelector('[aria-expanded=true], details[open]') ? null : form.querySelector<HTMLElement>('[data-leaves]')
}

/** @param ask whether what was typed may be lost */
export function watchForms(ask: () => Promise<boolean>): void {
  const leave = async (event: Event): Promise<void> => {
    const leaver = leaverOf(event)
    const form = leaver?.closest('form')
    if (!leaver || !form || !isLost(form))
      return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!await ask())
      return
    typed.delete(form)
    refused.delete(form)
    leaver.click()
  }
  document.addEventListener('click', event => void leave(event), { capture: true })
  document.addEventListener('keydown', event => void leave(event), { capture: true })
  document.addEventListener('input', mark)
  document.addEventListener('change', mark)
  document.addEventListener('submit', ({ target }) => {
    const form = target as HTMLFormElement
    if (typed.delete(form) || refused.has(form))
      sent.add(form)
  })
  onWrite((isTaken) => {
    if (isTaken)
      refused.clear()
    else
      sent.forEach(form => refused.add(form))
    sent.clear()
  })
  window.addEventListener('beforeunload', (event) => {
    if (isUnsaved())
      event.preventDefault()
  })
}

/** What was typed would be lost: in a form that is still open, or where a page says so itself by `data-unsaved`. */
export function isUnsaved(): boolean {
  for (const forms of [typed, sent, refused]) {
    for (const form of forms) {
      if (!form.isConnected)
        forms.delete(form)
    }
  }
  return typed.size > 0 || refused.size > 0 || document.querySelector('[data-unsaved]') !== null
}

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

export function watchForms(): void {
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

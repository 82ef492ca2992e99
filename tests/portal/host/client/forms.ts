import { send, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'

/** Forms work without scripts; with them a page is not left for a small change. */
export function activateForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null
    const question = form?.dataset.confirm
    if (question && !confirm(question))
      event.preventDefault()
    else if (form && 'reloadForm' in form.dataset)
      stay(event, form)
    else if (form && 'stageForm' in form.dataset)
      stay(event, form)
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement))
      return
    const form = target.form
    if (form && ('viewer' in form.dataset || 'autoSubmit' in form.dataset || 'stageForm' in form.dataset))
      form.requestSubmit()
  })
}

function stay(event: SubmitEvent, form: HTMLFormElement): void {
  event.preventDefault()
  void submit(form, event.submitter)
}

async function submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const answer = await send(form.action, new FormData(form, submitter))
  if (!answer.ok)
    return toast(t('shell.failed'))
  form.reset()
  if (document.activeElement instanceof HTMLElement)
    document.activeElement.blur()
  await reloadRegions()
}

import { openDialog } from './dialog.ts'
import { openInSlider } from './links.ts'
import { send, setMarkup, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'

/** Creating and changing records in a dialog. */
export function activateRecordForms(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-edit-record]') : null
    if (button)
      void edit(button.dataset.editRecord ?? '', button.textContent?.trim() ?? '')
  })
}

async function edit(record: string, title: string): Promise<void> {
  const answer = await fetch(`/host/crm/${record}/form`)
  if (!answer.ok)
    return toast(t('shell.denied'))
  const { body, close } = openDialog(title)
  setMarkup(body, await answer.text())
  const form = body.querySelector('form')!
  form.querySelector<HTMLElement>('input, select')?.focus()
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const saved = await send(form.action, new FormData(form))
    close()
    if (!saved.ok)
      return toast(t('shell.failed'))
    await reloadRegions()
    if (saved.status === 201)
      await openInSlider((await saved.json() as { path: string }).path)
  })
}

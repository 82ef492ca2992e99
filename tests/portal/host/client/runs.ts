import type { Choice } from './dialog.ts'
import { openDialog, pick } from './dialog.ts'
import { send, setMarkup, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'
import { sliders } from './sliders.ts'
import { readPath } from './wire.ts'

/** Starting workflows: from a template on a record, or from a record with a template. */
export function activateRuns(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-run], [data-start-workflow]') : null
    if (button?.dataset.run)
      void runTemplate(button.dataset.run)
    else if (button)
      void startWorkflowOn(button.dataset.type ?? '', button.dataset.id ?? '')
  })
}

async function runTemplate(templateId: string): Promise<void> {
  const [record] = await pick<Choice>({
    title: t('bp.chooseRecord'),
    isMultiple: false,
    load: async find => asChoices(`/host/run-records?${new URLSearchParams({ template: templateId, find })}`),
  }) ?? []
  if (record)
    await run(templateId, record.id)
}

export async function startWorkflowOn(type: string, recordId: string): Promise<void> {
  const [template] = await pick<Choice>({
    title: t('crm.startWorkflow'),
    isMultiple: false,
    load: async (find) => {
      const all = await asChoices(`/host/run-templates?type=${type}`)
      return all.filter(({ title }) => title.toLocaleLowerCase().includes(find.toLocaleLowerCase()))
    },
  }) ?? []
  if (template)
    await run(template.id, recordId)
}

async function asChoices(path: string): Promise<Choice[]> {
  const answer = await fetch(path)
  const rows = await answer.json() as { id: number, title: string }[]
  return rows.map(({ id, title }) => ({ id: String(id), title, note: `#${id}` }))
}

async function run(templateId: string, recordId: string): Promise<void> {
  const form = await askParameters(templateId)
  if (!form)
    return
  form.set('recordId', recordId)
  const answer = await send(`/host/bizproc/templates/${templateId}/run`, form)
  if (!answer.ok)
    return toast(t('shell.failed'))
  const { path } = await answer.json() as { path: string }
  const target = readPath(path, location.origin, '')
  if (target)
    await sliders().openPage({ ...target, width: 1100 })
  await reloadRegions()
}

/** What the template wants to know before it starts; null when the user leaves. */
async function askParameters(templateId: string): Promise<FormData | null> {
  const markup = await (await fetch(`/host/bizproc/templates/${templateId}/parameters`)).text()
  if (markup === '')
    return new FormData()
  let result: FormData | null = null
  const { body, close, closed } = openDialog(t('bp.parameters'))
  setMarkup(body, markup)
  const form = body.querySelector('form')!
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    result = new FormData(form)
    close()
  })
  await closed
  return result
}

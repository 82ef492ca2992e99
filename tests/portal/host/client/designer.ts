import { openDialog } from './dialog.ts'
import { closeFrame, openFrame } from './frames.ts'
import { make, send, setMarkup, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'
import { knownValues } from './wire.ts'

/** The workflow designer: choose on the left, place on the right, set up in a dialog. */
export function activateDesigner(root: HTMLElement): void {
  const base = `/host/bizproc/templates/${root.dataset.designer}`
  let choice: unknown = null

  root.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    const { choice: chosen, add, editStep, dropStep } = button?.dataset ?? {}
    if (button && chosen) {
      choice = JSON.parse(chosen)
      root.querySelectorAll('[data-choice]').forEach(other => other.setAttribute('aria-pressed', String(other === button)))
      root.classList.add('has-choice')
    }
    else if (add && choice) {
      const answer = await send(`${base}/steps`, { choice, place: JSON.parse(add) as unknown })
      const { name } = await answer.json() as { name: string }
      await reloadRegions()
      await editSettings(root, base, name)
    }
    else if (editStep) {
      await editSettings(root, base, editStep)
    }
    else if (dropStep) {
      await send(`${base}/steps/${dropStep}/drop`)
      await reloadRegions()
    }
  })
}

async function editSettings(root: HTMLElement, base: string, name: string): Promise<void> {
  const answer = await fetch(`${base}/steps/${name}`)
  if (!answer.ok)
    return toast(t('shell.failed'))
  const { body, close, closed } = openDialog(t('bp.settings'), { isWide: true })
  setMarkup(body, await answer.text())
  const form = body.querySelector('form')!
  const frame = await settingsFrame(form, Number(root.dataset.designer), name)
  rememberInsertion(form)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    await send(form.action, new FormData(form))
    close()
    await reloadRegions()
  })
  await closed
  if (frame)
    closeFrame(frame)
}

/** The app's own settings page; what it sets lands in hidden fields and is kept only by Save. */
async function settingsFrame(form: HTMLFormElement, templateId: number, stepName: string) {
  const container = form.querySelector<HTMLElement>('[data-settings-frame]')
  const hidden = form.querySelector<HTMLElement>('[data-properties]')
  if (!container || !hidden)
    return null
  const properties = JSON.parse(hidden.dataset.properties ?? '[]') as string[]
  return openFrame({ settings: { templateId, stepName } }, {
    kind: 'settings',
    container,
    title: t('bp.settings'),
    close: null,
    setProperties(params) {
      for (const [id, values] of Object.entries(knownValues(params, properties)))
        fillHidden(hidden, id, values)
    },
  })
}

function fillHidden(container: HTMLElement, id: string, values: readonly string[]): void {
  container.querySelector(`[data-property="${CSS.escape(id)}"]`)?.remove()
  const name = `properties[${id}]`
  const fields = values.length === 1
    ? [make('input', { type: 'hidden', name, value: values[0]! })]
    : values.map((value, index) => make('input', { type: 'hidden', name: `${name}[${index}]`, value }))
  container.append(make('span', { 'data-property': id }, ...fields.length > 0 ? fields : [make('input', { type: 'hidden', name, value: '' })]))
}

/** The list of expressions writes into the text field that was used last. */
function rememberInsertion(form: HTMLFormElement): void {
  let last = form.querySelector<HTMLInputElement | HTMLTextAreaElement>('[data-insertable]')
  form.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches('[data-insertable]'))
      last = target as HTMLInputElement
  })
  form.querySelector<HTMLSelectElement>('[data-insert]')?.addEventListener('change', ({ target }) => {
    const select = target as HTMLSelectElement
    if (last && select.value) {
      last.setRangeText(select.value, last.selectionStart ?? last.value.length, last.selectionEnd ?? last.value.length, 'end')
      last.focus()
    }
    select.value = ''
  })
}

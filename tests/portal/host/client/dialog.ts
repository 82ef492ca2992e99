import { make, t } from './page-data.ts'

export interface OpenDialog {
  element: HTMLDialogElement
  body: HTMLElement
  close(): void
  closed: Promise<void>
}

/** A modal dialog with a title and a way out. */
export function openDialog(title: string, { isWide = false } = {}): OpenDialog {
  const { promise, resolve } = Promise.withResolvers<void>()
  const button = make('button', { 'type': 'button', 'class': 'icon-button', 'aria-label': t('shell.close') }, '✕')
  const body = make('div')
  const heading = make('h2', { id: 'dialog-title' }, title)
  const element = make('dialog', { 'class': isWide ? 'wide' : '', 'aria-labelledby': 'dialog-title' }, make('div', { class: 'dialog-head' }, heading, button), body)
  element.addEventListener('close', () => {
    element.remove()
    resolve()
  })
  element.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-close-dialog]'))
      element.close()
  })
  button.addEventListener('click', () => element.close())
  document.body.append(element)
  element.showModal()
  return { element, body, close: () => element.close(), closed: promise }
}

export interface Choice {
  id: string
  title: string
  note?: string
}

interface PickOptions<Row extends Choice> {
  title: string
  isMultiple: boolean
  chosen?: readonly string[]
  /** Asked again for each search text. */
  load: (find: string) => Promise<Row[]>
}

/** The portal's way to choose from a list: null when the user leaves without choosing. */
export async function pick<Row extends Choice>({ title, isMultiple, chosen = [], load }: PickOptions<Row>): Promise<Row[] | null> {
  const { element, body, close, closed } = openDialog(title)
  const picked = new Map<string, Row>()
  let rows: Row[] = []
  let result: Row[] | null = null
  const search = make('input', { 'type': 'search', 'class': 'control', 'placeholder': t('shell.search'), 'aria-label': t('shell.search') })
  const list = make('div', { class: 'choices' })
  const confirm = make('button', { type: 'submit', class: 'button primary' }, t('shell.select'))
  const form = make('form', {}, make('div', { class: 'dialog-body' }, search, list), make('div', { class: 'dialog-foot' }, confirm, make('button', { 'type': 'button', 'class': 'button', 'data-close-dialog': '' }, t('shell.cancel'))))

  async function show(): Promise<void> {
    rows = await load(search.value)
    for (const row of rows) {
      if (chosen.includes(row.id) && !picked.has(row.id))
        picked.set(row.id, row)
    }
    list.replaceChildren(...rows.length > 0 ? rows.map(row => choiceRow(row, { isMultiple, isChosen: picked.has(row.id) })) : [make('p', { class: 'empty' }, t('shell.nothing'))])
  }

  list.addEventListener('change', ({ target }) => {
    const row = target instanceof HTMLInputElement && rows.find(({ id }) => id === target.value)
    if (!row)
      return
    if (!isMultiple)
      picked.clear()
    if ((target as HTMLInputElement).checked)
      picked.set(row.id, row)
    else
      picked.delete(row.id)
  })
  search.addEventListener('input', () => void show())
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    result = [...picked.values()]
    if (result.length > 0 || isMultiple)
      close()
  })
  body.append(form)
  await show()
  element.querySelector<HTMLElement>('.choices input, input')?.focus()
  await closed
  return result
}

function choiceRow({ id, title, note }: Choice, { isMultiple, isChosen }: { isMultiple: boolean, isChosen: boolean }): HTMLElement {
  const input = make('input', { type: isMultiple ? 'checkbox' : 'radio', name: 'choice', value: id })
  input.checked = isChosen
  const text = make('span', {}, title)
  if (note)
    text.append(make('small', {}, note))
  return make('label', {}, input, text)
}

import { send, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'

/** Cards are dragged from stage to stage; the list on each card does the same by keyboard. */
export function activateKanban(): void {
  const board = document.querySelector<HTMLElement>('[data-kanban]')
  if (!board)
    return
  let dragged: string | null = null

  const columnAt = (event: DragEvent) => event.target instanceof Element ? event.target.closest<HTMLElement>('[data-stage]') : null
  const mark = (column: HTMLElement | null) =>
    board.querySelectorAll('[data-stage]').forEach(other => other.classList.toggle('is-target', other === column))

  board.addEventListener('dragstart', (event) => {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null
    dragged = card?.dataset.id ?? null
    event.dataTransfer?.setData('text/plain', dragged ?? '')
  })
  board.addEventListener('dragover', (event) => {
    event.preventDefault()
    mark(columnAt(event))
  })
  board.addEventListener('dragend', () => mark(null))
  board.addEventListener('drop', async (event) => {
    event.preventDefault()
    mark(null)
    const stageId = columnAt(event)?.dataset.stage
    if (!dragged || !stageId)
      return
    const form = new FormData()
    form.set('stageId', stageId)
    const answer = await send(`/host/crm/${board.dataset.kanban}/${dragged}/stage`, form)
    if (!answer.ok)
      toast(t('shell.failed'))
    await reloadRegions()
  })
}

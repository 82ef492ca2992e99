import type { Item, StatusEntry } from '../../crm/store.ts'
import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { stagesOf } from '../../crm/stages.ts'
import { html } from '../html.ts'
import { recordPath, recordTitle, stageColour, userName, visibleIds } from '../records.ts'
import { clientLink, dealFilter, dealHead, person } from './deals.ts'

const shownPerColumn = 15

interface ColumnContent {
  cards: Item[]
  count: number
  sum: number
}

export function dealKanban(context: ScreenContext): Page {
  const { portal, t, query } = context
  const categories = portal.crm.categories.filter(({ entityTypeId }) => entityTypeId === 2)
  const categoryId = Number(query.category ?? categories.find(({ isDefault }) => isDefault)?.id ?? 0)
  const stages = stagesOf(portal.crm, 2, categoryId)
  const contents = sortIntoStages({ ...context, query: { ...query, category: String(categoryId), stage: '' } })
  const columns = stages.map((stage, index) => column(context, stage, { colour: stageColour(stage, index), stages }, contents.get(stage.statusId)))
  const body = html`${dealHead(context, 'kanban')}<div class="kanban" data-kanban="2" data-reload="list">${columns}</div>`
  return { title: t('crm.deals'), section: 'crm', body }
}

function sortIntoStages(context: ScreenContext): Map<string, ColumnContent> {
  const { portal, viewer: { user } } = context
  const deals = portal.crm.items(2)
  const columns = new Map<string, ColumnContent>()
  for (const id of visibleIds(portal, user, 2, dealFilter(context))) {
    const stageId = String(deals!.value(id, 'stageId'))
    const content = columns.get(stageId) ?? { cards: [], count: 0, sum: 0 }
    columns.set(stageId, content)
    content.count++
    content.sum += Number(deals!.value(id, 'opportunity') ?? 0)
    if (content.cards.length < shownPerColumn)
      content.cards.push(deals!.get(id)!)
  }
  return columns
}

function column(
  context: ScreenContext,
  stage: StatusEntry,
  { colour, stages }: { colour: string, stages: readonly StatusEntry[] },
  content: ColumnContent = { cards: [], count: 0, sum: 0 },
): Markup {
  const { t, format } = context
  const currency = content.cards[0]?.currencyId
  return html`<section class="kanban-column" data-stage="${stage.statusId}" style="--stage:${colour}" aria-label="${stage.name}">
    <h2 class="kanban-head"><span>${stage.name}</span><span>${content.count}</span></h2>
    <p class="kanban-sum">${content.count > 0 ? format.money(content.sum, currency) : '—'}</p>
    ${content.cards.map(item => card(context, item, stages))}
    ${content.count > content.cards.length && html`<p class="small-text">${t('crm.shownOf', { shown: content.cards.length, total: content.count })}</p>`}
  </section>`
}

function card(context: ScreenContext, item: Item, stages: readonly StatusEntry[]): Markup {
  const { portal, t, format, uri } = context
  return html`<article class="kanban-card" draggable="true" data-id="${item.id}">
    <a href="${recordPath(2, item.id)}" data-slider>${recordTitle(2, item)}</a>
    <strong>${format.money(item.opportunity, item.currencyId)}</strong>
    <span class="small-text">${clientLink(context, item)}</span>
    <span class="small-text">${person(userName(portal, item.assignedById))}</span>
    <form method="post" action="/host/crm/2/${item.id}/stage" data-stage-form>
      <input type="hidden" name="back" value="${uri}">
      <select name="stageId" aria-label="${t('crm.stage')}: ${recordTitle(2, item)}">${stages.map(({ statusId, name }) =>
        html`<option value="${statusId}"${statusId === item.stageId ? html` selected` : ''}>${name}</option>`)}</select>
    </form>
  </article>`
}

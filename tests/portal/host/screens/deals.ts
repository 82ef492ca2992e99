import type { Item } from '../../crm/store.ts'
import type { Markup } from '../html.ts'
import type { ReadField } from '../records.ts'
import type { Page, ScreenContext } from '../screen.ts'
import type { Column } from './list-view.ts'
import { stagesOf } from '../../crm/stages.ts'
import { html, trusted } from '../html.ts'
import { pageHead } from '../layout.ts'
import { findRecords, recordPath, recordTitle, stageColour, stageOf, userName } from '../records.ts'
import { initials } from '../viewer.ts'
import { contains, grid, listTools, menuColumn, pageNumber, pager, searchBox, select } from './list-view.ts'

export function dealList(context: ScreenContext): Page {
  const { portal, viewer, t, query } = context
  const found = findRecords(portal, viewer.user, {
    entityTypeId: 2,
    matches: dealFilter(context),
    page: pageNumber(query.page),
    pageSize: 20,
  })
  const body = html`${dealHead(context, 'list')}
    ${grid(dealColumns(context), found.items, t('crm.noRecords'), pager(found, context))}`
  return { title: t('crm.deals'), section: 'crm', body }
}

export function dealFilter({ query }: ScreenContext): (read: ReadField) => boolean {
  return read => (!query.category || String(read('categoryId') ?? 0) === query.category)
    && (!query.stage || read('stageId') === query.stage)
    && (!query.responsible || String(read('assignedById')) === query.responsible)
    && contains(read('title'), query.find)
}

export function dealHead(context: ScreenContext, view: 'list' | 'kanban'): Markup {
  const { portal, t, query } = context
  const categories = portal.crm.categories.filter(({ entityTypeId }) => entityTypeId === 2).sort((a, b) => a.sort - b.sort)
  const categoryId = Number(query.category || categories.find(({ isDefault }) => isDefault)?.id || 0)
  const stages = stagesOf(portal.crm, 2, categoryId).map(({ statusId, name }) => [statusId, name] as const)
  const people = [...portal.users.values()].map(({ id }) => [String(id), userName(portal, id)] as const)
  const allPipelines = view === 'list' ? [['', t('crm.allPipelines')] as const] : []
  const filter = html`<form class="row" method="get" action="/crm/deal/${view}/" data-auto-submit role="search">
    ${categories.length > 1 && select('category', t('crm.pipeline'), query.category, [...allPipelines, ...categories.map(({ id, name }) => [String(id), name] as const)])}
    ${view === 'list' && select('stage', t('crm.stage'), query.stage, [['', t('crm.allStages')], ...stages])}
    ${select('responsible', t('crm.responsible'), query.responsible, [['', t('crm.everyone')], ...people])}
    ${searchBox(context)}
    <button class="button small visually-hidden">${t('shell.search')}</button>
  </form>`
  const link = (target: 'list' | 'kanban', text: string) =>
    html`<a href="/crm/deal/${target}/"${target === view ? html` aria-current="page"` : ''}>${text}</a>`
  return html`${pageHead(t('crm.deals'), listTools(context, 2))}
    <div class="page-head"><nav class="switcher" aria-label="${t('crm.deals')}">${link('kanban', t('crm.kanban'))}${link('list', t('crm.list'))}</nav>${filter}</div>`
}

function dealColumns(context: ScreenContext): Column<Item>[] {
  const { portal, t, format } = context
  return [
    menuColumn(context, 2),
    { title: t('crm.deal'), isMain: true, cell: item => html`<a href="${recordPath(2, item.id)}" data-slider>${recordTitle(2, item)}</a><small>#${item.id}</small>` },
    { title: t('crm.stage'), cell: item => stageCell(context, item) },
    { title: t('crm.client'), cell: item => clientLink(context, item) },
    { title: t('crm.amount'), isNumber: true, cell: item => format.money(item.opportunity, item.currencyId) },
    { title: t('crm.responsible'), cell: item => person(userName(portal, item.assignedById)) },
    { title: t('crm.created'), cell: item => format.day(item.createdTime) },
  ]
}

function stageCell({ portal }: ScreenContext, item: Item): Markup {
  const stages = stagesOf(portal.crm, 2, Number(item.categoryId ?? 0))
  const open = stages.filter(({ semantics }) => semantics !== 'F' && semantics !== 'S')
  const current = stageOf(portal, 2, item)
  const position = current ? stages.indexOf(current) : -1
  const isFinal = current?.semantics === 'S' || current?.semantics === 'F'
  const colour = current ? stageColour(current, position) : 'transparent'
  const cells = open.map((_, index) => isFinal || index <= position
    ? html`<i style="background:${colour}"></i>`
    : trusted('<i></i>'))
  return html`<div class="mini-stages" aria-hidden="true">${cells}</div><span class="stage-name">${current?.name}</span>`
}

export function clientLink({ portal }: ScreenContext, item: Item): Markup | null {
  const company = portal.crm.items(4)?.get(Number(item.companyId))
  if (company)
    return html`<a href="${recordPath(4, company.id)}" data-slider>${recordTitle(4, company)}</a>`
  const contact = portal.crm.items(3)?.get(Number(item.contactId))
  return contact ? html`<a href="${recordPath(3, contact.id)}" data-slider>${recordTitle(3, contact)}</a>` : null
}

export function person(name: string): Markup | null {
  return name ? html`<span class="person"><span class="avatar" aria-hidden="true">${initials(name)}</span><span>${name}</span></span>` : null
}

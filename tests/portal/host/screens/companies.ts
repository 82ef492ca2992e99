import type { Item } from '../../crm/store.ts'
import type { ReadField } from '../records.ts'
import type { Page, ScreenContext } from '../screen.ts'
import type { Column } from './list-view.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { directoryName, entityTypes, findRecords, readTitle, recordPath, recordTitle, stageOf, userName } from '../records.ts'
import { NoSuchPage } from '../screen.ts'
import { clientLink, person } from './deals.ts'
import { contains, grid, listTools, menuColumn, pageNumber, pager, searchBox, select } from './list-view.ts'

interface ListDefinition {
  entityTypeId: number
  title: string
  columns: Column<Item>[]
  matches?: (read: ReadField) => boolean
  filter?: ReturnType<typeof select> | null
}

function recordList(context: ScreenContext, { entityTypeId, title, columns, matches = () => true, filter = null }: ListDefinition): Page {
  const { portal, viewer, t, query, path } = context
  const found = findRecords(portal, viewer.user, {
    entityTypeId,
    matches: read => contains(readTitle(entityTypeId, read), query.find) && matches(read),
    page: pageNumber(query.page),
    pageSize: 20,
  })
  const form = html`<form class="row" method="get" action="${path}" data-auto-submit role="search">${filter}${searchBox(context)}
    <button class="button small visually-hidden">${t('shell.search')}</button></form>`
  return { title, section: 'crm', body: html`${pageHead(title, listTools(context, entityTypeId), form)}${grid([menuColumn(context, entityTypeId), ...columns], found.items, t('crm.noRecords'), pager(found, context))}` }
}

const titleColumn = ({ t }: ScreenContext, entityTypeId: number): Column<Item> => ({
  title: t('crm.name'),
  isMain: true,
  cell: item => html`<a href="${recordPath(entityTypeId, item.id)}" data-slider>${recordTitle(entityTypeId, item)}</a><small>#${item.id}</small>`,
})

export function companyList(context: ScreenContext): Page {
  const { portal, t, format, query } = context
  const types = portal.crm.statuses.filter(({ entityId }) => entityId === 'COMPANY_TYPE').map(({ statusId, name }) => [statusId, name] as const)
  return recordList(context, {
    entityTypeId: entityTypes.company,
    title: t('crm.companies'),
    matches: read => !query.type || read('typeId') === query.type,
    filter: types.length > 0 ? select('type', t('crm.company_type'), query.type, [['', `${t('crm.company_type')}…`], ...types]) : null,
    columns: [
      titleColumn(context, 4),
      { title: t('crm.company_type'), cell: item => directoryName(portal, 'COMPANY_TYPE', item.typeId) },
      { title: t('crm.industry'), cell: item => directoryName(portal, 'INDUSTRY', item.industry) },
      { title: t('crm.responsible'), cell: item => person(userName(portal, item.assignedById)) },
      { title: t('crm.created'), cell: item => format.day(item.createdTime) },
    ],
  })
}

export function contactList(context: ScreenContext): Page {
  const { portal, t, format } = context
  return recordList(context, {
    entityTypeId: entityTypes.contact,
    title: t('crm.contacts'),
    columns: [
      titleColumn(context, 3),
      { title: t('crm.company'), cell: item => clientLink(context, { id: item.id, companyId: item.companyId }) },
      { title: t('crm.responsible'), cell: item => person(userName(portal, item.assignedById)) },
      { title: t('crm.created'), cell: item => format.day(item.createdTime) },
    ],
  })
}

/** Smart invoices and smart processes. */
export function typeList(context: ScreenContext): Page {
  const { portal, t, format, params } = context
  const entityTypeId = Number(params.type)
  const own = portal.crm.types.find(type => type.entityTypeId === entityTypeId)
  if (!own && entityTypeId !== entityTypes.invoice)
    throw new NoSuchPage()
  return recordList(context, {
    entityTypeId,
    title: own?.title ?? t('crm.invoices'),
    columns: [
      titleColumn(context, entityTypeId),
      { title: t('crm.stage'), cell: item => stageOf(portal, entityTypeId, item)?.name },
      { title: t('crm.client'), cell: item => clientLink(context, item) },
      { title: t('crm.amount'), isNumber: true, cell: item => format.money(item.opportunity, item.currencyId) },
      { title: t('crm.close'), cell: item => format.day(item.closedate) },
    ],
  })
}

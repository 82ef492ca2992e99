import type { Content, Markup } from '../html.ts'
import type { RecordPage } from '../records.ts'
import type { ScreenContext } from '../screen.ts'
import type { Item } from '../../crm/store.ts'
import { html } from '../html.ts'
import { icon } from '../icons.ts'
import { placementPrefix, recordPath, recordTitle } from '../records.ts'
import { widgetButtons } from '../widgets.ts'

export interface Column<Row> {
  title: string
  isNumber?: boolean
  isMain?: boolean
  cell: (row: Row) => Content
}

/** The grid of the portal's lists: head, rows, and a foot with total and pages. */
export function grid<Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string, foot: Content = null): Markup {
  const kind = ({ isNumber, isMain }: Column<Row>) => isNumber ? html` class="number"` : isMain ? html` class="main-cell"` : ''
  const body = rows.length === 0
    ? html`<p class="empty">${empty}</p>`
    : html`<div class="grid-scroll"><table class="grid">
        <thead><tr>${columns.map(column => html`<th scope="col"${kind(column)}>${column.title}</th>`)}</tr></thead>
        <tbody>${rows.map(row => html`<tr>${columns.map(column => html`<td${kind(column)}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
      </table></div>`
  return html`<div class="work" data-reload="list">${body}${foot}</div>`
}

export function pager({ total, page, pages }: RecordPage, { t, path, query }: ScreenContext): Markup {
  const at = (number: number) => `${path}?${new URLSearchParams({ ...query, page: String(number) })}`
  const step = (number: number, text: string) =>
    number < 1 || number > pages ? html`<span>${text}</span>` : html`<a href="${at(number)}">${text}</a>`
  return html`<nav class="grid-foot" aria-label="${t('crm.pages')}">
    <span>${t('crm.total')} : <b>${total}</b></span>
    <span>${t('crm.pages')} : <b>${page} / ${pages}</b></span>
    ${step(page - 1, `‹ ${t('crm.previous')}`)} ${step(page + 1, `${t('crm.next')} ›`)}
  </nav>`
}

export function select(name: string, label: string, chosen: string | undefined, options: readonly (readonly [value: string, text: string])[]): Markup {
  return html`<select class="control" name="${name}" aria-label="${label}">${options.map(([value, text]) =>
    html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : ''}>${text}</option>`)}</select>`
}

export const pageNumber = (value: string | undefined): number => Math.max(1, Math.trunc(Number(value)) || 1)

export function searchBox({ t, query }: ScreenContext): Markup {
  return html`<input class="control" type="search" name="find" value="${query.find ?? ''}" placeholder="${t('crm.filter')}" aria-label="${t('crm.filter')}">`
}

export const contains = (text: unknown, wanted: string | undefined): boolean =>
  !wanted || String(text ?? '').toLocaleLowerCase().includes(wanted.toLocaleLowerCase())

/** The menu at the start of a row: open, start a workflow, what apps add. */
export const menuColumn = ({ t }: ScreenContext, entityTypeId: number): Column<Item> => ({
  title: '',
  cell: item => html`<button class="row-menu" type="button" data-row-menu="${entityTypeId}" data-id="${item.id}" data-path="${recordPath(entityTypeId, item.id)}"
    aria-haspopup="menu" aria-label="${t('shell.more')}: ${recordTitle(entityTypeId, item)}">${icon('menu')}</button>`,
})

/** Green button of a list, and the widgets of its toolbar. */
export const listTools = (context: ScreenContext, entityTypeId: number): Content =>
  [html`<button class="button success" type="button" data-edit-record="${entityTypeId}/new">${icon('plus')}${context.t('crm.create')}</button>`,
    widgetButtons(context, `${placementPrefix(entityTypeId)}_LIST_TOOLBAR`)]

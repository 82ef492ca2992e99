import type { Question, Rows } from '../../biconnector/calls.ts'
import type { BiDataset } from '../../state.bi.ts'
import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { readRows } from '../../biconnector/calls.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { NoSuchPage } from '../screen.ts'
import { grid, select } from './list-view.ts'

const operators = ['', '=', '!=', '>', '>=', '<', '<=', '%', '@'] as const

/** What the form asks for: fields of `field_…`, one comparison, a limit. */
function questionOf({ fields }: BiDataset, query: Readonly<Record<string, string>>): Question {
  const chosen = fields.filter(({ name }) => query[`field_${name}`] === '1').map(({ name }) => name)
  const operator = operators.find(one => one === query.operator) ?? ''
  const value = query.value ?? ''
  return {
    ...(chosen.length > 0 && { select: chosen }),
    ...(query.filter && value !== '' && { filter: { [`${operator}${query.filter}`]: operator === '@' ? value.split(',') : value } }),
    limit: Math.max(1, Math.trunc(Number(query.limit)) || 50),
  }
}

/** Rows of a dataset, read from the connected system at this moment. */
export async function biRows(context: ScreenContext): Promise<Page> {
  const { portal, t, query, params } = context
  const dataset = portal.bi.datasets.get(Number(params.id))
  if (!dataset)
    throw new NoSuchPage()
  const answer = await readRows(portal, dataset, questionOf(dataset, query))
  const body = html`${pageHead(dataset.name, html`<a class="button small" href="/bi/source/">${t('bi.hub')}</a>`)}
    <p class="card">${dataset.description}</p>
    <section class="card"><form method="get" class="stack">
      <fieldset class="row"><legend class="soft">${t('bi.fields')}</legend>${dataset.fields.map(({ name, visible }) =>
        html`<label class="check"><input type="checkbox" name="field_${name}" value="1"${query[`field_${name}`] === '1' ? html` checked` : ''}> ${name}${!visible && ` (${t('bi.hidden')})`}</label>`)}</fieldset>
      <div class="row">
        ${select('filter', t('bi.filterField'), query.filter, [['', '—'], ...dataset.fields.map(({ name }) => [name, name] as const)])}
        ${select('operator', t('bi.operator'), query.operator, operators.map(one => [one, one || '='] as const))}
        <input class="control" name="value" value="${query.value ?? ''}" aria-label="${t('bi.value')}" placeholder="${t('bi.value')}">
        <input class="control" name="limit" type="number" min="1" value="${query.limit ?? '50'}" aria-label="${t('bi.limit')}">
        <button class="button primary small">${t('bi.load')}</button>
      </div></form></section>
    ${answer.isGood ? rowsCard(context, dataset, answer.value) : html`<p class="card" role="alert">${t('bi.bad', { reason: answer.reason })}</p>`}`
  return { title: dataset.name, section: 'bi', body }
}

function rowsCard({ t }: ScreenContext, dataset: BiDataset, { codes, rows }: Rows): Markup {
  const columns = codes.map((code, at) => {
    const field = dataset.fields.find(({ externalCode }) => externalCode === code)
    return {
      title: field?.name ?? code,
      isNumber: field?.type === 'int' || field?.type === 'double',
      cell: (row: unknown[]) => row[at] === null ? '' : String(row[at]),
    }
  })
  return html`<section class="card" aria-label="${t('bi.rows')}"><h2>${t('bi.rows')} : ${rows.length}</h2>${grid(columns, rows, t('bi.noRows'))}</section>`
}

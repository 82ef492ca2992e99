import type { BiConnector, BiDataset, BiSource } from '../../state.bi.ts'
import type { Markup } from '../html.ts'
import type { Page, Screen, ScreenContext } from '../screen.ts'
import { mayUseBi } from '../../biconnector/access.ts'
import { checkConnection, linkOf, readColumns, readTables } from '../../biconnector/calls.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { NoSuchPage } from '../screen.ts'
import { grid } from './list-view.ts'

/** Only those whom the administrator lets into the Analytics hub. */
export const biOnly = (screen: Screen): Screen => (context) => {
  if (!mayUseBi(context.viewer.user))
    throw new NoSuchPage('denied')
  return screen(context)
}

/** Connectors of all apps, what is connected, and the datasets that reports are built on. */
export function biHub(context: ScreenContext): Page {
  const { portal: { bi }, t, query } = context
  const body = html`${pageHead(t('bi.hub'))}
    ${query.error && html`<p class="card" role="alert">${t('bi.refused', { reason: query.error })}</p>`}
    <div class="stack">
      <section class="card" aria-label="${t('bi.connectors')}"><h2>${t('bi.connectors')}</h2>
        ${bi.connectors.size === 0 ? html`<p class="soft">${t('bi.noConnectors')}</p>` : [...bi.connectors.values()].map(connector => connectorCard(context, connector))}</section>
      <section class="card" aria-label="${t('bi.sources')}"><h2>${t('bi.sources')}</h2>${grid<BiSource>([
        { title: t('bi.name'), isMain: true, cell: source => html`<a href="/bi/source/${source.id}/">${source.title}</a>` },
        { title: t('bi.connector'), cell: source => bi.connectors.get(source.connectorId)?.title },
        { title: t('bi.datasets'), isNumber: true, cell: source => [...bi.datasets.values()].filter(({ sourceId }) => sourceId === source.id).length },
      ], [...bi.sources.values()], t('bi.noSources'))}</section>
      <section class="card" aria-label="${t('bi.datasets')}"><h2>${t('bi.datasets')}</h2>${grid<BiDataset>([
        { title: t('bi.name'), isMain: true, cell: dataset => html`<a href="/bi/dataset/${dataset.id}/">${dataset.name}</a>` },
        { title: t('bi.table'), cell: dataset => dataset.externalName },
        { title: t('bi.source'), cell: dataset => bi.sources.get(dataset.sourceId)?.title },
        { title: t('bi.fields'), isNumber: true, cell: dataset => dataset.fields.length },
      ], [...bi.datasets.values()], t('bi.noDatasets'))}</section>
    </div>`
  return { title: t('bi.hub'), section: 'bi', body }
}

function connectorCard({ t }: ScreenContext, connector: BiConnector): Markup {
  return html`<article style="margin-bottom:12px"><h3>${connector.title}</h3><p class="soft small-text">${connector.description}</p>
    <form class="row" method="post" action="/host/bi/sources">
      <input type="hidden" name="connectorId" value="${connector.id}">
      <input class="control" name="title" required placeholder="${t('bi.connectionName')}" aria-label="${t('bi.connectionName')}">
      ${connector.settings.map(({ code, name }) => html`<input class="control" name="setting_${code}" required placeholder="${name}" aria-label="${name}" autocomplete="off">`)}
      <button class="button small">${t('bi.connect')}</button></form></article>`
}

function sourceOf({ portal, params }: ScreenContext): BiSource {
  const source = portal.bi.sources.get(Number(params.id))
  if (!source)
    throw new NoSuchPage()
  return source
}

/** One connection: does it answer, what tables has it, what is in them. */
export async function biSource(context: ScreenContext): Promise<Page> {
  const { portal, t, query } = context
  const source = sourceOf(context)
  const link = linkOf(portal, source)
  const checked = query.check === '1' ? await checkConnection(link) : null
  const tables = await readTables(link, query.search ?? '')
  const body = html`${pageHead(source.title, html`<a class="button small" href="/bi/source/">${t('bi.hub')}</a>`)}
    ${query.error && html`<p class="card" role="alert">${t('bi.refused', { reason: query.error })}</p>`}
    <section class="card"><form class="row" method="get"><input type="hidden" name="check" value="1"><button class="button small">${t('bi.check')}</button>
      ${checked && html`<span role="status">${checked.isGood ? t('bi.good') : t('bi.bad', { reason: checked.reason })}</span>`}</form></section>
    <section class="card" aria-label="${t('bi.tables')}"><h2>${t('bi.tables')}</h2>
      <form class="row" method="get"><input class="control" type="search" name="search" value="${query.search ?? ''}" aria-label="${t('bi.search')}" placeholder="${t('bi.search')}"><button class="button small">${t('bi.search')}</button></form>
      ${tables.isGood
        ? grid([
            { title: t('bi.table'), isMain: true, cell: ({ title }: { code: string, title: string }) => title },
            { title: t('bi.code'), cell: ({ code }) => code },
            { title: '', cell: ({ code }) => html`<a href="?table=${encodeURIComponent(code)}">${t('bi.describe')}</a>` },
          ], tables.value, t('bi.noRows'))
        : html`<p role="alert">${t('bi.bad', { reason: tables.reason })}</p>`}</section>
    ${query.table && await tableCard(context, source, query.table)}`
  return { title: source.title, section: 'bi', body }
}

async function tableCard({ portal, t }: ScreenContext, source: BiSource, table: string): Promise<Markup> {
  const columns = await readColumns(linkOf(portal, source), table)
  if (!columns.isGood)
    return html`<section class="card"><p role="alert">${t('bi.bad', { reason: columns.reason })}</p></section>`
  return html`<section class="card" aria-label="${table}"><h2>${table}</h2>${grid([
    { title: t('bi.field'), isMain: true, cell: ({ name }: { code: string, name: string, type: string }) => name },
    { title: t('bi.code'), cell: ({ code }) => code },
    { title: t('bi.type'), cell: ({ type }) => type },
  ], columns.value, t('bi.noRows'))}
    <form class="row" method="post" action="/host/bi/sources/${source.id}/datasets"><input type="hidden" name="table" value="${table}">
      <input class="control" name="name" required pattern="[a-z][a-z0-9_]*" placeholder="${t('bi.name')}" aria-label="${t('bi.name')}"><button class="button small">${t('bi.addDataset')}</button></form></section>`
}

import type { StatusEntry } from '../../crm/store.ts'
import type { Content, Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import type { Widget } from '../widgets.ts'
import { stagesOf } from '../../crm/stages.ts'
import { html } from '../html.ts'
import { stageColour, userName, visibleIds } from '../records.ts'
import { NoSuchPage } from '../screen.ts'
import { widgetButtons, widgetsAt } from '../widgets.ts'

/** CRM analytics: two reports of the portal's own, and whatever apps hang into the menu. */
export function analytics(context: ScreenContext): Page {
  const { portal, viewer, t, params } = context
  const widgets = [...widgetsAt(portal, viewer, 'CRM_ANALYTICS_MENU'), ...widgetsAt(portal, viewer, 'BI_ANALYTICS_MENU')]
  const report = params.report ?? 'funnel'
  const widget = widgets.find(({ placement }) => `app-${placement.id}` === report)
  if (!widget && !['funnel', 'managers'].includes(report))
    throw new NoSuchPage()
  const toolbar = widget ? [] : widgetButtons(context, 'CRM_ANALYTICS_TOOLBAR')
  const content = widget ? appReport(widget) : report === 'funnel' ? funnel(context) : managers(context)
  const body = html`<div class="${context.isInSlider ? '' : 'panel'} analytics">${menu(context, widgets, report)}<div class="stack">${toolbar.length > 0 && html`<div class="row">${toolbar}</div>`}${content}</div></div>`
  return { title: widget?.title ?? t('crm.analytics'), section: 'crm', body }
}

function menu({ t }: ScreenContext, widgets: readonly Widget[], report: string): Markup {
  const link = (id: string, text: string) =>
    html`<a href="/crm/analytics/${id === 'funnel' ? '' : `${id}/`}"${id === report ? html` aria-current="page"` : ''} title="${text}">${text}</a>`
  return html`<nav class="side-menu" aria-label="${t('crm.analytics')}">
    <h1>${t('crm.analytics')}</h1>
    ${link('funnel', t('crm.funnel'))}${link('managers', t('crm.byManager'))}
    ${widgets.length > 0 && html`<p class="caption">${t('crm.apps')}</p><div class="sub">${widgets.map(({ placement, title }) => link(`app-${placement.id}`, title))}</div>`}
  </nav>`
}

function appReport({ placement, title }: Widget): Markup {
  return html`<div class="app-frame-box" data-frame data-eager data-placement-id="${placement.id}" data-title="${title}" data-options="{}"></div>`
}

interface Tally {
  count: number
  won: number
  sum: number
}

/** Deals counted by one field; sums are of the base currency alone. */
function tally({ portal, viewer }: ScreenContext, field: string): Map<string, Tally> {
  const deals = portal.crm.items(2)!
  const base = portal.crm.currencies.find(({ isBase }) => isBase)?.code
  const tallies = new Map<string, Tally>()
  for (const id of visibleIds(portal, viewer.user, 2, () => true)) {
    const key = String(deals.value(id, field))
    const known = tallies.get(key) ?? { count: 0, won: 0, sum: 0 }
    tallies.set(key, known)
    known.count++
    known.won += deals.value(id, 'stageSemanticId') === 'S' ? 1 : 0
    known.sum += deals.value(id, 'currencyId') === base ? Number(deals.value(id, 'opportunity') ?? 0) : 0
  }
  return tallies
}

interface Bar {
  name: string
  count: number
  sum: string
  colour: string
}

function bars(title: string, list: readonly Bar[]): Markup {
  const most = Math.max(1, ...list.map(({ count }) => count))
  const row = ({ name, count, sum, colour }: Bar): Content => html`<li><span>${name}</span>
    <span style="--stage:${colour}"><i style="width:${Math.round(count / most * 100)}%"></i></span>
    <span class="number"><b>${count}</b><br><span class="soft small-text">${sum}</span></span></li>`
  return html`<section class="card"><h2>${title}</h2><ul class="bars">${list.map(row)}</ul></section>`
}

function funnel(context: ScreenContext): Markup {
  const { portal, t, format } = context
  const tallies = tally(context, 'stageId')
  const base = portal.crm.currencies.find(({ isBase }) => isBase)?.code
  const bar = (stage: StatusEntry, index: number): Bar => {
    const { count, sum } = tallies.get(stage.statusId) ?? { count: 0, sum: 0 }
    return { name: stage.name, count, sum: format.money(sum, base), colour: stageColour(stage, index) }
  }
  const categories = portal.crm.categories.filter(({ entityTypeId }) => entityTypeId === 2)
  return html`<div class="stack">${(categories.length > 0 ? categories : [{ id: 0, name: '' }]).map(({ id, name }) =>
    bars([t('crm.funnel'), name].filter(Boolean).join(' · '), stagesOf(portal.crm, 2, id).map(bar)))}</div>`
}

function managers(context: ScreenContext): Markup {
  const { portal, t } = context
  const list = [...tally(context, 'assignedById')].sort(([, a], [, b]) => b.count - a.count)
  return bars(t('crm.byManager'), list.map(([id, { count, won }]) =>
    ({ name: userName(portal, id) || `#${id}`, count, sum: `${t('crm.won')} : ${won}`, colour: '#6aa9f4' })))
}

import type { Item } from '../../crm/store.ts'
import type { Content, Markup } from '../html.ts'
import type { Page, Screen, ScreenContext } from '../screen.ts'
import type { TextKey } from '../text/index.ts'
import type { Widget } from '../widgets.ts'
import { stagesOf } from '../../crm/stages.ts'
import { html } from '../html.ts'
import { icon } from '../icons.ts'
import { entityTypes, findRecord, placementPrefix, recordTitle, stageColour } from '../records.ts'
import { NoSuchPage } from '../screen.ts'
import { widgetButtons, widgetsAt } from '../widgets.ts'
import { recordDetails } from './record-details.ts'
import { recordFacts } from './record-facts.ts'
import { companyDeals, productRows, stageHistory } from './record-tabs.ts'
import { recordTimeline } from './timeline.ts'

interface Tab {
  id: string
  title: string
  content?: Content
  widget?: Widget
}

/** The card of a CRM record: stages, then tabs, of which each app placement has one. */
export function recordCard(entityTypeId: number): Screen {
  return (context): Page => {
    const { portal, viewer, params } = context
    const item = findRecord(portal, viewer.user, entityTypeId, Number(params.id))
    if (item === null || item === 'denied')
      throw new NoSuchPage(item === null ? 'notFound' : 'denied')
    const title = recordTitle(entityTypeId, item)
    const body = html`<div class="${context.isInSlider ? '' : 'panel'}" data-record="${entityTypeId}" data-id="${item.id}">
      ${head(context, entityTypeId, item, title)}
      <div data-reload="stages">${stageBar(context, entityTypeId, item)}</div>
      ${tabs(context, recordTabs(context, entityTypeId, item))}
    </div>`
    return { title, section: 'crm', body }
  }
}

function head(context: ScreenContext, entityTypeId: number, item: Item, title: string): Markup {
  const { portal, t } = context
  const category = portal.crm.categories.find(({ id, entityTypeId: type }) => type === entityTypeId && id === item.categoryId)
  const isWorthNaming = category !== undefined && (entityTypeId === 2 || !category.isDefault)
  const idKey = [7, 31].includes(entityTypeId) || entityTypeId >= 128 ? 'ENTITY_ID' : 'ID'
  return html`<header class="record-head" data-reload="head">
    <h1>${title}</h1>
    ${isWorthNaming && html`<span class="soft">${category.name}</span>`}
    ${widgetButtons(context, `${placementPrefix(entityTypeId)}_DETAIL_TOOLBAR`, { [idKey]: String(item.id) })}
    <button class="button" type="button" data-edit-record="${entityTypeId}/${item.id}">${icon('edit')}${t('shell.edit')}</button>
    ${entityTypeId !== entityTypes.contact && html`<button class="button" type="button" data-start-workflow data-type="${entityTypeId}" data-id="${item.id}">${icon('automation')}${t('crm.workflows')}</button>`}
  </header>`
}

function stageBar({ portal, t, uri }: ScreenContext, entityTypeId: number, item: Item): Markup | null {
  const stages = stagesOf(portal.crm, entityTypeId, Number(item.categoryId ?? 0))
  const position = stages.findIndex(({ statusId }) => statusId === item.stageId)
  if (stages.length === 0)
    return null
  const current = stages[position]
  const isFinal = current?.semantics === 'S' || current?.semantics === 'F'
  const colour = current ? stageColour(current, position) : 'transparent'
  const steps = stages.map((stage, index) => {
    const isReached = index === position || (index < position && (stage.semantics === 'P' || stage.semantics === null)) || (isFinal && index <= position && stage.semantics === 'P')
    return html`<form method="post" action="/host/crm/${entityTypeId}/${item.id}/stage" data-stage-form style="--stage:${isReached ? colour : stageColour(stage, index)}">
      <input type="hidden" name="back" value="${uri}">
      <button name="stageId" value="${stage.statusId}"${isReached ? html` class="is-reached"` : ''}${index === position ? html` aria-current="step"` : ''} title="${t('crm.stageChange', { stage: stage.name })}">${stage.name}</button>
    </form>`
  })
  return html`<div class="stage-bar" role="group" aria-label="${t('crm.stages')}">${steps}</div>`
}

function recordTabs(context: ScreenContext, entityTypeId: number, item: Item): Tab[] {
  const { portal, viewer, t } = context
  const about: Record<number, TextKey> = { 2: 'crm.aboutDeal', 3: 'crm.aboutContact', 4: 'crm.aboutCompany', 31: 'crm.aboutInvoice' }
  const general = html`<div class="record">
    <div class="record-side">
      <section class="card" data-reload="facts"><h2>${t(about[entityTypeId] ?? 'crm.more')}</h2>${recordFacts(context, entityTypeId, item)}</section>
      ${entityTypeId === entityTypes.company && recordDetails(context, entityTypeId, item)}
    </div>
    <section data-reload="timeline" aria-label="${t('crm.timeline')}">${recordTimeline(context, entityTypeId, item)}</section>
  </div>`
  const hasProducts = [1, 2, 7, 31].includes(entityTypeId) || entityTypeId >= 128
  const hasStages = stagesOf(portal.crm, entityTypeId, Number(item.categoryId ?? 0)).length > 0
  const widgets = widgetsAt(portal, viewer, `${placementPrefix(entityTypeId)}_DETAIL_TAB`)
  return [
    { id: 'general', title: t('crm.general'), content: general },
    ...(hasProducts ? [{ id: 'products', title: t('crm.products'), content: productRows(context, entityTypeId, item) }] : []),
    ...(entityTypeId === entityTypes.company ? [{ id: 'deals', title: t('crm.relatedDeals'), content: companyDeals(context, item) }] : []),
    ...(hasStages ? [{ id: 'history', title: t('crm.history'), content: stageHistory(context, entityTypeId, item) }] : []),
    ...widgets.map(widget => ({ id: `rest-${widget.placement.id}`, title: widget.title, widget })),
  ]
}

function tabs({ t, params }: ScreenContext, list: readonly Tab[]): Markup {
  const button = ({ id, title, widget }: Tab, index: number) => html`<button type="button" role="tab" id="tab-${id}" aria-controls="panel-${id}"
    aria-selected="${index === 0 ? 'true' : 'false'}" tabindex="${index === 0 ? 0 : -1}"${widget ? html` class="is-app" title="${title}"` : ''}>${title}</button>`
  const panel = ({ id, title, content, widget }: Tab, index: number) => html`<div role="tabpanel" id="panel-${id}" aria-labelledby="tab-${id}"${index > 0 ? html` hidden` : ''}>
    ${widget
      ? html`<div class="app-frame-box" data-frame data-placement-id="${widget.placement.id}" data-title="${title}" data-options="${JSON.stringify({ ID: params.id })}"></div>`
      : html`<div data-reload="panel-${id}">${content}</div>`}
  </div>`
  return html`<div data-tabs>
    <div class="tab-bar" role="tablist" aria-label="${t('crm.tabs')}">${list.map(button)}</div>
    ${list.map(panel)}
  </div>`
}

import type { DocumentType, Template } from '../../bizproc/model.ts'
import type { WorkflowInstance } from '../../state.bizproc.ts'
import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { templatesOf } from '../../bizproc/designer.ts'
import { documentTypeOf, parseDocumentId } from '../../bizproc/documents.ts'
import { walkSteps } from '../../bizproc/model.ts'
import { html } from '../html.ts'
import { icon } from '../icons.ts'
import { pageHead } from '../layout.ts'
import { recordPath, recordTitle, userName } from '../records.ts'
import { grid } from './list-view.ts'

export interface DocumentKind {
  entityTypeId: number
  documentType: DocumentType
  title: string
}

export function documentKinds({ portal, t }: ScreenContext): DocumentKind[] {
  const kind = (entityTypeId: number, title: string) => ({ entityTypeId, documentType: documentTypeOf(entityTypeId), title })
  return [
    kind(2, t('crm.deals')),
    kind(4, t('crm.companies')),
    kind(3, t('crm.contacts')),
    kind(31, t('crm.invoices')),
    ...portal.crm.types.map(({ entityTypeId, title }) => kind(entityTypeId, title)),
  ]
}

/** Templates by record type, the automation of each stage, and the latest runs. */
export function templateList(context: ScreenContext): Page {
  const { t } = context
  const kinds = documentKinds(context)
  const body = html`${pageHead(t('bp.title'), html`<form class="row" method="post" action="/host/bizproc/templates">
      <input class="control" name="name" required placeholder="${t('bp.name')}" aria-label="${t('bp.name')}">
      <select class="control" name="entityTypeId" aria-label="${t('bp.documentType')}">${kinds.map(({ entityTypeId, title }) => html`<option value="${entityTypeId}">${title}</option>`)}</select>
      <button class="button success">${icon('plus')}${t('bp.create')}</button></form>`)}
    <div class="stack">${kinds.map(kind => kindTemplates(context, kind))}${runs(context)}</div>`
  return { title: t('bp.title'), section: 'automation', body }
}

function kindTemplates(context: ScreenContext, { entityTypeId, documentType, title }: DocumentKind): Markup | null {
  const templates = templatesOf(context.portal, documentType)
  if (templates.length === 0 && ![2, 4].includes(entityTypeId))
    return null
  return html`<section class="card" aria-label="${title}"><div class="row" style="margin-bottom:10px"><h2 class="grow">${title}</h2>
    ${[2, 31].includes(entityTypeId) && html`<a class="button small" href="${automationPath(entityTypeId)}">${icon('automation')}${context.t('shell.automation')}</a>`}</div>
    ${templates.length === 0 ? html`<p class="soft">${context.t('bp.noTemplates')}</p>` : html`<ul class="links">${templates.map(template => templateRow(context, template))}</ul>`}</section>`
}

export const automationPath = (entityTypeId: number, categoryId: number | string = 0): string =>
  entityTypeId === 2 ? `/crm/deal/automation/${categoryId}/` : `/crm/type/${entityTypeId}/automation/${categoryId}/`

function templateRow({ t, viewer }: ScreenContext, template: Template): Markup {
  const auto = { 0: t('bp.auto0'), 1: t('bp.auto1'), 2: t('bp.auto2'), 3: t('bp.auto3') }[template.autoExecute]
  return html`<li class="row"><span class="grow"><a href="/bizproc/templates/${template.id}/">${template.name}</a>
      <span class="soft small-text">${auto} · ${t('bp.steps')} : ${walkSteps(template.steps).length}</span></span>
    <button class="button small" type="button" data-run="${template.id}">${icon('play')}${t('bp.run')}</button>
    ${viewer.user.isAdmin && html`<form method="post" action="/host/bizproc/templates/${template.id}/delete" data-confirm="${t('bp.deleteConfirm', { name: template.name })}">
      <button class="icon-button" aria-label="${t('shell.delete')}: ${template.name}">${icon('trash')}</button></form>`}</li>`
}

const shownRuns = 30

function runs(context: ScreenContext): Markup {
  const { portal, t, format } = context
  const latest = [...portal.bizproc.instances.values()].slice(-shownRuns).reverse()
  return html`<section class="card" data-live="workflow" data-reload="runs"><h2>${t('bp.instances')}</h2>${grid<WorkflowInstance>([
    { title: t('bp.templates'), isMain: true, cell: run => html`<a href="/bizproc/runs/${run.id}/" data-slider>${portal.bizproc.templates.get(run.templateId)?.name ?? run.id}</a>` },
    { title: t('bp.record'), cell: run => documentLink(context, run) },
    { title: t('bp.started'), cell: run => format.moment(run.startedAt) },
    { title: t('bp.startedBy'), cell: run => userName(portal, run.startedBy) },
    { title: t('crm.status'), cell: run => runStatus(context, run) },
  ], latest, t('bp.noRuns'))}</section>`
}

export function documentLink({ portal }: ScreenContext, { documentId }: WorkflowInstance): Markup | string {
  const reference = parseDocumentId(documentId)
  const item = reference && portal.crm.items(reference.entityTypeId)?.get(reference.itemId)
  return reference && item
    ? html`<a href="${recordPath(reference.entityTypeId, item.id)}" data-slider>${recordTitle(reference.entityTypeId, item)}</a>`
    : documentId[2]
}

export function runStatus({ t }: ScreenContext, { status, statusText }: WorkflowInstance): Markup {
  const kind = { running: '', completed: 'good', terminated: 'plain', failed: 'bad' }[status]
  return html`<span class="chip ${kind}" title="${statusText}">${t(`bp.status.${status}`)}</span>`
}

import type { StatusEntry } from '../../crm/store.ts'
import type { Markup } from '../html.ts'
import type { Page, Screen, ScreenContext } from '../screen.ts'
import { templatesOf } from '../../bizproc/designer.ts'
import { documentTypeOf, isSameType } from '../../bizproc/documents.ts'
import { walkSteps } from '../../bizproc/model.ts'
import { stagesOf } from '../../crm/stages.ts'
import { html } from '../html.ts'
import { icon } from '../icons.ts'
import { pageHead } from '../layout.ts'
import { placementPrefix, stageColour } from '../records.ts'
import { widgetButtons } from '../widgets.ts'

/** Automation of a pipeline: the rules and triggers of each stage. */
export function stageAutomation(entityTypeId: number): Screen {
  return (context): Page => {
    const { portal, t, params } = context
    const stages = stagesOf(portal.crm, entityTypeId, Number(params.category ?? 0))
    const columns = stages.map((stage, index) => html`<section class="kanban-column" style="--stage:${stageColour(stage, index)}" aria-label="${stage.name}">
      <h2 class="kanban-head"><span>${stage.name}</span></h2>
      <h3 class="automation-caption">${t('bp.triggers')}</h3>${triggers(context, entityTypeId, stage)}
      <h3 class="automation-caption">${t('bp.steps')}</h3>${rules(context, entityTypeId, stage)}</section>`)
    const body = html`${pageHead(t('shell.automation'), widgetButtons(context, `${placementPrefix(entityTypeId)}_ROBOT_DESIGNER_TOOLBAR`))}<div class="kanban">${columns}</div>`
    return { title: t('shell.automation'), section: 'automation', body }
  }
}

function rules({ portal, t }: ScreenContext, entityTypeId: number, { statusId, name }: StatusEntry): Markup {
  const steps = templatesOf(portal, documentTypeOf(entityTypeId), 'robots')
    .filter(({ stageId }) => stageId === statusId)
    .flatMap(template => walkSteps(template.steps))
  return html`${steps.map(step => html`<article class="kanban-card plain">${step.title}</article>`)}
    <form method="post" action="/host/bizproc/automation"><input type="hidden" name="entityTypeId" value="${entityTypeId}">
      <button class="automation-add" name="stageId" value="${statusId}" aria-label="${t('shell.edit')}: ${name}">${icon(steps.length > 0 ? 'edit' : 'plus')}</button></form>`
}

function triggers({ portal, t, uri }: ScreenContext, entityTypeId: number, { statusId, name }: StatusEntry): Markup {
  const { triggers: offered, triggerBindings } = portal.bizproc
  const nameOf = (appId: string, code: string) => offered.find(trigger => trigger.clientId === appId && trigger.code === code)?.name ?? code
  const bound = triggerBindings.filter(({ stageId, documentType }) => stageId === statusId && isSameType(documentType, documentTypeOf(entityTypeId)))
  const back = html`<input type="hidden" name="back" value="${uri}"><input type="hidden" name="entityTypeId" value="${entityTypeId}">`
  return html`${bound.map(({ id, appId, code }) => html`<article class="kanban-card plain row"><span class="grow">${nameOf(appId, code)}</span>
      <form method="post" action="/host/bizproc/triggers/${id}/delete">${back}<button class="icon-button" aria-label="${t('shell.delete')}: ${nameOf(appId, code)}">${icon('close')}</button></form></article>`)}
    ${offered.length > 0 && html`<form method="post" action="/host/bizproc/triggers" data-auto-submit>${back}<input type="hidden" name="stageId" value="${statusId}">
      <select class="automation-add" name="trigger" aria-label="${t('bp.trigger')}: ${name}"><option value="">+ ${t('bp.trigger')}</option>${offered.map(({ clientId, code, name: title }) =>
        html`<option value="${clientId}@${code}">${title}</option>`)}</select></form>`}`
}

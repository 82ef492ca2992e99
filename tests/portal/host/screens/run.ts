import type { Page, ScreenContext } from '../screen.ts'
import { findInSteps } from '../../bizproc/model.ts'
import { logOf } from '../../bizproc/workflow-log.ts'
import { html } from '../html.ts'
import { NoSuchPage } from '../screen.ts'
import { documentLink, runStatus } from './templates.ts'

/** One run of a workflow with its log; redrawn while it goes on. */
export function workflowRun(context: ScreenContext): Page {
  const { portal, t, format, params, uri } = context
  const run = portal.bizproc.instances.get(params.id ?? '')
  if (!run)
    throw new NoSuchPage()
  const title = portal.bizproc.templates.get(run.templateId)?.name ?? t('bp.running')
  const results = Object.entries(run.results).map(([step, values]) => ({ title: findInSteps(run.steps, step)?.title ?? step, values: Object.entries(values) }))
  const body = html`<div class="${context.isInSlider ? '' : 'panel'}" data-live="workflow">
    <header class="record-head"><h1>${title}</h1></header>
    <div class="stack" data-reload="run">
      <section class="card row"><div class="grow">${documentLink(context, run)}<div class="soft small-text">${t('bp.started')} ${format.moment(run.startedAt)} · <span class="mono">${run.id}</span></div></div>
        ${runStatus(context, run)}
        ${run.status === 'running' && html`<form method="post" action="/host/bizproc/runs/${run.id}/terminate"><input type="hidden" name="back" value="${uri}"><button class="button small danger">${t('bp.terminate')}</button></form>`}</section>
      <section class="card"><h2>${t('bp.log')}</h2><ol class="run-log" role="log">${logOf(portal, run.id).map(({ at, message }) =>
        html`<li><time class="soft">${format.clock(at)}</time><span>${message}</span></li>`)}</ol></section>
      ${results.map(({ title: step, values }) => html`<section class="card"><h2>${t('bp.returns')} · ${step}</h2><dl class="facts">${values.map(([name, value]) =>
        html`<div><dt class="mono">${name}</dt><dd>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd></div>`)}</dl></section>`)}
    </div></div>`
  return { title, section: 'automation', body }
}

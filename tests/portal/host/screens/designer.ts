import type { PaletteItem } from '../../bizproc/designer.ts'
import type { AppStep, Step, StepType, Template } from '../../bizproc/model.ts'
import type { Markup } from '../html.ts'
import type { IconName } from '../icons.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { deadSteps, palette } from '../../bizproc/designer.ts'
import { entityTypeIdOf } from '../../bizproc/documents.ts'
import { hasStages } from '../../crm/stages.ts'
import { html } from '../html.ts'
import { icon } from '../icons.ts'
import { pageHead } from '../layout.ts'
import { NoSuchPage } from '../screen.ts'
import { appTitle } from '../widgets.ts'
import { stepSummaries } from './step-summary.ts'

type BuiltIn = Exclude<StepType, 'app'>
type Place = Readonly<{ of: string, side: 'then' | 'else' } | null>

const icons: Record<StepType, IconName> = {
  app: 'apps',
  condition: 'branch',
  approve: 'check',
  delay: 'clock',
  setStage: 'stage',
  setFields: 'edit',
  setVariable: 'edit',
  notify: 'bell',
  createTask: 'tasks',
}

interface Known {
  /** Steps whose action is gone. */
  readonly dead: ReadonlySet<string>
  readonly summaryOf: (step: Step) => string
}

/** The editor of one template: what can be placed on the left, the steps from top to bottom on the right. */
export function designer(context: ScreenContext): Page {
  const { portal, t, params } = context
  const template = portal.bizproc.templates.get(Number(params.id))
  if (!template)
    throw new NoSuchPage()
  const known: Known = { dead: new Set(deadSteps(portal, template)), summaryOf: stepSummaries(context, template) }
  const body = html`${template.kind === 'designer' ? html`<h1 class="visually-hidden">${template.name}</h1><div class="page-head">${head(context, template)}</div>` : pageHead(stageName(context, template), head(context, template))}
    <div class="panel designer" data-designer="${template.id}">
      ${paletteOf(context, template)}
      <div>
        <p class="soft small-text">${t('bp.chosen')}</p>
        <div class="flow" data-reload="flow"><span class="flow-end">${t('bp.begin')}</span>${flow(context, template.steps, known, null)}<span class="flow-end">${t('bp.end')}</span></div>
      </div>
    </div>`
  return { title: template.name, section: 'automation', body }
}

function stageName({ portal, t }: ScreenContext, { stageId }: Template): string {
  const stage = portal.crm.statuses.find(({ statusId }) => statusId === stageId)?.name ?? ''
  return `${t('shell.automation')} · ${stage}`
}

function head({ t }: ScreenContext, template: Template): Markup {
  const options = [t('bp.auto0'), t('bp.auto1'), t('bp.auto2'), t('bp.auto3')]
  const auto = html`<form class="row" method="post" action="/host/bizproc/templates/${template.id}" data-auto-submit>
    <input class="control title-control" name="name" required value="${template.name}" aria-label="${t('bp.name')}">
    <select class="control" name="autoExecute" aria-label="${t('bp.auto')}">${options.map((text, value) => html`<option value="${value}"${value === template.autoExecute ? html` selected` : ''}>${text}</option>`)}</select>
    <button class="button small">${t('shell.save')}</button></form>`
  return html`${template.kind === 'designer' && auto}<button class="button success" type="button" data-run="${template.id}">${icon('play')}${t('bp.run')}</button>`
}

function paletteOf(context: ScreenContext, template: Template): Markup {
  const { portal, viewer, t } = context
  const entityTypeId = entityTypeIdOf(template.documentType)
  const staged = entityTypeId !== null && hasStages(entityTypeId)
  const item = (type: BuiltIn) => paletteButton(icon(icons[type]), t(`bp.${type}`), { type })
  const group = (title: string, items: readonly (Markup | false)[]) => html`<h3>${title}</h3>${items}`
  const offered = palette(portal, template.documentType, template.kind, viewer.language)
  const ofKind = (kind: PaletteItem['kind']) => offered.filter(item => item.kind === kind)
    .map(({ appId, code, name, description }) => paletteButton(icon('apps'), name, { appId, code }, description))
  const [activities, robots] = [ofKind('activity'), ofKind('robot')]
  return html`<aside class="card palette" aria-label="${t('bp.palette')}"><h2>${t('bp.palette')}</h2>
    ${offered.length === 0 && group(t('bp.paletteApps'), [html`<p class="soft small-text">${t('bp.noAppActions')}</p>`])}
    ${activities.length > 0 && group(t('bp.paletteApps'), activities)}
    ${robots.length > 0 && group(t('bp.paletteRobots'), robots)}
    ${group(t('bp.paletteCrm'), [staged && item('setStage'), item('setFields'), item('setVariable')])}
    ${group(t('bp.paletteNotify'), [item('notify'), item('createTask'), item('approve')])}
    ${group(t('bp.paletteFlow'), [item('condition'), item('delay')])}
  </aside>`
}

function paletteButton(mark: Markup, text: string, choice: Record<string, string>, description = ''): Markup {
  return html`<button type="button"${choice.appId ? html` class="is-app"` : ''} data-choice="${JSON.stringify(choice)}" aria-pressed="false" title="${description}">${mark}<span>${text}</span></button>`
}

function flow(context: ScreenContext, steps: readonly Step[], known: Known, place: Place): Markup {
  const add = (index: number) => html`<div class="flow-line"><button class="flow-add" type="button" data-add="${JSON.stringify({ branch: place, index })}" aria-label="${context.t('bp.addHere')}">${icon('plus')}</button></div>`
  return html`${add(0)}${steps.map((step, index) => html`${stepBox(context, step, known)}${add(index + 1)}`)}`
}

function stepBox(context: ScreenContext, step: Step, known: Known): Markup {
  const { t } = context
  const kind = step.type === 'app' ? 'app' : ['condition', 'approve', 'delay'].includes(step.type) ? 'flow-step' : ''
  const label = step.type === 'app' ? actionName(context, step) : t(`bp.${step.type}`)
  const summary = known.summaryOf(step)
  const box = html`<article class="step ${kind}" data-step="${step.name}">
    <div class="step-kind">${icon(icons[step.type])}<span>${label}</span>
      <button class="icon-button" type="button" data-edit-step="${step.name}" aria-label="${t('bp.editStep', { name: step.title })}">${icon('edit')}</button>
      <button class="icon-button" type="button" data-drop-step="${step.name}" aria-label="${t('bp.removeStep', { name: step.title })}">${icon('trash')}</button></div>
    <div class="step-text">${step.title}${summary && html`<small>${summary}</small>`}
      ${known.dead.has(step.name) && html`<small class="chip bad">${t('bp.unknownAction')}</small>`}</div></article>`
  if (!('then' in step))
    return box
  const side = (name: 'then' | 'else') => html`<div class="branch"><h4>${t(`bp.${name}`)}</h4>${flow(context, step[name], known, { of: step.name, side: name })}</div>`
  return html`${box}<div class="flow-line" style="min-height:22px"></div><div class="branches">${side('then')}${side('else')}</div>`
}

/** The app that brings the action; its code when the app is gone. */
function actionName({ portal, viewer }: ScreenContext, { appId, code }: AppStep): string {
  const app = portal.apps.get(appId)
  return app ? appTitle(app, viewer.language) : code
}

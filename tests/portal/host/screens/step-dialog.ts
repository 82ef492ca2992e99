import type { AppStep, Step, Template, Value } from '../../bizproc/model.ts'
import type { Content, Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import { registrationOf } from '../../bizproc/app-step.ts'
import { localized } from '../../bizproc/designer.ts'
import { documentFields } from '../../bizproc/document-values.ts'
import { entityTypeIdOf } from '../../bizproc/documents.ts'
import { operators } from '../../bizproc/model.ts'
import { innerKey } from '../../bizproc/registration-rules.ts'
import { insertableValues } from '../../bizproc/settings-dialog.ts'
import { html } from '../html.ts'
import { appFields } from './app-fields.ts'

/** The settings of one step, as the inside of a dialog; its form is posted to `action`. */
export function stepDialog(context: ScreenContext, template: Template, step: Step): Markup {
  const { t } = context
  const action = `/host/bizproc/templates/${template.id}/steps/${step.name}`
  return html`<form method="post" action="${action}" data-step-form>
    <div class="dialog-body">
      <label class="field"><span>${t('bp.stepTitle')}</span><input name="title" value="${step.title}"></label>
      ${step.type === 'app' ? appSettings(context, template, step) : html`${builtIn(context, template, step)}${valuePicker(context, template, step)}`}
    </div>
    <div class="dialog-foot"><button class="button success">${t('shell.save')}</button><button class="button" type="button" data-close-dialog>${t('shell.cancel')}</button></div>
  </form>`
}

/** Either the app's own page with hidden fields that it fills, or fields made from what the app declared. */
function appSettings(context: ScreenContext, template: Template, step: AppStep): Markup {
  const { t, viewer, portal } = context
  const registration = registrationOf(portal, step)?.registration
  if (!registration)
    return html`<p class="message bad">${t('bp.unknownAction')}</p>`
  const description = localized(registration.description, viewer.language)
  const returns = Object.values(registration.returnProperties).map(property => localized(innerKey(property, 'Name'), viewer.language))
  const ownPage = registration.usePlacement && registration.placementHandler
  return html`${description && html`<p class="soft">${description}</p>`}
    ${ownPage
      ? html`<div class="settings-frame" data-settings-frame data-template="${template.id}" data-step="${step.name}"></div>
        <div hidden data-properties="${JSON.stringify(Object.keys(registration.properties))}"></div>`
      : html`${appFields(context, registration.properties, step.properties)}${valuePicker(context, template, step)}`}
    <label class="field"><span>${t('bp.timeout')}</span><input type="number" min="0" name="timeoutSeconds" value="${step.timeoutSeconds}"></label>
    ${registration.useSubscription === '' && html`<input type="hidden" name="waitingShown" value="1"><label class="check"><input type="checkbox" name="isWaiting" value="1"${step.isWaiting ? html` checked` : ''}> ${t('bp.waits')}</label>`}
    ${returns.length > 0 && html`<p class="small-text soft">${t('bp.returns')} : ${returns.join(', ')}</p>`}`
}

type Option = readonly [value: string, text: string]

const text = (value: Value | undefined): string => [value ?? ''].flat().join(', ')

const input = (name: string, label: string, value: string | number, type = 'text'): Markup =>
  html`<label class="field"><span>${label}</span><input type="${type}" name="${name}" value="${value}" data-insertable></label>`

const area = (name: string, label: string, value: string): Markup =>
  html`<label class="field"><span>${label}</span><textarea name="${name}" data-insertable>${value}</textarea></label>`

const choice = (name: string, label: string, value: string, options: readonly Option[]): Markup =>
  html`<label class="field"><span>${label}</span><select name="${name}">${options.map(([key, caption]) =>
    html`<option value="${key}"${key === value ? html` selected` : ''}>${caption}</option>`)}</select></label>`

function builtIn(context: ScreenContext, template: Template, step: Exclude<Step, AppStep>): Content {
  const { t } = context
  switch (step.type) {
    case 'condition': return conditionRows(context, step.conditions[0] ?? { left: '', operator: '=', right: '' })
    case 'setStage': return choice('stageId', t('bp.stage'), step.stageId, stageOptions(context, template))
    case 'setFields': return fieldChoice(context, template, Object.entries(step.fields)[0])
    case 'setVariable': {
      const [name, value] = Object.entries(step.variables)[0] ?? ['', '']
      return [input('variable', t('bp.variable'), name), input('value', t('bp.value'), text(value))]
    }
    case 'notify': return [input('to', t('bp.to'), text(step.to)), area('text', t('bp.text'), step.text)]
    case 'createTask': return [
      input('taskTitle', t('bp.taskTitle'), step.taskTitle),
      area('description', t('bp.description'), step.description),
      input('responsible', t('crm.responsible'), text(step.responsible)),
      input('deadlineInDays', t('bp.deadline'), step.deadlineInDays ?? '', 'number'),
    ]
    case 'approve': return [
      input('question', t('bp.question'), step.question),
      area('description', t('bp.description'), step.description),
      input('approvers', t('bp.to'), text(step.approvers)),
    ]
    case 'delay': return input('seconds', t('bp.seconds'), step.seconds, 'number')
  }
}

function conditionRows({ t }: ScreenContext, { left, operator, right }: { left: string, operator: string, right: string }): Markup {
  return html`<div class="condition-row">${input('left', t('bp.left'), left)}
    ${choice('operator', t('bp.operator'), operator, operators.map(name => [name, name] as const))}${input('right', t('bp.right'), right)}</div>`
}

function stageOptions({ portal }: ScreenContext, { documentType }: Template): Option[] {
  const entityTypeId = entityTypeIdOf(documentType)
  const pattern = entityTypeId === 2 ? /^DEAL_STAGE/ : new RegExp(entityTypeId === 31 ? '^SMART_INVOICE_STAGE' : `^DYNAMIC_${entityTypeId}_STAGE`)
  return portal.crm.statuses.filter(({ entityId }) => pattern.test(entityId)).map(({ statusId, name }) => [statusId, name])
}

function fieldChoice({ portal, t }: ScreenContext, template: Template, entry: [string, Value] | undefined): Content {
  const fields = Object.entries(documentFields(portal, template.documentType)).filter(([, { Editable }]) => Editable)
  return [
    choice('field', t('bp.field'), entry?.[0] ?? 'TITLE', fields.map(([code, { Name }]) => [code, Name] as const)),
    input('value', t('bp.value'), text(entry?.[1])),
  ]
}

/** Puts `{=Document:TITLE}` and the like into the field that was used last. */
function valuePicker({ portal, viewer, t }: ScreenContext, template: Template, step: Step): Markup {
  const values = insertableValues(portal, template, step.name, viewer.language)
  return html`<label class="field"><span>${t('bp.insertValue')}</span><select data-insert><option value="">…</option>${values.map(({ expression, label }) =>
    html`<option value="${expression}">${label}</option>`)}</select></label>`
}

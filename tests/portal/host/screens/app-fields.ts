import type { Value } from '../../bizproc/model.ts'
import type { ActivityProperty } from '../../state.bizproc.ts'
import type { Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import { isYes } from '../../bizproc/app-step.ts'
import { localized } from '../../bizproc/designer.ts'
import { innerKey, isMap } from '../../bizproc/registration-rules.ts'
import { html } from '../html.ts'

type Values = Readonly<Record<string, Value>>

/** Fields for an action whose app brings no settings page. */
export function appFields(context: ScreenContext, properties: Readonly<Record<string, ActivityProperty>>, values: Values): Markup[] {
  return Object.entries(properties).map(([id, property]) => appField(context, id, property, values[id]))
}

function appField({ viewer, t }: ScreenContext, id: string, property: ActivityProperty, value: Value | undefined): Markup {
  const name = `properties[${id}]`
  const type = String(innerKey(property, 'Type') ?? 'string')
  const isRequired = isYes(innerKey(property, 'Required'))
  const label = `${localized(innerKey(property, 'Name'), viewer.language) || id}${isRequired ? ' *' : ''}`
  const current = [value ?? []].flat()
  const description = localized(innerKey(property, 'Description'), viewer.language)
  const options = type === 'bool' ? { Y: t('shell.yes'), N: t('shell.no') } : innerKey(property, 'Options')
  const control = isMap(options)
    ? selectControl(name, options, current, { language: viewer.language, isMultiple: isYes(innerKey(property, 'Multiple')) })
    : textControl(name, type, current.join('\n'))
  return html`<label class="field"><span>${label}</span>${control}${description && html`<small class="soft">${description}</small>`}</label>`
}

interface SelectOptions {
  language: string
  isMultiple: boolean
}

function selectControl(name: string, options: Record<string, unknown>, current: readonly string[], { language, isMultiple }: SelectOptions): Markup {
  return html`<select name="${isMultiple ? `${name}[]` : name}"${isMultiple ? html` multiple` : ''}>${isMultiple ? '' : html`<option value=""></option>`}${Object.entries(options).map(([key, text]) =>
    html`<option value="${key}"${current.includes(key) ? html` selected` : ''}>${localized(text, language) || key}</option>`)}</select>`
}

/** Numbers and dates stay text fields: an expression may stand there as well. */
function textControl(name: string, type: string, value: string): Markup {
  return type === 'text'
    ? html`<textarea name="${name}" data-insertable>${value}</textarea>`
    : html`<input name="${name}" value="${value}" data-insertable>`
}

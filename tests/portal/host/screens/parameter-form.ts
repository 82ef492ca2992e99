import type { Template, Value } from '../../bizproc/model.ts'
import type { Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import { html, trusted } from '../html.ts'
import { appFields } from './app-fields.ts'

/** Questions before a workflow starts; nothing at all when the template asks none. */
export function parameterForm(context: ScreenContext, { parameters }: Template): Markup {
  const { t } = context
  if (Object.keys(parameters).length === 0)
    return trusted('')
  const properties = Object.fromEntries(Object.entries(parameters).map(([id, property]) => [id, { ...property }]))
  const defaults = Object.fromEntries(Object.entries(parameters).map(([id, { Default }]): [string, Value] => [id, Default ?? '']))
  return html`<form><div class="dialog-body">${appFields(context, properties, defaults)}</div>
    <div class="dialog-foot"><button class="button success">${t('bp.run')}</button><button class="button" type="button" data-close-dialog>${t('shell.cancel')}</button></div></form>`
}

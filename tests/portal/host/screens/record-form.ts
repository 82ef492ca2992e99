import type { Item } from '../../crm/store.ts'
import type { Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { userName } from '../records.ts'

type Option = readonly [value: string, text: string]

/** The main fields of a record, new or known, as the inside of a dialog. */
export function recordForm(context: ScreenContext, entityTypeId: number, item: Item | null): Markup {
  const { t } = context
  const fields = entityTypeId === 3 ? contactFields(context, item) : entityTypeId === 4 ? companyFields(context, item) : dealFields(context, entityTypeId, item)
  return html`<form method="post" action="/host/crm/${entityTypeId}/${item?.id ?? 'new'}" data-record-form>
    <div class="dialog-body">${fields}${responsible(context, item)}</div>
    <div class="dialog-foot"><button class="button success">${t('shell.save')}</button><button class="button" type="button" data-close-dialog>${t('shell.cancel')}</button></div></form>`
}

const text = (item: Item | null, name: string, label: string, type = 'text'): Markup =>
  html`<label class="field"><span>${label}</span><input type="${type}"${type === 'number' ? html` step="any"` : ''} name="${name}" value="${valueOf(item, name, type)}"${name === 'title' || name === 'lastName' ? html` required` : ''}></label>`

function valueOf(item: Item | null, name: string, type: string): string {
  const value = String(item?.[name] ?? '')
  return type === 'date' ? value.slice(0, 10) : value
}

const choice = (item: Item | null, name: string, label: string, options: readonly Option[]): Markup =>
  html`<label class="field"><span>${label}</span><select name="${name}">${options.map(([value, caption]) =>
    html`<option value="${value}"${value === String(item?.[name] ?? '') ? html` selected` : ''}>${caption}</option>`)}</select></label>`

function directory({ portal }: ScreenContext, entityId: string): Option[] {
  return [['', '—'], ...portal.crm.statuses.filter(entry => entry.entityId === entityId).map(({ statusId, name }) => [statusId, name] as const)]
}

function dealFields(context: ScreenContext, entityTypeId: number, item: Item | null): Markup[] {
  const { portal, t } = context
  const categories = portal.crm.categories.filter(category => category.entityTypeId === entityTypeId).map(({ id, name }) => [String(id), name] as const)
  const currencies = portal.crm.currencies.map(({ code, fullName }) => [code, fullName] as const)
  return [
    text(item, 'title', t('crm.name')),
    text(item, 'opportunity', t('crm.amount'), 'number'),
    choice(item, 'currencyId', t('crm.currency'), currencies),
    text(item, 'closedate', t('crm.close'), 'date'),
    ...(item === null && categories.length > 1 ? [choice(item, 'categoryId', t('crm.pipeline'), categories)] : []),
    text(item, 'companyId', `${t('crm.company')} (ID)`, 'number'),
    text(item, 'comments', t('crm.comment')),
  ]
}

function companyFields(context: ScreenContext, item: Item | null): Markup[] {
  const { t } = context
  return [
    text(item, 'title', t('crm.name')),
    choice(item, 'typeId', t('crm.company_type'), directory(context, 'COMPANY_TYPE')),
    choice(item, 'industry', t('crm.industry'), directory(context, 'INDUSTRY')),
    text(item, 'comments', t('crm.comment')),
  ]
}

function contactFields({ t }: ScreenContext, item: Item | null): Markup[] {
  return [
    text(item, 'name', t('crm.firstName')),
    text(item, 'lastName', t('crm.lastName')),
    text(item, 'companyId', `${t('crm.company')} (ID)`, 'number'),
  ]
}

function responsible({ portal, viewer, t }: ScreenContext, item: Item | null): Markup {
  const people = [...portal.users.values()].filter(({ isExtranet }) => !isExtranet).map(({ id }) => [String(id), userName(portal, id)] as const)
  return choice(item ?? { id: 0, assignedById: viewer.user.id }, 'assignedById', t('crm.responsible'), people)
}

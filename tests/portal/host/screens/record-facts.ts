import type { Item } from '../../crm/store.ts'
import type { Content, Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { directoryName, stageOf, userName } from '../records.ts'
import { clientLink, person } from './deals.ts'

type Fact = readonly [label: string, value: Content, size?: 'big']

/** Left column of a card. */
export function recordFacts(context: ScreenContext, entityTypeId: number, item: Item): Markup {
  const facts = [...ownFacts(context, entityTypeId, item), ...userFieldFacts(context, entityTypeId, item)]
  return html`<dl class="facts">${facts.map(([label, value, size]) => html`<div><dt>${label}</dt>
    <dd${size ? html` class="big"` : ''}>${isBlank(value) ? html`<span class="soft">${context.t('crm.notFilled')}</span>` : value}</dd></div>`)}</dl>`
}

const isBlank = (value: Content) => value === null || value === undefined || value === ''

function ownFacts(context: ScreenContext, entityTypeId: number, item: Item): Fact[] {
  if (entityTypeId === 4)
    return companyFacts(context, item)
  if (entityTypeId === 3)
    return contactFacts(context, item)
  const { portal, t, format } = context
  return [
    [t('crm.amount'), format.money(item.opportunity, item.currencyId), 'big'],
    [t('crm.stage'), stageOf(portal, entityTypeId, item)?.name],
    [t('crm.client'), clientLink(context, item)],
    [t('crm.begin'), format.day(item.begindate)],
    [t('crm.close'), format.day(item.closedate)],
    ...(item.typeId ? [[t('crm.type'), directoryName(portal, 'DEAL_TYPE', item.typeId)] as const] : []),
    ...people(context, item),
    [t('crm.comment'), plainText(item.comments)],
  ]
}

function companyFacts(context: ScreenContext, item: Item): Fact[] {
  const { portal, t } = context
  return [
    [t('crm.company_type'), directoryName(portal, 'COMPANY_TYPE', item.typeId)],
    [t('crm.industry'), directoryName(portal, 'INDUSTRY', item.industry)],
    [t('crm.phone'), multifield(item.fm, 'PHONE')],
    [t('crm.email'), multifield(item.fm, 'EMAIL')],
    ...people(context, item),
    [t('crm.comment'), plainText(item.comments)],
  ]
}

function contactFacts(context: ScreenContext, item: Item): Fact[] {
  const { t } = context
  return [
    [t('crm.name'), [item.name, item.lastName].filter(Boolean).map(String).join(' ')],
    [t('crm.company'), clientLink(context, { id: item.id, companyId: item.companyId })],
    [t('crm.phone'), multifield(item.fm, 'PHONE')],
    [t('crm.email'), multifield(item.fm, 'EMAIL')],
    ...people(context, item),
  ]
}

function people({ portal, t, format }: ScreenContext, item: Item): Fact[] {
  return [
    [t('crm.responsible'), person(userName(portal, item.assignedById))],
    [t('crm.created'), format.moment(item.createdTime)],
    [t('crm.modified'), format.moment(item.updatedTime)],
  ]
}

function userFieldFacts({ portal, t }: ScreenContext, entityTypeId: number, item: Item): Fact[] {
  return (portal.crm.userFields.get(entityTypeId) ?? []).map(({ name, title, type, items }) => {
    const written = (value: unknown) => type === 'boolean' ? t(value === 'Y' ? 'shell.yes' : 'shell.no') : String(value)
    const values = [item[name] ?? ''].flat().map(value => items?.find(({ ID }) => ID === String(value))?.VALUE ?? written(value))
    return [title, values.join(', ')] as const
  })
}

function multifield(value: unknown, typeId: string): string {
  if (!Array.isArray(value))
    return ''
  return value.flatMap((entry: { typeId?: unknown, value?: unknown }) => entry.typeId === typeId ? [String(entry.value)] : []).join(', ')
}

const plainText = (value: unknown): string => typeof value === 'string' ? value : ''

import type { RecordDetails } from '../../crm/details.ts'
import type { Item } from '../../crm/store.ts'
import type { Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import type { TextKey } from '../text/index.ts'
import { mayEdit } from '../../crm/access.ts'
import { detailsOf } from '../../crm/details.ts'
import { html } from '../html.ts'
import { widgetsAt } from '../widgets.ts'

const searches = [
  { code: 'CRM_REQUISITE_AUTOCOMPLETE', kind: 'company', label: 'crm.details' },
  { code: 'CRM_BANK_DETAIL_AUTOCOMPLETE', kind: 'bank', label: 'crm.bankDetails' },
] as const satisfies readonly { code: string, kind: keyof RecordDetails, label: TextKey }[]

/** A company's numbers and account, with the fields that search them in the apps that offer it. */
export function recordDetails(context: ScreenContext, entityTypeId: number, item: Item): Markup {
  const { portal, viewer, t } = context
  return html`<section class="card"><h2>${t('crm.details')}</h2>
    ${mayEdit(portal, viewer.user, entityTypeId, item.id) && searches.map(search => searchField(context, search, `${entityTypeId}/${item.id}`))}
    <div data-reload="details">${written(context, entityTypeId, item)}</div>
  </section>`
}

function searchField({ portal, viewer, t }: ScreenContext, { code, kind, label }: typeof searches[number], record: string): Markup | null {
  const sources = widgetsAt(portal, viewer, code)
  if (sources.length === 0)
    return null
  const options = sources.map(({ placement, title }) => html`<option value="${placement.id}">${title}</option>`)
  return html`<div class="details-search" data-autocomplete="${kind}" data-record-path="${record}">
    <label class="field"><span>${t(label)}</span><input type="search" class="control" autocomplete="off" placeholder="${sources.length === 1 ? sources[0]!.title : ''}"></label>
    <select class="control" aria-label="${t('crm.searchSource')}"${sources.length === 1 ? html` hidden` : ''}>${options}</select>
    <ul aria-label="${t(label)}"></ul>
    <div hidden data-autocomplete-frame></div>
  </div>`
}

function written({ portal, t }: ScreenContext, entityTypeId: number, item: Item): Markup {
  const { company, bank } = detailsOf(portal, { entityTypeId, id: item.id })
  const facts = [
    [t('crm.legalName'), company?.RQ_COMPANY_NAME],
    ['SIREN', company?.RQ_SIREN],
    ['SIRET', company?.RQ_SIRET],
    [t('crm.vatNumber'), company?.RQ_VAT_ID],
    [t('crm.accountHolder'), bank?.RQ_ACC_NAME],
    ['IBAN', bank?.RQ_IBAN],
    ['BIC', bank?.RQ_BIC],
  ] as const
  return html`<dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value ? String(value) : html`<span class="soft">${t('crm.notFilled')}</span>`}</dd></div>`)}</dl>`
}

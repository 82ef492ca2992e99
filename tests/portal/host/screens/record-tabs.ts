import type { Item } from '../../crm/store.ts'
import type { Markup } from '../html.ts'
import type { ScreenContext } from '../screen.ts'
import { ownedRows } from '../../rest/methods/owned-rows.ts'
import { html } from '../html.ts'
import { findRecords, recordPath, recordTitle, stageMoves, stageOf } from '../records.ts'
import { grid } from './list-view.ts'

const ownerTypes: Record<number, string> = { 1: 'L', 2: 'D', 7: 'Q', 31: 'SI' }

const ownerType = (entityTypeId: number) => ownerTypes[entityTypeId] ?? `T${entityTypeId.toString(16)}`

export function productRows({ portal, t, format }: ScreenContext, entityTypeId: number, item: Item): Markup {
  return grid<Item>([
    { title: t('crm.product'), isMain: true, cell: row => String(row.productName ?? '') },
    { title: t('crm.price'), isNumber: true, cell: row => format.money(row.price, item.currencyId) },
    { title: t('crm.quantity'), isNumber: true, cell: row => `${format.number(row.quantity)} ${String(row.measureName ?? '')}` },
    { title: t('crm.tax'), isNumber: true, cell: row => row.taxRate === null || row.taxRate === undefined ? '—' : `${format.number(row.taxRate)} %` },
    { title: t('crm.sum'), isNumber: true, cell: row => format.money(Number(row.price) * Number(row.quantity), item.currencyId) },
  ], ownedRows(portal, ownerType(entityTypeId), item.id), t('crm.noProducts'))
}

export function stageHistory({ portal, t, format }: ScreenContext, entityTypeId: number, item: Item): Markup {
  return grid<Item>([
    { title: t('tools.time'), cell: move => format.moment(move.createdTime) },
    { title: t('crm.stage'), isMain: true, cell: move => stageOf(portal, entityTypeId, move)?.name ?? String(move.stageId) },
  ], stageMoves(portal, entityTypeId, item.id).reverse(), t('crm.noHistory'))
}

export function companyDeals({ portal, viewer, t, format }: ScreenContext, company: Item): Markup {
  const { items } = findRecords(portal, viewer.user, {
    entityTypeId: 2,
    matches: read => Number(read('companyId')) === company.id,
    page: 1,
    pageSize: 50,
  })
  return grid<Item>([
    { title: t('crm.deal'), isMain: true, cell: deal => html`<a href="${recordPath(2, deal.id)}" data-slider>${recordTitle(2, deal)}</a>` },
    { title: t('crm.stage'), cell: deal => stageOf(portal, 2, deal)?.name },
    { title: t('crm.amount'), isNumber: true, cell: deal => format.money(deal.opportunity, deal.currencyId) },
    { title: t('crm.close'), cell: deal => format.day(deal.closedate) },
  ], items, t('crm.noRecords'))
}

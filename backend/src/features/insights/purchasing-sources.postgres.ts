import { sql, type RawBuilder } from 'kysely'
import { addDays } from '@comptoir/shared/insights/calendar'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { isOfVisible } from '../../platform/access/vendor-gate.postgres.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { isDayIn, type Split } from './closed-deals.postgres.ts'
import { isOfLockedVendor, unlocked } from './lock.postgres.ts'
import { purchaseSource } from './purchase-records.postgres.ts'
import type { Narrowed, Rank, RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'
import { spendByVendor } from './spend.postgres.ts'

export const byDay = (column: RawBuilder<unknown>): Rank =>
  ({ order: column, value: sql`(${column} - date '1900-01-01')`, from: rank => sql`(date '1900-01-01' + ${rank}::integer)` })

/** Vendors with a purchase in the period, each worth what was spent with it. */
export function vendorSource(metric: MetricDefinition, ask: Ask, { leftOut }: Narrowed): RecordSource {
  if (leftOut === 'without_rate' || leftOut === 'without_deal')
    return purchaseSource(ask, { leftOut })
  const isAmount = metric.measure === 'amount'
  return {
    entity: 'vendor',
    rank: { order: sql`k.amount`, value: sql`k.amount`, from: rank => sql`${rank}::bigint` },
    id: sql`k.vendor_id`,
    idType: 'uuid',
    worth: isAmount ? sql`k.amount` : sql`1`,
    isFavourable: sql`false`,
    from: sql`(${spendByVendor(ask)}) k`,
    where: leftOut === 'not_positive'
      ? sql`k.records > k.unpriced and k.amount <= 0`
      : isAmount ? sql`k.records > k.unpriced and k.amount > 0` : sql`true`,
    key: () => sql`null::text`,
  }
}

/**
 * Invoices and instalments that are owed: issued in the period, or not paid on its last day. Credit notes are no debt of
 * any age: where it matters what is late, they stand apart, as in the ageing of the payments.
 */
export function payableSource(metric: MetricDefinition, ask: Ask, { vendorId, age, leftOut }: Narrowed): RecordSource {
  const end = owedEnd(ask)
  const isAged = metric.favourable === 'overdue' || metric.timeBasis === 'overdue'
  const ageOf = sql<string>`case when p.amount_minor < 0 then 'credits' else ${ageOn(end, sql`p.due_on`)} end`
  const isOverdue = sql<boolean>`p.due_on < ${end}::date - 1`
  const isTimely = metric.timeBasis === 'issued'
    ? isDayIn(ask.range, sql`p.issued_on`)
    : sql`p.issued_on < ${end}::date and (p.paid_on is null or p.paid_on >= ${end}::date) and ${metric.timeBasis === 'overdue' ? isOverdue : sql`true`}`
  return {
    entity: 'payable',
    rank: byDay(metric.timeBasis === 'issued' ? sql`p.issued_on` : sql`p.due_on`),
    id: sql`p.payable_id`,
    idType: 'uuid',
    worth: sql`p.amount_base_minor`,
    isFavourable: metric.favourable === 'overdue' ? isOverdue : sql`false`,
    from: sql`payables p`,
    where: sql`p.portal_id = ${ask.portalId} and p.status <> 'cancelled' and ${isTimely} and ${isAged ? sql`p.amount_minor >= 0` : sql`true`}
      and ${isSeen(ask, sql`p.vendor_id`, 'prices')} and ${isOfAsked(ask, sql`p.vendor_id`, isOfInvoicedDeal)}
      and ${vendorId === undefined ? sql`true` : sql`p.vendor_id = ${vendorId}::uuid`} and ${age === undefined ? sql`true` : sql`${ageOf} = ${age}`}
      and p.amount_base_minor is ${leftOut === 'without_rate' ? sql`null` : sql`not null`}`,
    key: split => split.kind === 'age' ? ageOf : keyOfVendor(split, sql`p.vendor_id`, sql`p.issued_on`),
  }
}

/** How long it has been due on the last day, as the ageing of the payments parts it. */
export const ageOn = (end: string, dueOn: RawBuilder<unknown>): RawBuilder<string> => sql`case
  when ${dueOn} is null then 'none' when ${dueOn} >= ${end}::date - 1 then 'not_due' when ${dueOn} >= ${end}::date - 31 then 'days_1_30'
  when ${dueOn} >= ${end}::date - 61 then 'days_31_60' when ${dueOn} >= ${end}::date - 91 then 'days_61_90' else 'days_over_90' end`

/** The day after the period's last, or after today while it runs. */
export const owedEnd = ({ range, today }: Ask): string => {
  const tomorrow = addDays(today, 1)
  return range.to === null || range.to > tomorrow ? tomorrow : range.to
}

/** Order lines whose first promise fell in the period and is over; today's can still be kept. */
export function orderLineSource(ask: Ask, { vendorId, leftOut }: Narrowed): RecordSource {
  const isTimely = leftOut === 'not_promised'
    ? sql`l.promised_on is null and ${isDayIn(ask.range, sql`o.ordered_on`)}`
    : sql`l.promised_on < ${ask.today}::date and ${isDayIn(ask.range, sql`l.promised_on`)}`
  return {
    entity: 'order_line',
    rank: byDay(leftOut === 'not_promised' ? sql`o.ordered_on` : sql`l.promised_on`),
    id: sql`l.line_id`,
    idType: 'uuid',
    worth: sql`1`,
    isFavourable: sql`coalesce((select sum(r.quantity) from goods_receipt_lines r
      join goods_receipts g on g.portal_id = r.portal_id and g.receipt_id = r.receipt_id
      where r.portal_id = l.portal_id and r.line_id = l.line_id and g.received_on <= l.promised_on), 0) >= l.quantity`,
    from: sql`purchase_order_lines l join purchase_orders o on o.portal_id = l.portal_id and o.order_id = l.order_id`,
    where: sql`l.portal_id = ${ask.portalId} and not l.is_cancelled and l.quantity > 0 and o.status in ('confirmed', 'closed') and ${isTimely}
      and ${isSeen(ask, sql`l.vendor_id`, 'scores')} and ${isOfAsked(ask, sql`l.vendor_id`, free => isOfAskedDeal(free, sql`o.deal_id`))}
      and ${vendorId === undefined ? sql`true` : sql`l.vendor_id = ${vendorId}::uuid`}`,
    key: split => keyOfVendor(split, sql`l.vendor_id`, sql`l.promised_on`),
  }
}

export const isSeen = ({ portalId, viewer }: Ask, vendor: RawBuilder<unknown>, group: 'prices' | 'scores'): RawBuilder<boolean> =>
  isOfVisible({ portal: { id: portalId }, viewer }, vendor, { group })

/** On a company's page what was bought from it counts, whatever the deal. */
export const isOfAsked = (ask: Ask, vendor: RawBuilder<unknown>, isOfDeal: (ask: Ask) => RawBuilder<boolean>): RawBuilder<boolean> => ask.lock?.kind === 'company'
  ? sql`${isOfLockedVendor(ask.lock, vendor)} and ${isOfDeal(unlocked(ask))}`
  : isOfDeal(ask)

/** What belongs to people and pipelines does so through its deal alone. */
export const isOfAskedDeal = (ask: Ask, dealId: RawBuilder<unknown>): RawBuilder<boolean> => isUnfiltered(ask)
  ? sql`true`
  : sql`coalesce((select true from crm_deals d where d.portal_id = ${ask.portalId} and d.deal_id = ${dealId}
      and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}), false)`

const isOfInvoicedDeal = (ask: Ask): RawBuilder<boolean> => isOfAskedDeal(ask, sql`(
  select coalesce(i.deal_id, o.deal_id) from vendor_invoices i
    left join purchase_orders o on o.portal_id = i.portal_id and o.order_id = i.order_id
  where i.portal_id = p.portal_id and i.invoice_id = p.invoice_id)`)

export function keyOfVendor(split: Split, vendor: RawBuilder<unknown>, day: RawBuilder<unknown>): RawBuilder<string | null> {
  if (split.kind === 'time')
    return sql`date_trunc(${sql.lit(split.bucket)}, ${day})::date::text`
  return split.kind === 'vendor' ? sql`${vendor}::text` : sql`null::text`
}

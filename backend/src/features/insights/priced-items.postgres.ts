import { sql, type RawBuilder } from 'kysely'
import { addMonths } from '@comptoir/shared/insights/calendar'
import type { LeftOutReason, Measure, MetricDefinition } from '@comptoir/shared/insights/metric'
import type { Ask } from './ask.ts'
import { isDayIn, type Split } from './closed-deals.postgres.ts'
import { purchaseSource } from './purchase-records.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isSpendOf } from './spend.postgres.ts'

/** As in the report on prices. */
const referenceMonths = 12

const worths: Partial<Record<Measure, RawBuilder<number>>> = {
  saving: sql`greatest(-round(k.amount - k.reference), 0)`,
  overspend: sql`greatest(round(k.amount - k.reference), 0)`,
  reference_cost: sql`round(k.reference)`,
}

/** Items of a vendor that were invoiced in the period; those without a price of before are left out as such. */
export function pricedItemSource({ measure }: MetricDefinition, ask: Ask, { vendorId, leftOut }: Narrowed): RecordSource {
  if (leftOut !== undefined && leftOut !== 'without_reference')
    return leftOutLines(ask, { vendorId, leftOut })
  const worth = worths[measure] ?? sql`0`
  // What weighs most stands first; without a reference that is what was spent.
  const rank = leftOut === undefined ? worth : sql<number>`k.amount`
  return {
    entity: 'priced_item',
    rank: { order: rank, value: sql`(${rank})::bigint`, from: rank => sql`${rank}::bigint` },
    id: sql`k.item_id`,
    idType: 'uuid',
    worth,
    isFavourable: sql`false`,
    from: sql`(${pricedItems(ask)}) k`,
    where: sql`k.reference is ${leftOut === undefined ? sql`not null` : sql`null`} and ${vendorId === undefined ? sql`true` : sql`k.vendor_id = ${vendorId}::uuid`}`,
    key: (split: Split) => split.kind === 'vendor' ? sql`k.vendor_id::text` : sql`null::text`,
  }
}

const invoicedLine = sql`vendor_invoice_lines l join vendor_invoices i on i.portal_id = l.portal_id and i.invoice_id = l.invoice_id and i.kind = 'invoice'
  left join purchase_order_lines o on o.portal_id = l.portal_id and o.line_id = l.order_line_id`
const item = sql`coalesce(l.item_code, o.item_code)`
const hasItem = sql`(${item} is not null and l.quantity > 0)`

/** What the period's quantities cost, and would have cost at the mean price of the twelve months before. */
export function pricedItems(ask: Ask): RawBuilder<unknown> {
  const { from, to } = ask.range
  const isNow = from === null ? sql`true` : sql`p.spent_on >= ${from}::date`
  return sql`
    select md5(vendor_id::text || '/' || item)::uuid as item_id, vendor_id, max(item_name) filter (where is_now) as item_name,
      sum(amount) filter (where is_now)::bigint as amount,
      sum(amount) filter (where not is_now) * sum(quantity) filter (where is_now) / sum(quantity) filter (where not is_now) as reference
    from (
      select p.vendor_id, ${item} as item, coalesce(o.item_name, l.description) as item_name, l.quantity, p.amount_base_minor as amount, ${isNow} as is_now
      from purchases p join (${invoicedLine}) on l.portal_id = p.portal_id and l.invoice_line_id = p.invoice_line_id
      where p.portal_id = ${ask.portalId} and ${isDayIn({ from: from && addMonths(from, -referenceMonths), to }, sql`p.spent_on`)}
        and ${isSpendOf(ask)} and ${hasItem} and p.amount_base_minor is not null
    ) lines group by vendor_id, item having bool_or(is_now)`
}

/** Invoiced lines of the period that name no item, or have no rate. */
function leftOutLines(ask: Ask, { vendorId, leftOut }: { vendorId: string | undefined, leftOut: LeftOutReason }): RecordSource {
  const source = purchaseSource(ask, { vendorId, leftOut })
  return {
    ...source,
    where: sql`${source.where} and exists (select from ${invoicedLine}
      where l.portal_id = p.portal_id and l.invoice_line_id = p.invoice_line_id and ${leftOut === 'without_item' ? sql`not ${hasItem}` : hasItem})`,
  }
}

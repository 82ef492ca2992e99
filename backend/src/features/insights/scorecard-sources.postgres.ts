import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { defaultSettings } from '@comptoir/shared/scorecards/settings'
import type { Ask } from './ask.ts'
import { isDayIn } from './closed-deals.postgres.ts'
import { byDay, isOfAsked, isOfAskedDeal, isSeen, keyOfVendor, owedEnd } from './purchasing-sources.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'

/** Vendors as they stood at the last month's end that the period has reached; a score that somebody adjusted is the one that holds. */
export function scoredVendorSource(metric: MetricDefinition, ask: Ask, { leftOut }: Narrowed): RecordSource {
  const score = sql<number>`coalesce((select c.adjusted_score from score_comments c where c.portal_id = s.portal_id and c.snapshot_id = s.snapshot_id and c.kind = 'adjustment'
    order by c.created_at desc, c.comment_id limit 1), s.score)`
  return {
    entity: 'scored_vendor',
    rank: { order: sql`k.score_rank`, value: sql`k.score_rank`, from: rank => sql`${rank}::bigint` },
    id: sql`k.vendor_id`,
    idType: 'uuid',
    worth: metric.measure === 'score' ? sql`k.score` : sql`1`,
    isFavourable: metric.favourable === 'critical' ? sql`k.standing = 'Critique'` : sql`false`,
    // A cursor holds whole numbers: a millionth of a point tells scores apart.
    from: sql`(select s.vendor_id, s.standing, ${score} as score, coalesce(round(${score} * 1000000), 0)::bigint as score_rank from scorecard_snapshots s
      where s.portal_id = ${ask.portalId} and s.month = ${scoredMonth(ask)} and ${isSeen(ask, sql`s.vendor_id`, 'scores')} and ${isOfAsked(ask, sql`s.vendor_id`, () => sql`true`)}) k`,
    where: sql`k.score is ${leftOut === undefined ? sql`not null` : sql`null`}`,
    key: () => sql`null::text`,
  }
}

/** The last month that was written whole and had ended by the period's last day. */
export const scoredMonth = (ask: Ask): RawBuilder<string> => sql`(
  select max(m.month) from scorecard_months m where m.portal_id = ${ask.portalId} and m.month + interval '1 month' <= ${owedEnd(ask)}::date)`

/** Invoices beside what was ordered, by the rule and the tolerance of the scorecards. */
export function vendorInvoiceSource(ask: Ask, { vendorId, leftOut }: Narrowed): RecordSource {
  return {
    entity: 'vendor_invoice',
    rank: byDay(sql`i.issued_on`),
    id: sql`i.invoice_id`,
    idType: 'uuid',
    worth: sql`1`,
    isFavourable: sql`not k.is_wrong`,
    from: sql`vendor_invoices i cross join lateral (${comparison(ask)}) k`,
    where: sql`i.portal_id = ${ask.portalId} and i.kind = 'invoice' and i.status in ('registered', 'disputed')
      and i.issued_on <= ${ask.today}::date and ${isDayIn(ask.range, sql`i.issued_on`)}
      and ${isSeen(ask, sql`i.vendor_id`, 'prices')} and ${isOfAsked(ask, sql`i.vendor_id`, free => isOfAskedDeal(free, dealOfInvoice))}
      and ${vendorId === undefined ? sql`true` : sql`i.vendor_id = ${vendorId}::uuid`} and ${verdicts[leftOut ?? '']}`,
    key: split => keyOfVendor(split, sql`i.vendor_id`, sql`i.issued_on`),
  }
}

const verdicts: Partial<Record<NonNullable<Narrowed['leftOut']> | '', RawBuilder<boolean>>> = {
  '': sql`(k.is_wrong or k.is_judged)`,
  'without_rate': sql`(not k.is_wrong and k.has_no_rate)`,
  'not_comparable': sql`(not k.is_wrong and not k.has_no_rate and not k.is_judged)`,
}

const dealOfInvoice = sql`coalesce(i.deal_id, (select o.deal_id from purchase_orders o where o.portal_id = i.portal_id and o.order_id = i.order_id))`

/** Of all lines of an invoice. Sums of decimals in binary are compared with a little air, as in the scorecards. */
const comparison = ({ portalId }: Ask): RawBuilder<unknown> => sql`
  select coalesce(bool_or(c.is_unknown or c.is_off), false) as is_wrong, coalesce(bool_or(c.has_no_rate), false) as has_no_rate,
    coalesce(bool_and(not c.is_unpriced and not c.has_no_rate), false) as is_judged
  from (
    select w.is_unknown, not w.is_unknown and w.price is null as is_unpriced,
      not w.is_unknown and w.price is not null and (w.expected is null or w.invoiced is null) as has_no_rate,
      coalesce(abs(w.invoiced - w.expected) > greatest(abs(w.expected) * ${tolerance(portalId, 'invoiceTolerancePercent')} / 100, ${tolerance(portalId, 'invoiceToleranceAmount')}) + 1e-9 * greatest(1, abs(w.expected)), false) as is_off
    from (
      select o.order_id is null as is_unknown, p.unit_price as price, p.unit_price * l.quantity * exchange_rate_on(o.portal_id, o.currency, o.ordered_on) as expected,
        l.net_minor / power(10::numeric, currency_exponent(i.currency)) * exchange_rate_on(o.portal_id, i.currency, o.ordered_on) as invoiced
      from vendor_invoice_lines l
        left join purchase_order_lines p on p.portal_id = l.portal_id and p.line_id = l.order_line_id and p.vendor_id = i.vendor_id
        left join purchase_orders o on o.portal_id = p.portal_id and o.order_id = p.order_id and o.status <> 'draft'
      where l.portal_id = i.portal_id and l.invoice_id = i.invoice_id) w) c`

const tolerance = (portalId: number, name: 'invoiceTolerancePercent' | 'invoiceToleranceAmount'): RawBuilder<number> => sql`coalesce((
  select (s.rules -> 'settings' ->> ${sql.lit(name)})::numeric from scorecard_settings s where s.portal_id = ${portalId} order by s.version desc limit 1), ${defaultSettings[name]}::numeric)`

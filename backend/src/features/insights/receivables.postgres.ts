import { sql, type RawBuilder } from 'kysely'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { isUnfiltered, type Ask } from './ask.ts'
import { isDayIn, type Split } from './closed-deals.postgres.ts'
import { unlocked } from './lock.postgres.ts'
import { ageOn, byDay, owedEnd } from './purchasing-sources.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isAboutPeople, isInPipelines } from './rights.postgres.ts'

/** Its own date, else the day it was written. */
export const invoicedOn = (invoice: RawBuilder<unknown>): RawBuilder<string> =>
  sql`coalesce(${invoice}.issued_on, (${invoice}.created_at at time zone (select p.time_zone from portals p where p.portal_id = ${invoice}.portal_id))::date)`

/** The system's own failed stage, « unpaid », ends in D: such an invoice is still owed. */
const isGivenUp = sql`(i.semantics = 'F' and right(i.stage_id, 2) <> ':D')`

/** What a supplier billed was written into the CRM, too, and then taken over as a purchase: nobody owes it to us. */
const isPurchase = sql`exists (select from vendor_invoices v where v.portal_id = i.portal_id and v.source_key = 'crm:invoice:' || i.invoice_id)`

/** Invoices to customers as the CRM has them: written in the period, or neither paid nor given up on its last day. */
export function receivableSource(metric: MetricDefinition, ask: Ask, { age, leftOut }: Narrowed): RecordSource {
  const day = invoicedOn(sql`i`)
  const end = owedEnd(ask)
  const ageOf = ageOn(end, sql`i.due_on`)
  const isAged = metric.favourable === 'overdue'
  // The CRM dates no payment: an invoice is paid when it enters the stage that says so.
  const isTimely = metric.timeBasis === 'issued'
    ? isDayIn(ask.range, day)
    : sql`${day} < ${end}::date and (i.semantics in ('P', 'F') or (coalesce(i.moved_at, i.created_at) at time zone ${ask.timeZone})::date >= ${end}::date)`
  return {
    entity: 'receivable',
    rank: byDay(metric.timeBasis === 'issued' ? day : sql`coalesce(i.due_on, ${day})`),
    id: sql`i.invoice_id`,
    idType: 'integer',
    worth: sql`i.amount_base_minor`,
    isFavourable: isAged ? sql`i.due_on < ${end}::date - 1` : sql`false`,
    from: sql`crm_invoices i`,
    where: sql`i.portal_id = ${ask.portalId} and not ${isPurchase} and ${isTimely} and ${isOfAsked(ask)} and ${isAged ? isDue(leftOut) : sql`true`} and ${age === undefined ? sql`true` : sql`${ageOf} = ${age}`}
      and ${leftOut === 'given_up' ? isGivenUp : sql`not ${isGivenUp} and i.amount_base_minor is ${leftOut === 'without_rate' ? sql`null` : sql`not null`}`}`,
    key: split => split.kind === 'age' ? ageOf : keyOf(split, day),
  }
}

/** Whether something can be late says its date alone. */
function isDue(leftOut: Narrowed['leftOut']): RawBuilder<boolean> {
  if (leftOut === 'given_up' || leftOut === 'without_rate')
    return sql`true`
  return leftOut === 'without_due_date' ? sql`i.due_on is null` : sql`i.due_on is not null`
}

/** An invoice is its own responsible's; to pipelines and segments it belongs through its deal. */
function isOfAsked(ask: Ask): RawBuilder<boolean> {
  if (isUnfiltered(ask))
    return sql`true`
  if (ask.lock?.kind === 'company')
    return ask.lock.companyId === null ? sql`false` : sql`(i.company_id = ${ask.lock.companyId} and ${isOfAsked(unlocked(ask))})`
  const isOwn = isAboutPeople(ask, sql`i.assigned_by_id`)
  if (ask.categoryIds === null && ask.segment === null)
    return isOwn
  return sql`(${isOwn} and coalesce((select true from crm_deals d where d.portal_id = i.portal_id and d.deal_id = i.deal_id
    and ${isAboutDealsOf({ ...ask, userIds: null })} and ${isInPipelines(ask, sql`d.category_id`)}), false))`
}

function keyOf(split: Split, day: RawBuilder<unknown>): RawBuilder<string | null> {
  if (split.kind === 'time')
    return sql`date_trunc(${sql.lit(split.bucket)}, ${day})::date::text`
  return split.kind === 'responsible' ? sql`coalesce(i.assigned_by_id, 0)::text` : sql`null::text`
}

import { sql, type RawBuilder } from 'kysely'
import type { DealFieldId } from '@comptoir/shared/segments/fields'
import { isVisible } from '../access/deal-gate.postgres.ts'
import { moment, scalar, type SegmentContext, type SqlField, type SqlFields } from './sql-condition.postgres.ts'

/** What a rule can ask of a deal `d`: this list is all that a stored rule can reach. */
const fields: Readonly<Record<DealFieldId, (context: SegmentContext) => SqlField>> = {
  amount: () => scalar(sql`d.amount_base_minor`),
  currency: () => scalar(sql`d.currency`),
  pipeline: () => scalar(sql`d.category_id`),
  stage: () => scalar(sql`d.stage_id`),
  outcome: () => scalar(sql`(case d.semantics when 'S' then 'won' when 'F' then 'lost' else 'open' end)`),
  source: () => scalar(sql`nullif(d.source_id, '')`),
  responsible: () => scalar(sql`nullif(d.assigned_by_id, 0)`),
  department: ({ onlooker }) => ({ has: probe => sql`(d.assigned_by_id in (${peopleUnder(onlooker.portalId, probe)}))` }),
  title: () => scalar(sql`nullif(d.title, '')`),
  created_on: () => moment(sql`d.created_at`),
  closed_on: () => moment(sql`d.closed_at`),
  expected_on: () => scalar(sql`d.closes_on`),
  company: () => scalar(sql`nullif(d.company_id, 0)`),
  company_type: ({ onlooker }) => ({
    has: probe => sql`(d.company_id in (select c.company_id from crm_companies c where c.portal_id = ${onlooker.portalId} and ${probe(sql`nullif(c.type_id, '')`)}))`,
  }),
  product: ({ onlooker }) => ({
    has: probe => sql`(d.deal_id in (select r.deal_id from crm_product_rows r where r.portal_id = ${onlooker.portalId} and ${probe(sql`nullif(r.product_name, '')`)}))`,
  }),
  purchases: context => ({ has: probe => countsOf(context, probe) }),
  returning: context => ({ has: probe => probe(isReturning(context)) }),
  utm_source: () => scalar(sql`nullif(d.utm_source, '')`),
  utm_medium: () => scalar(sql`nullif(d.utm_medium, '')`),
  utm_campaign: () => scalar(sql`nullif(d.utm_campaign, '')`),
}

export const dealFields: SqlFields = ({ field }, context) => fields[field as DealFieldId](context)

/** People of a department that passes, or of one below it. */
const peopleUnder = (portalId: number, probe: (value: RawBuilder<unknown>) => RawBuilder<boolean>): RawBuilder<unknown> => sql`
  with recursive below as (
    select t.department_id from crm_departments t where t.portal_id = ${portalId} and ${probe(sql`t.department_id`)}
    union
    select t.department_id from crm_departments t join below b on t.parent_id = b.department_id where t.portal_id = ${portalId}
  )
  select u.user_id from crm_users u where u.portal_id = ${portalId} and u.department_ids && array(select department_id from below)`

/** Deals won with a company, of those that the onlooker may count: a rule tells nobody of deals that they may not see. */
const wonDeals = ({ onlooker }: SegmentContext): RawBuilder<unknown> => sql`
  crm_deals e where e.portal_id = ${onlooker.portalId} and e.semantics = 'S' and e.company_id > 0 and ${isVisible(onlooker, sql`e.assigned_by_id`)}`

/** How many deals the company has won with us; none is zero, no company is nothing. Sets are read once, not once a deal. */
const countsOf = (context: SegmentContext, probe: (value: RawBuilder<unknown>) => RawBuilder<boolean>): RawBuilder<boolean> => sql`(
  d.company_id in (select e.company_id from ${wonDeals(context)} group by e.company_id having ${probe(sql`count(*)`)})
  or d.company_id > 0 and ${probe(sql`0`)} and d.company_id not in (select e.company_id from ${wonDeals(context)}))`

/** The company had bought before this deal was created. */
const isReturning = (context: SegmentContext): RawBuilder<boolean> => sql`(d.deal_id in (
  select later.deal_id from crm_deals later join (
    select e.company_id, min(e.closed_at) as first_won_at from ${wonDeals(context)} and e.closed_at is not null group by e.company_id
  ) bought on bought.company_id = later.company_id and bought.first_won_at < later.created_at
  where later.portal_id = ${context.onlooker.portalId}))`

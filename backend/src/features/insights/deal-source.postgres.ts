import { sql, type RawBuilder } from 'kysely'
import { addDays, startOfMonth } from '@comptoir/shared/insights/calendar'
import { cohortDays, type Favourable, type LeftOutReason, type Measure, type MetricDefinition, type Outcome } from '@comptoir/shared/insights/metric'
import type { DayRange } from '@comptoir/shared/insights/period'
import type { Ask } from './ask.ts'
import { isClosedIn, isDayIn, isMomentIn, type Split } from './closed-deals.postgres.ts'
import { usesLessons } from './lessons.postgres.ts'
import { marginsAtRisk } from './margin-at-risk.postgres.ts'
import { listedDeals, productDiscounts } from './product-discounts.postgres.ts'
import type { Narrowed, Rank, RecordSource } from './record-page.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

const semanticsOf: Record<Outcome, string> = { won: 'S', lost: 'F', open: 'P' }

/** The deals behind a number, read one by one under the metric's own rule. */
export function dealSource(metric: MetricDefinition, ask: Ask, { stageId, companyId, sourceId, leftOut, isCosted = isOfCosted(metric) && leftOut === undefined }: Narrowed & { readonly isCosted?: boolean }): RecordSource {
  const isKnown = isCosted || isOfProducts(metric) && (leftOut === undefined || leftOut === 'without_rate')
  const worth = worthOf(metric, ask)
  return {
    entity: 'deal',
    rank: rankOf(metric, leftOut),
    id: sql`d.deal_id`,
    idType: 'integer',
    worth,
    isOfDays: metric.unit === 'days',
    isFavourable: isFavourable(metric, ask),
    from: fromOf(metric, ask, isKnown),
    where: sql`d.portal_id = ${ask.portalId} and ${hasOutcome(metric)}
      and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}
      and ${stageId === undefined ? sql`true` : sql`d.stage_id = ${stageId}`}
      and ${companyId === undefined ? sql`true` : companyId > 0 ? sql`d.company_id = ${companyId}` : sql`coalesce(d.company_id, 0) <= 0`}
      and ${sourceId === undefined ? sql`true` : sourceId === 'none' ? sql`coalesce(d.source_id, '') = ''` : sql`d.source_id = ${sourceId}`}
      and ${isTimely(metric, ask, leftOut)} and ${leftOut === undefined ? hasWorth(metric, worth) : isLeftOut(leftOut, metric, ask)}`,
    key: split => keyOfDeal(split, metric, ask),
  }
}

/** Microseconds keep what the database keeps: a cursor in milliseconds would list a deal twice. */
export const byMoment = (column: RawBuilder<unknown>): Rank => ({
  order: column,
  value: sql`(extract(epoch from ${column}) * 1000000)::bigint`,
  from: rank => sql`(timestamptz 'epoch' + ${rank}::bigint * interval '1 microsecond')`,
})

const byAmount: Rank = {
  order: sql`coalesce(d.amount_base_minor, 0)`,
  value: sql`coalesce(d.amount_base_minor, 0)`,
  from: rank => sql`${rank}::bigint`,
}

function rankOf({ timeBasis }: MetricDefinition, leftOut: LeftOutReason | undefined): Rank {
  if (timeBasis === 'closed' && leftOut !== 'undated')
    return byMoment(sql`d.closed_at`)
  return timeBasis === 'created' || timeBasis === 'cohort' ? byMoment(sql`d.created_at`) : byAmount
}

/** Whether it speaks of what the vendors behind a deal cost. */
export const needsCost = (metric: MetricDefinition): boolean => isOfCosted(metric) || metric.favourable === 'with_cost'
/** Whether deals without known costs do not count at all. */
export const isOfCosted = ({ measure }: MetricDefinition): boolean => measure === 'margin' || measure === 'costed'

export const isOfProducts = ({ measure }: MetricDefinition): boolean => measure === 'discount' || measure === 'list_value'

function fromOf(metric: MetricDefinition, ask: Ask, isKnown: boolean): RawBuilder<unknown> {
  if (usesLessons(metric))
    return sql`crm_deals d left join insight_stage_lessons l on l.portal_id = d.portal_id and l.stage_id = d.stage_id`
  if (needsCost(metric))
    // Costs are known of few deals: where only those count, the reading begins with them.
    return isKnown
      ? sql`(select * from (${costs(ask)}) k where k.cost is not null) c join crm_deals d on d.deal_id = c.deal_id`
      : sql`crm_deals d left join (${costs(ask)}) c on c.deal_id = d.deal_id`
  if (metric.measure === 'margin_at_risk')
    return sql`crm_deals d left join (${marginsAtRisk(ask)}) r on r.deal_id = d.deal_id`
  if (isOfProducts(metric))
    return isKnown ? listedDeals(ask) : productDiscounts(ask)
  if (metric.measure === 'first_deal')
    return sql`${firstDeals(ask)} join crm_deals d on d.portal_id = ${ask.portalId} and d.deal_id = f.deal_id`
  if (metric.timeBasis === 'postponed')
    return sql`crm_deals d join (${postponed(ask)}) s on s.deal_id = d.deal_id`
  return sql`crm_deals d`
}

/** What the vendors behind a deal cost, as of the day it closed: actual where known, else planned. Null where one cost is unknown or has no rate. */
const costs = ({ portalId, timeZone }: Ask): RawBuilder<unknown> => sql`
  select v.deal_id, case when bool_and(v.cost is not null) then sum(v.cost)::bigint end as cost from (
    select k.deal_id, crm_base_amount(k.portal_id, coalesce(k.actual_cost_minor, k.planned_cost_minor), k.currency, (w.closed_at at time zone ${timeZone})::date) as cost
    from deal_vendors k join crm_deals w using (portal_id, deal_id) where k.portal_id = ${portalId}) v
  group by v.deal_id`

/** Deals whose plan left the period, how often they were put off from within it, and where the plan stands now. */
const postponed = ({ portalId, range }: Ask): RawBuilder<unknown> => sql`
  select p.deal_id, count(*)::int as moves from crm_deal_plans p
  where p.portal_id = ${portalId} and ${isDayIn(range, sql`p.old_on`)} and (p.new_on is null or p.new_on > p.old_on)
    and ${range.to === null
      ? sql`true`
      : sql`coalesce((select n.new_on from crm_deal_plans n where n.portal_id = p.portal_id and n.deal_id = p.deal_id
          order by n.plan_change_id desc limit 1), 'infinity') >= ${range.to}::date`}
  group by p.deal_id`

/** Each company's first won deal, whoever won it, of those that bought in the period; a deal without company is a customer of its own. */
const firstDeals = ({ portalId, range, timeZone }: Ask): RawBuilder<unknown> => sql`(
  select e.deal_id from (
    select company_id from insight_customer_months
    where portal_id = ${portalId} and deal_count > 0 and ${isDayIn({ from: null, to: range.to }, sql`month`)}
    group by company_id having ${range.from === null ? sql`true` : sql`min(month) >= ${startOfMonth(range.from)}::date`}) c
    cross join lateral (
      select deal_id, closed_at from crm_deals
      where portal_id = ${portalId} and company_id = c.company_id and semantics = 'S' and closed_at is not null order by closed_at, deal_id limit 1) e
  where ${isMomentIn(range, timeZone, sql`e.closed_at`)}
  union all
  select deal_id from crm_deals where portal_id = ${portalId} and semantics = 'S' and (company_id is null or company_id = 0) and ${isClosedIn(range, timeZone)}) f`

// One outcome as an equation: the index then gives the order too.
function hasOutcome({ outcomes }: MetricDefinition): RawBuilder<boolean> {
  const [first, ...others] = outcomes.map(outcome => semanticsOf[outcome])
  if (others.length === 2)
    return sql`true`
  return others.length === 0 ? sql`d.semantics = ${first}` : sql`d.semantics = any(${[first, ...others]}::text[])`
}

const closedOn = ({ timeZone }: Ask): RawBuilder<string> => sql`(d.closed_at at time zone ${timeZone})::date`
const createdOn = ({ timeZone }: Ask): RawBuilder<string> => sql`(d.created_at at time zone ${timeZone})::date`
const cycleDays = (ask: Ask): RawBuilder<number> => sql`(${closedOn(ask)} - ${createdOn(ask)})`

/** Of what was done for a deal: what came after its end has changed nothing. */
export const completedWithin = sql<boolean>`a.owner_type_id = 2 and a.is_completed and a.created_at between d.created_at and d.closed_at`
const activities = sql<number>`(select count(*)::integer from crm_activities a where a.portal_id = d.portal_id and a.owner_id = d.deal_id and ${completedWithin})`

/** Of deals that the CRM never moved, since they were created. */
const stageDays = ({ today, timeZone }: Ask): RawBuilder<number> => sql`greatest(0, ${today}::date - (coalesce(d.moved_at, d.created_at) at time zone ${timeZone})::date)`

const worths: Partial<Record<Measure, (ask: Ask) => RawBuilder<number>>> = {
  amount: () => sql`d.amount_base_minor`,
  costed: () => sql`d.amount_base_minor`,
  cycle_days: cycleDays,
  weighted: () => sql`(d.amount_base_minor * l.chance / 1000.0)`,
  moves: () => sql`s.moves`,
  margin: () => sql`(d.amount_base_minor - c.cost)`,
  margin_at_risk: () => sql`r.worth`,
  activities: () => activities,
  stage_days: stageDays,
  discount: () => sql`p.discount`,
  list_value: () => sql`p.list_value`,
}

const worthOf = ({ measure }: MetricDefinition, ask: Ask): RawBuilder<number> => worths[measure]?.(ask) ?? sql`1`

const parts: Partial<Record<Favourable, (ask: Ask) => RawBuilder<boolean>>> = {
  won: () => sql`d.semantics = 'S'`,
  won_early: ask => sql`coalesce(d.semantics = 'S' and ${cycleDays(ask)} <= ${cohortDays}, false)`,
  stale: ({ now }) => sql`coalesce(extract(epoch from ${now}::timestamptz - coalesce(d.moved_at, d.created_at)) / 86400.0 > l.stay_days, false)`,
  with_cost: () => sql`c.cost is not null`,
}

const isFavourable = ({ favourable }: MetricDefinition, ask: Ask): RawBuilder<boolean> => (favourable && parts[favourable]?.(ask)) ?? sql`false`

/** The last day on which a deal may have been created to be judged by now, as the end of a range. */
export const judgedRange = ({ range, today }: Ask): DayRange => {
  const end = addDays(today, 1 - cohortDays)
  return { from: range.from, to: range.to === null || range.to > end ? end : range.to }
}

export const youngRange = ({ range, today }: Ask): DayRange => {
  const start = addDays(today, 1 - cohortDays)
  return { from: range.from === null || range.from < start ? start : range.from, to: range.to }
}

function isTimely({ timeBasis }: MetricDefinition, ask: Ask, leftOut: LeftOutReason | undefined): RawBuilder<boolean> {
  const created = (range: DayRange): RawBuilder<boolean> => isMomentIn(range, ask.timeZone, sql`d.created_at`)
  if (timeBasis === 'closed')
    return leftOut === 'undated' ? sql`d.closed_at is null` : isClosedIn(ask.range, ask.timeZone)
  if (timeBasis === 'planned')
    return leftOut === 'unplanned' ? sql`d.closes_on is null` : isDayIn(ask.range, sql`d.closes_on`)
  if (timeBasis === 'cohort')
    return created(leftOut === 'too_young' ? youngRange(ask) : judgedRange(ask))
  return timeBasis === 'created' ? created(ask.range) : sql`true`
}

const alwaysKnown: readonly Measure[] = ['one', 'first_deal', 'moves', 'activities', 'stage_days']

function hasWorth({ measure, favourable }: MetricDefinition, worth: RawBuilder<number>): RawBuilder<boolean> {
  if (favourable === 'stale')
    return sql`l.stay_days is not null`
  if (measure === 'cycle_days')
    return sql`${worth} >= 0`
  if (measure === 'costed')
    return sql`c.cost is not null and ${worth} is not null`
  return alwaysKnown.includes(measure) ? sql`true` : sql`${worth} is not null`
}

function isWithoutRate(metric: MetricDefinition): RawBuilder<boolean> {
  if (metric.measure === 'margin_at_risk')
    return sql`r.deal_id is not null and r.worth is null`
  return isOfProducts(metric) ? sql`p.listed is not null and p.list_value is null` : sql`d.amount_minor is not null and d.amount_base_minor is null`
}

const reasons: Partial<Record<LeftOutReason, (metric: MetricDefinition, ask: Ask) => RawBuilder<boolean>>> = {
  without_amount: () => sql`d.amount_minor is null`,
  without_rate: isWithoutRate,
  without_list_price: () => sql`p.listed is null`,
  closed_before_created: (_metric, ask) => sql`${cycleDays(ask)} < 0`,
  stage_unknown: ({ measure }) => measure === 'weighted' ? sql`d.amount_base_minor is not null and l.chance is null` : sql`l.stay_days is null`,
  without_cost: ({ measure }) => measure === 'margin_at_risk' ? sql`r.deal_id is null` : sql`d.amount_base_minor is not null and c.cost is null`,
  without_company: () => sql`coalesce(d.company_id, 0) <= 0`,
  // The moment has said it already.
  undated: () => sql`true`,
  too_young: () => sql`true`,
  unplanned: () => sql`true`,
}

const isLeftOut = (reason: LeftOutReason, metric: MetricDefinition, ask: Ask): RawBuilder<boolean> => reasons[reason]?.(metric, ask) ?? sql`false`

function keyOfDeal(split: Split, { timeBasis }: MetricDefinition, ask: Ask): RawBuilder<string | null> {
  const day = timeBasis === 'planned' ? sql`d.closes_on` : timeBasis === 'created' || timeBasis === 'cohort' ? createdOn(ask) : closedOn(ask)
  switch (split.kind) {
    case 'time': return sql`date_trunc(${sql.lit(split.bucket)}, ${day})::date::text`
    case 'pipeline': return sql`d.category_id::text`
    case 'responsible': return sql`coalesce(d.assigned_by_id, 0)::text`
    case 'stage': return sql`d.stage_id`
    case 'customer': return sql`greatest(0, coalesce(d.company_id, 0))::text`
    case 'source': return sql`coalesce(nullif(d.source_id, ''), 'none')`
    case 'vendor':
    case 'age':
    case 'channel':
    case 'campaign':
    case 'none': return sql`null::text`
  }
}

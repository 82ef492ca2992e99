import { sql, type RawBuilder } from 'kysely'
import { startOfMonth } from '@comptoir/shared/insights/calendar'
import type { Measure, MetricDefinition, MissingReason } from '@comptoir/shared/insights/metric'
import { dealScopeKey } from '../../platform/access/deal-gate.postgres.ts'
import { systemUserId } from '../../platform/access/vendor-gate.postgres.ts'
import type { Ask } from './ask.ts'
import { isCellOf } from './closed-deals.postgres.ts'
import type { RecordSource } from './record-page.postgres.ts'
import { byDay } from './purchasing-sources.postgres.ts'

/** Forecasts are kept of all pipelines or of one: of people or segments there are none. */
export const forecastObstacle = ({ subject }: Pick<MetricDefinition, 'subject'>, { userIds, categoryIds, segment, lock }: Ask): MissingReason | null =>
  subject === 'forecast' && (userIds !== null || (categoryIds?.length ?? 1) > 1 || segment !== null || lock !== null) ? 'forecast_filters' : null

const worths: Partial<Record<Measure, RawBuilder<number>>> = {
  forecast_outcome: sql`k.came`,
  forecast_deviation: sql`abs(k.said - k.came)`,
  forecast_excess: sql`(k.said - k.came)`,
}

/** Months that lie whole in the period and are over, each with the last forecast that was made before it began to count. */
export function forecastSource({ measure }: MetricDefinition, ask: Ask): RecordSource {
  return {
    entity: 'forecast',
    rank: byDay(sql`k.month`),
    id: sql`k.snapshot_id`,
    idType: 'uuid',
    worth: worths[measure] ?? sql`0`,
    isFavourable: sql`false`,
    from: sql`(${metForecasts(ask)}) k`,
    where: sql`k.came is not null`,
    key: split => split.kind === 'time' ? sql`date_trunc(${sql.lit(split.bucket)}, k.month)::date::text` : sql`null::text`,
  }
}

const metForecasts = (ask: Ask): RawBuilder<unknown> => sql`
  select f.snapshot_id, f.from_month as month, (f.months -> 0 ->> 'point')::numeric as said, w.came from (
    select distinct on (from_month) * from forecast_snapshots
    where portal_id = ${ask.portalId} and user_id in (${ask.viewer.userId}, ${systemUserId}) and metric = 'revenue_won' and category_id is not distinct from ${ask.categoryIds?.[0] ?? null}::integer
      and currency = ${ask.currency} and coalesce(scope_key = ${dealScopeKey(ask)}, true) and from_month < ${startOfMonth(ask.today)}::date
      and ${ask.range.from === null ? sql`true` : sql`from_month >= ${ask.range.from}::date`} and ${ask.range.to === null ? sql`true` : sql`from_month + interval '1 month' <= ${ask.range.to}::date`}
    order by from_month, made_at desc) f
  cross join lateral (${revenueOf(ask, sql`f.from_month`)}) w`

/** As the forecast is shown it: null where nothing that was won could be priced. */
const revenueOf = (ask: Ask, month: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select case when coalesce(sum(deal_count), 0) > coalesce(sum(without_amount + without_rate), 0) or coalesce(sum(deal_count), 0) = 0
    then coalesce(sum(amount_base_minor), 0)::bigint end as came
  from insight_deal_days
  where portal_id = ${ask.portalId} and ${isCellOf(ask, { kind: 'none' })} and outcome = 'won' and day >= ${month} and day < ${month} + interval '1 month'`

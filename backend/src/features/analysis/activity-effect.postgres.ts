import { sql, type RawBuilder } from 'kysely'
import type { ActivityEffect, ActivityEffectQuery } from '@comptoir/shared/analysis/analysis.contract'
import { countBands, responseBands } from '@comptoir/shared/analysis/activity-bands'
import { addDays } from '@comptoir/shared/insights/calendar'
import { wilsonInterval } from '@comptoir/shared/scorecards/wilson'
import { segmentCondition } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { askedDeals, askedPeriod, isWithin, type Reader } from './asked-deals.postgres.ts'

const dealType = 2

interface Row { readonly key: string, readonly won: number, readonly lost: number, readonly won_days: number | null }

/** Deals that ended in the period, by what was done for them between creation and end: what came later has changed nothing. */
export async function readActivityEffect(db: Database, reader: Reader, query: ActivityEffectQuery, now: Date): Promise<ActivityEffect> {
  const period = askedPeriod(query, reader, now)
  const portalId = reader.portal.id
  const segment = await segmentCondition(db, { ...reader, now }, query.segmentId)
  const [{ rows }, any] = await Promise.all([
    sql<Row>`
      with ended as (
        select d.deal_id, d.semantics, d.created_at, d.closed_at from crm_deals d
        where ${askedDeals(reader, query, segment)} and d.semantics in ('S', 'F') and d.closed_at >= d.created_at and ${isWithin(sql`d.closed_at`, period)}
      ), done as (
        select e.deal_id, count(*) as activities, min(a.created_at) as first_at
        from ended e join crm_activities a on a.portal_id = ${portalId} and a.owner_type_id = ${dealType} and a.owner_id = e.deal_id
          and a.created_at >= e.created_at and a.created_at <= e.closed_at
        group by e.deal_id
      )
      select ${keyOf(query.by)} as key, count(*) filter (where semantics = 'S')::int as won, count(*) filter (where semantics = 'F')::int as lost,
        percentile_cont(0.5) within group (order by extract(epoch from closed_at - created_at) / 86400) filter (where semantics = 'S')::float8 as won_days
      from ended left join done using (deal_id) group by 1`.execute(db),
    db.selectFrom('crm_activities').select('activity_id').where('portal_id', '=', portalId).where('owner_type_id', '=', dealType).limit(1).executeTakeFirst(),
  ])
  const { from, to } = period.range
  const found = new Map(rows.map(row => [row.key, row]))
  return {
    days: { from, to: to && addDays(to, -1) },
    by: query.by,
    isKnown: any !== undefined,
    groups: keysOf(query.by).flatMap(key => found.has(key) ? [groupOf(found.get(key)!)] : []),
  }
}

function groupOf({ key, won, lost, won_days }: Row): ActivityEffect['groups'][number] {
  const interval = wilsonInterval(won / (won + lost || 1), won + lost)
  return { key, won, lost, rate: won + lost > 0 ? won / (won + lost) : null, low: interval?.[0] ?? null, high: interval?.[1] ?? null, medianWonDays: won_days }
}

const keysOf = (by: ActivityEffectQuery['by']): readonly string[] => {
  if (by === 'presence')
    return ['without', 'with']
  return by === 'count' ? countBands.map(String) : [...responseBands.map(String), 'never']
}

/** The band's lower end; of the first answer in hours after creation. */
function keyOf(by: ActivityEffectQuery['by']): RawBuilder<string> {
  if (by === 'presence')
    return sql`case when activities > 0 then 'with' else 'without' end`
  return by === 'count'
    ? sql`(select max(band)::text from unnest(${[...countBands]}::integer[]) band where band <= coalesce(activities, 0))`
    : sql`coalesce((select max(band)::text from unnest(${[...responseBands]}::integer[]) band where band <= extract(epoch from first_at - created_at) / 3600), 'never')`
}

import { sql } from 'kysely'
import type { Conversion, ConversionQuery, StageConversion } from '@comptoir/shared/analysis/analysis.contract'
import { medianStay } from '@comptoir/shared/analysis/kaplan-meier'
import { addDays } from '@comptoir/shared/insights/calendar'
import { wilsonInterval } from '@comptoir/shared/scorecards/wilson'
import { segmentCondition } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { askedDeals, askedPeriod, isWithin, type Reader } from './asked-deals.postgres.ts'

const dealType = 2

/** Entries into a stage that went the same way, counted by the database: a million deals are not a million rows here. */
interface Entries {
  readonly stage_id: string
  readonly is_judged: boolean
  readonly has_passed: boolean
  readonly has_won: boolean
  readonly has_lost: boolean
  readonly is_there: boolean
  readonly days: number
  readonly count: number
}

/**
 * Deals that entered a stage for the first time in the period, and what became of them within the horizon. A later
 * stage or a win passes, however many stages were skipped. Nobody is judged before the horizon is over: those who have
 * already moved on would count and those of the same age who have not would be missing, and every rate would be too high.
 */
export async function readConversion(db: Database, reader: Reader, query: ConversionQuery, now: Date): Promise<Conversion> {
  const period = askedPeriod(query, reader, now)
  const portalId = reader.portal.id
  const [pipelines, stages, entries, oldest] = await Promise.all([
    db.selectFrom('crm_categories').select(['category_id', 'name']).where('portal_id', '=', portalId).where('entity_type_id', '=', dealType).orderBy('sort').orderBy('category_id').execute(),
    db.selectFrom('crm_stages').select(['stage_id', 'name']).where('portal_id', '=', portalId).where('entity_type_id', '=', dealType)
      .where('category_id', '=', query.categoryId).where('semantics', '=', 'P').orderBy('sort').orderBy('stage_id').execute(),
    readEntries(db, reader, query, now),
    sql<{ day: string | null }>`select (min(at) at time zone ${reader.portal.timeZone})::date::text as day from crm_stage_changes where portal_id = ${portalId}`.execute(db),
  ])
  const { from, to } = period.range
  return {
    days: { from, to: to && addDays(to, -1) },
    pipelines: pipelines.map(({ category_id, name }) => ({ categoryId: category_id, name })),
    stages: stages.map(({ stage_id, name }) =>
      ({ stageId: stage_id, name, ...conversionOf(entries.filter(entry => entry.stage_id === stage_id)) })),
    historyFrom: oldest.rows[0]?.day ?? null,
  }
}

async function readEntries(db: Database, reader: Reader, query: ConversionQuery, now: Date): Promise<Entries[]> {
  const portalId = reader.portal.id
  const segment = await segmentCondition(db, { ...reader, now }, query.segmentId)
  const horizon = sql`${query.horizonDays} * interval '1 day'`
  const { rows } = await sql<Entries>`
    with stages as (
      select stage_id, sort, semantics from crm_stages where portal_id = ${portalId} and entity_type_id = ${dealType} and category_id = ${query.categoryId}
    ), entries as (
      select c.deal_id, c.stage_id, s.sort, min(c.at) as at
      from crm_stage_changes c join stages s using (stage_id)
        join crm_deals d on d.portal_id = c.portal_id and d.deal_id = c.deal_id
      where c.portal_id = ${portalId} and c.category_id = ${query.categoryId} and s.semantics = 'P' and c.at <= ${now} and ${askedDeals(reader, query, segment)}
      group by 1, 2, 3
    ), ways as (
      select e.stage_id, e.at, min(c.at) as left_at,
        min(c.at) filter (where s.semantics = 'S' or s.semantics = 'P' and s.sort > e.sort) <= e.at + ${horizon} as has_passed,
        min(c.at) filter (where s.semantics = 'S') <= e.at + ${horizon} as has_won,
        min(c.at) filter (where s.semantics = 'F') <= e.at + ${horizon} as has_lost
      from entries e
        left join crm_stage_changes c on c.portal_id = ${portalId} and c.deal_id = e.deal_id and c.at >= e.at and c.at <= ${now} and c.stage_id <> e.stage_id
        left join stages s on s.stage_id = c.stage_id
      where ${isWithin(sql`e.at`, askedPeriod(query, reader, now))}
      group by e.deal_id, e.stage_id, e.at
    ), stays as (
      select stage_id, coalesce(has_passed, false) as has_passed, coalesce(has_won, false) as has_won, coalesce(has_lost, false) as has_lost, left_at is null as is_there,
        ${now} >= at + ${horizon} as is_judged,
        (extract(epoch from coalesce(left_at, ${now}) - at) / 86400)::numeric as days
      from ways
    )
    select stage_id, is_judged, has_passed, has_won, has_lost, is_there, round(days, case when days < 10 then 2 else 1 end)::float8 as days, count(*)::int as count
    from stays group by 1, 2, 3, 4, 5, 6, 7`.execute(db)
  return rows
}

function conversionOf(entries: readonly Entries[]): Omit<StageConversion, 'stageId' | 'name'> {
  const total = (isOne: (entry: Entries) => boolean): number => entries.reduce((sum, entry) => isOne(entry) ? sum + entry.count : sum, 0)
  const judged = total(({ is_judged }) => is_judged)
  const passed = total(({ is_judged, has_passed }) => is_judged && has_passed)
  const interval = wilsonInterval(passed / (judged || 1), judged)
  return {
    entered: total(() => true),
    judged,
    passed,
    won: total(({ is_judged, has_won }) => is_judged && has_won),
    lost: total(({ is_judged, has_lost, has_won }) => is_judged && has_lost && !has_won),
    passRate: judged > 0 ? passed / judged : null,
    passLow: interval?.[0] ?? null,
    passHigh: interval?.[1] ?? null,
    medianDays: medianStay(entries.map(({ days, is_there, count }) => ({ days, isCensored: is_there, count }))),
    stillThere: total(({ is_there }) => is_there),
  }
}

import { sql } from 'kysely'
import type { Conversion, ConversionQuery, StageConversion } from '@comptoir/shared/analysis/analysis.contract'
import { medianStay } from '@comptoir/shared/analysis/kaplan-meier'
import { addDays } from '@comptoir/shared/insights/calendar'
import { wilsonInterval } from '@comptoir/shared/scorecards/wilson'
import { segmentCondition } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { askedDeals, askedPeriod, isWithin, type Reader } from './asked-deals.postgres.ts'

const dealType = 2

interface Entry {
  readonly stage_id: string
  readonly at: Date
  /** When it went on to a later stage, won, lost, or anywhere else; null when it has not. */
  readonly passed_at: Date | null
  readonly won_at: Date | null
  readonly lost_at: Date | null
  readonly left_at: Date | null
}

/**
 * Deals that entered a stage for the first time in the period, and what became of them within the horizon. A later
 * stage or a win passes, however many stages were skipped; a deal that is still there before its horizon is over is not judged.
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
      ({ stageId: stage_id, name, ...conversionOf(entries.filter(entry => entry.stage_id === stage_id), { horizonMs: query.horizonDays * dayMs, now }) })),
    historyFrom: oldest.rows[0]?.day ?? null,
  }
}

async function readEntries(db: Database, reader: Reader, query: ConversionQuery, now: Date): Promise<Entry[]> {
  const portalId = reader.portal.id
  const segment = await segmentCondition(db, { ...reader, now }, query.segmentId)
  const { rows } = await sql<Entry>`
    with stages as (
      select stage_id, sort, semantics from crm_stages where portal_id = ${portalId} and entity_type_id = ${dealType} and category_id = ${query.categoryId}
    ), entries as (
      select c.deal_id, c.stage_id, s.sort, min(c.at) as at
      from crm_stage_changes c join stages s using (stage_id)
        join crm_deals d on d.portal_id = c.portal_id and d.deal_id = c.deal_id
      where c.portal_id = ${portalId} and c.category_id = ${query.categoryId} and s.semantics = 'P' and c.at <= ${now} and ${askedDeals(reader, query, segment)}
      group by 1, 2, 3
    )
    select e.stage_id, e.at, n.passed_at, n.won_at, n.lost_at, n.left_at
    from entries e cross join lateral (
      select min(c.at) filter (where s.semantics = 'S' or s.semantics = 'P' and s.sort > e.sort) as passed_at,
        min(c.at) filter (where s.semantics = 'S') as won_at,
        min(c.at) filter (where s.semantics = 'F') as lost_at,
        min(c.at) filter (where c.stage_id <> e.stage_id) as left_at
      from crm_stage_changes c left join stages s using (stage_id)
      where c.portal_id = ${portalId} and c.deal_id = e.deal_id and c.at >= e.at and c.at <= ${now} and c.stage_id <> e.stage_id
    ) n
    where ${isWithin(sql`e.at`, askedPeriod(query, reader, now))}`.execute(db)
  return rows
}

const dayMs = 86_400_000

function conversionOf(entries: readonly Entry[], { horizonMs, now }: { horizonMs: number, now: Date }): Omit<StageConversion, 'stageId' | 'name'> {
  const inTime = (entry: Entry, at: Date | null): boolean => at !== null && at.getTime() - entry.at.getTime() <= horizonMs
  const isJudged = (entry: Entry): boolean => inTime(entry, entry.passed_at) || inTime(entry, entry.lost_at) || now.getTime() - entry.at.getTime() >= horizonMs
  const judged = entries.filter(isJudged)
  const passed = judged.filter(entry => inTime(entry, entry.passed_at)).length
  const interval = wilsonInterval(passed / (judged.length || 1), judged.length)
  return {
    entered: entries.length,
    judged: judged.length,
    passed,
    won: judged.filter(entry => inTime(entry, entry.won_at)).length,
    lost: judged.filter(entry => inTime(entry, entry.lost_at) && !inTime(entry, entry.won_at)).length,
    passRate: judged.length > 0 ? passed / judged.length : null,
    passLow: interval?.[0] ?? null,
    passHigh: interval?.[1] ?? null,
    medianDays: medianStay(entries.map(({ at, left_at }) => ({ days: ((left_at ?? now).getTime() - at.getTime()) / dayMs, isCensored: left_at === null }))),
    stillThere: entries.filter(({ left_at }) => left_at === null).length,
  }
}

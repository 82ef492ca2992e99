import { sql } from 'kysely'
import { forecastMetrics } from '@comptoir/shared/forecasts/forecast-metrics'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import { systemUserId } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

/** Nobody reads so many; a portal of thousands must not foretell each month for all of them. */
const mostFollowers = 50

/** The figures that tell how good forecasts were. */
const accuracyMetrics = metricDefinitions.map(({ id }) => id).filter(id => id.startsWith('forecast_'))

/**
 * Whose own forecasts are foretold each month: those who looked at one within a year, who watch a figure that can be
 * forecast, and who have or receive a dashboard that tells how good forecasts were.
 */
export async function readFollowers(db: Database, portalId: number, now: Date): Promise<number[]> {
  const { rows } = await sql<{ user_id: number }>`
    with telling as (
      select b.board_id, b.owner_id from boards b
        join board_versions v on v.portal_id = b.portal_id and v.board_id = b.board_id and v.version = b.version
      where b.portal_id = ${portalId} and b.deleted_at is null
        and exists (select from jsonb_array_elements(v.spec -> 'tiles') as tile where tile ->> 'metricId' = any(${accuracyMetrics}::text[]))
    ), reports as (
      select s.owner_id, s.recipients from report_schedules s join telling t on s.source ->> 'boardId' = t.board_id::text
      where s.portal_id = ${portalId} and not s.is_paused
    )
    select user_id from (
      select user_id from forecast_snapshots where portal_id = ${portalId} and made_at > ${now}::timestamptz - interval '1 year'
      union select owner_user_id from watches where portal_id = ${portalId} and is_on and metric = any(${[...forecastMetrics]}::text[])
      union select owner_id from telling
      union select s.subject_id from board_shares s join telling t on t.board_id = s.board_id where s.portal_id = ${portalId} and s.subject_kind = 'user'
      union select owner_id from reports
      union select (one ->> 'id')::integer from reports, jsonb_array_elements(recipients) as one where one ->> 'kind' = 'user'
    ) f where user_id <> ${systemUserId} order by user_id limit ${mostFollowers}`.execute(db)
  return rows.map(({ user_id }) => user_id)
}

/** While the deals are being read for the first time, or again, months tell less than they held. */
export async function hasReadDeals(db: Database, portalId: number): Promise<boolean> {
  const state = await db.selectFrom('sync_states').select('mode').where('portal_id', '=', portalId).where('entity', '=', 'deals').executeTakeFirst()
  return state?.mode === 'incremental'
}

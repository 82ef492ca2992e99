import type { ColumnType, Generated } from 'kysely'
import type { ForecastMethod, ForecastMetric, ForecastMonth } from '@comptoir/shared/forecasts/forecast.contract'
import type { Levers } from '@comptoir/shared/scenarios/scenario'

/** jsonb: read as a value, written as JSON text. */
type Stored<T> = ColumnType<T, string, string>

export interface ForecastTables {
  forecast_snapshots: {
    portal_id: number
    snapshot_id: Generated<string>
    user_id: number
    metric: ForecastMetric
    category_id: number | null
    from_month: string
    series_hash: string
    currency: string | null
    method: ForecastMethod
    months: Stored<readonly ForecastMonth[]>
    paths: Stored<Partial<Record<ForecastMethod, readonly number[]>>>
    scope_key: string | null
    made_at: Generated<Date>
  }
  /** What `pipeline-lessons.postgres.ts` of the forecasts learned; -1: every pipeline. */
  pipeline_lessons: {
    portal_id: number
    category_id: number
    learned_at: Date
    lessons: Stored<unknown>
  }
  scenarios: {
    portal_id: number
    scenario_id: Generated<string>
    owner_user_id: number
    name: string
    levers: Stored<Levers>
    lost_vendor_id: string | null
    assumed_ratio: number | null
    assumed_customer_days: number | null
    is_shared: Generated<boolean>
    version: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
}

import type { Generated } from 'kysely'
import type { Json } from './portals.ts'

export interface ScorecardTables {
  scorecard_settings: {
    portal_id: number
    version: number
    rules: Json
    created_at: Generated<Date>
    created_by: number | null
  }
  scorecard_snapshots: {
    portal_id: number
    snapshot_id: Generated<string>
    vendor_id: string
    month: string
    score: number | null
    coverage: number
    standing: string
    month_score: number | null
    is_active: boolean
    figures: Json
    inputs_hash: string
    formula_version: number
    settings_version: number
    created_at: Generated<Date>
  }
  scorecard_months: {
    portal_id: number
    month: string
    vendor_count: number
    written_at: Generated<Date>
  }
  score_comments: {
    portal_id: number
    comment_id: Generated<string>
    snapshot_id: string
    vendor_id: string
    kind: 'contest' | 'answer' | 'adjustment'
    body: string
    on_behalf_of: string | null
    evidence_link: string | null
    computed_score: number | null
    adjusted_score: number | null
    created_at: Generated<Date>
    created_by: number | null
  }
  score_weight_profiles: {
    portal_id: number
    profile_id: Generated<string>
    name: string
    weights: Json
    is_shared: Generated<boolean>
    owner_user_id: number
    created_at: Generated<Date>
  }
  vendor_standings: {
    portal_id: number
    vendor_id: string
    standing: string
    score: number | null
    since: string
  }
  vendor_fraud_alerts: {
    portal_id: number
    fraud_alert_id: Generated<string>
    vendor_id: string
    reason: string
    opened_at: Generated<Date>
    opened_by: number | null
    closed_at: Date | null
    closed_by: number | null
    closing_reason: string | null
  }
}

export interface DataQualityTables {
  quality_stage_limits: {
    portal_id: number
    stage_id: string
    limit_seconds: number
    worked_out_at: Date
  }
}

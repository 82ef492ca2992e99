/** Kept up by triggers on crm_deals; nobody else writes them. -1 in a key stands for all. */
export interface InsightTables {
  insight_deal_days: {
    portal_id: number
    assigned_by_id: number
    category_id: number
    outcome: 'won' | 'lost'
    day: string
    deal_count: number
    amount_base_minor: number
    without_amount: number
    without_rate: number
  }
  insight_deal_cycles: {
    portal_id: number
    assigned_by_id: number
    category_id: number
    span: 'day' | 'month'
    first_day: string
    cycle_days: number
    deal_count: number
  }
  insight_open_deals: {
    portal_id: number
    category_id: number
    stage_id: string
    assigned_by_id: number
    deal_count: number
    amount_base_minor: number
    without_amount: number
    without_rate: number
  }
}

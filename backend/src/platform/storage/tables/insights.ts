import type { ColumnType, Generated } from 'kysely'

/** Kept up by triggers on crm_deals and crm_leads; nobody else writes them. -1 in a key stands for all. */
export interface InsightTables {
  insight_deal_days: {
    portal_id: number
    assigned_by_id: number
    category_id: number
    outcome: 'won' | 'lost' | 'created' | 'won_early'
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
  insight_customer_months: {
    portal_id: number
    month: string
    company_id: number
    deal_count: number
    priced_count: number
    amount_base_minor: number
  }
  insight_deal_amounts: {
    portal_id: number
    month: string
    bucket: number
    deal_count: number
  }
  insight_listed_deals: {
    portal_id: number
    deal_id: number
    day: string
    list_value_minor: number | null
    discount_minor: number | null
  }
  insight_listed_days: {
    portal_id: number
    day: string
    deal_count: number
    without_rate: number
    list_value_minor: number
    discount_minor: number
  }
  insight_activity_days: {
    portal_id: number
    day: string
    activity_count: number
  }
  insight_origin_days: {
    portal_id: number
    kind: 'won' | 'lead'
    day: string
    origin: string
    source_id: string
    utm_source: string
    utm_campaign: string
    record_count: number
    amount_base_minor: number
    without_amount: number
    without_rate: number
  }
  crm_deal_plans: {
    portal_id: number
    plan_change_id: Generated<number>
    deal_id: number
    old_on: string
    new_on: string | null
    at: Generated<Date>
  }
  insight_stage_lessons: {
    portal_id: number
    stage_id: string
    passed: number
    won: number
    chance: number
    stay_days: number | null
  }
  insight_lessons: {
    portal_id: number
    learned_at: Date
  }
  sales_targets: {
    portal_id: number
    month: string
    amount_minor: number
    updated_at: Generated<Date>
    updated_by: number | null
  }
  /** What `kept-answers.postgres.ts` of the platform counted. */
  answer_readers: {
    portal_id: number
    question: string
    user_id: number
    department_ids: number[]
    asked_at: Date
  }
  kept_answers: {
    portal_id: number
    question: string
    counted_at: Date
    answer: ColumnType<unknown, string, string>
  }
}

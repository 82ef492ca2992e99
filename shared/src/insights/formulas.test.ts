import { describe, expect, it } from 'vitest'
import { nothingGiven, type Given, type MetricId } from './metric.ts'
import { metricCatalogue, metricDefinitions } from './metric-catalogue.ts'
import { monthsUsed } from './metrics/receivables.ts'
import { daysOutstanding } from './metrics/spend.ts'
import { concentrationOf } from '../spend-reports/concentration.ts'
import { tallyOf, valueOf } from './tally.ts'

const given = (values: Partial<Record<MetricId, number>>, { target = 'no_target', days = null, history = 0, monthsBack = [], before = values }: Partial<Omit<Given, 'value' | 'opening'>> & { before?: Partial<Record<MetricId, number>> } = {}): Given =>
  ({ ...nothingGiven, value: id => values[id] ?? 0, opening: id => before[id] ?? 0, target, days, history, monthsBack })
const combine = (id: MetricId, what: Given) => metricCatalogue[id].combine!(what)

describe('a formula', () => {
  it('of sales velocity gives the published example: 100 × 25 % × 50,000 ÷ 60 days', () => {
    const velocity = combine('sales_velocity', given({ deals_open: 100, win_rate: 0.25, average_deal: 50_000, sales_cycle: 60 }))
    expect(Math.floor(velocity as number)).toBe(20_833)
    expect(combine('sales_velocity', given({ deals_open: 3, win_rate: 1, average_deal: 100, sales_cycle: 0 }))).toBe('nothing_to_divide')
  })

  it('of coverage divides by what is left of the target, and has nothing to say once it is reached', () => {
    expect(combine('coverage', given({ pipeline_planned: 300, revenue_won: 40 }, { target: 140 }))).toBe(3)
    expect(combine('coverage', given({ pipeline_planned: 300, revenue_won: 140 }, { target: 140 }))).toBe('target_reached')
    expect(combine('coverage', given({ pipeline_planned: 300 }, { target: 'target_for_all' }))).toBe('target_for_all')
  })

  it('of days outstanding gives the published example: 4 of 16 million in a year are 91.25 days', () => {
    expect(daysOutstanding(4_000_000, 16_000_000, 365)).toBe(91.25)
    expect(combine('dpo', given({ payables_open: 4, payables_issued: 16 }, { days: 365 }))).toBe(91.25)
    expect(combine('dpo', given({ payables_open: 4, payables_issued: 0 }, { days: 30 }))).toBe('nothing_to_divide')
    expect(combine('dso', given({ receivables_open: 4, receivables_issued: 16 }, { days: 365 }))).toBe(91.25)
  })

  it('of days outstanding takes the middle of what was owed before the period and at its end', () => {
    expect(combine('dso', given({ receivables_open: 6, receivables_issued: 12 }, { days: 90, before: { receivables_open: 2 } }))).toBe(30)
    expect(combine('dpo', given({ payables_open: 6, payables_issued: 12 }, { days: 90, before: { payables_open: 2 } }))).toBe(30)
  })

  it('of net and gross retention takes expansion in or leaves it out', () => {
    const moved = { recurring_start: 1000, recurring_expansion: 150, recurring_contraction: 50, recurring_churn: 100 }
    expect(combine('nrr', given(moved))).toBe(1)
    expect(combine('grr', given(moved))).toBe(0.85)
    expect(combine('nrr', given({}))).toBe('nothing_to_divide')
  })

  it('of a customer’s value stops at five years, and refuses less than two years of data or a margin of nothing', () => {
    const year = { revenue_per_customer: 1000_00, deal_margin: 40, costed_revenue: 100, churn: 0.25 }
    const of = (values: Partial<Record<MetricId, number>>, history = 24) => combine('clv', given({ ...year, ...values }, { days: 365.25, history }))
    expect(of({})).toBeCloseTo(1600_00, 6)
    expect(of({ churn: 0.1 })).toBeCloseTo(2000_00, 6)
    expect(of({ churn: 0 })).toBeCloseTo(2000_00, 6)
    expect(of({}, 23)).toBe('short_history')
    expect(of({ deal_margin: 0 })).toBe('no_margin')
  })

  it('of CAC payback counts the months of margin that a customer costs', () => {
    const values = { revenue_per_customer: 1200, deal_margin: 50, costed_revenue: 100, ad_spend: 3000, paid_customers: 10 }
    expect(combine('cac_payback', given(values, { days: 365.25 }))).toBeCloseTo(6, 9)
    expect(combine('cac_payback', given({ ...values, deal_margin: -1 }, { days: 365.25 }))).toBe('no_margin')
    expect(combine('cac_payback', given({ ...values, paid_customers: 0 }, { days: 365.25 }))).toBe('nothing_to_divide')
  })

  it('of days outstanding by count-back uses up the latest months first', () => {
    const monthsBack = [{ days: 30, value: 500 }, { days: 31, value: 400 }, { days: 28, value: 1000 }]
    const of = (receivables_open: number) => combine('dso_count_back', given({ receivables_open }, { monthsBack }))
    expect([of(0), of(250), of(500), of(600), of(1900)]).toEqual([0, 15, 30, 37.75, 89])
    expect(of(1901)).toBe('beyond_history')
    expect([0, 500, 600, 5000].map(owed => monthsUsed(owed, monthsBack))).toEqual([0, 1, 2, 3])
  })

  it('adds what is won to the weighted pipeline', () => {
    expect(combine('pipeline_weighted_won', given({ pipeline_weighted: 5, revenue_won: 7 }))).toBe(12)
  })

  it('of price variance takes what was saved off what was overspent, over the same quantities at their former price', () => {
    expect(combine('price_variance', given({ price_overspend: 300, savings: 100, reference_cost: 4000 }))).toBe(0.05)
    expect(combine('price_variance', given({ price_overspend: 0, savings: 0, reference_cost: 0 }))).toBe('nothing_to_divide')
  })

  it('of forecast accuracy divides what was missed by what came', () => {
    expect(combine('forecast_wape', given({ forecast_deviation: 30, forecast_outcome: 120 }))).toBe(0.25)
    expect(combine('forecast_bias', given({ forecast_excess: -12, forecast_outcome: 120 }))).toBe(-0.1)
    expect(combine('forecast_wape', given({ forecast_deviation: 30 }))).toBe('nothing_to_divide')
  })

  it('is the only kind of metric without records of its own, and names what it is made of', () => {
    for (const { id, drill, subject, aggregate, combine: rule, ingredients } of metricDefinitions) {
      expect([drill === 'ingredients', subject === 'formula', aggregate === 'formula', rule !== null], id).toEqual(Array(4).fill(ingredients.length > 0))
      expect(ingredients.every(ingredient => metricCatalogue[ingredient].drill === 'records'), id).toBe(true)
    }
  })
})

describe('concentration of spend', () => {
  it('is the same index and the same largest share as in the purchasing reports', () => {
    for (const totals of [[500], [100, 100, 100, 100], [900, 50, 30, 20], [33_333, 12, 1]]) {
      const tally = tallyOf(totals.map(worth => ({ worth, isFavourable: false })))
      const report = concentrationOf(totals)!
      expect(valueOf(metricCatalogue.spend_hhi, tally)).toBeCloseTo(report.index, 6)
      expect(valueOf(metricCatalogue.top_vendor_share, tally)).toBeCloseTo(report.largestShare / 100, 9)
      expect(valueOf(metricCatalogue.top_three_share, tally)).toBeCloseTo(report.threeLargestShare / 100, 9)
      expect(combine('effective_vendors', given({ spend_hhi: report.index }))).toBeCloseTo(report.effectiveVendors, 9)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricIds } from './metric.ts'
import { metricCatalogue, metricDefinitions } from './metric-catalogue.ts'
import { addTallies, changeOf, emptyTally, medianOf, tallyOf, valueOf } from './tally.ts'

const contributions = fc.array(fc.record({ worth: fc.integer({ min: 0, max: 400 }), isFavourable: fc.boolean() }), { maxLength: 60 })
const { revenue_won, deals_won, win_rate, win_rate_value, average_deal, sales_cycle, sales_cycle_mean, pipeline_open } = metricCatalogue

describe('a metric', () => {
  it('is defined once for every id', () => {
    expect(metricDefinitions.map(({ id }) => id).sort()).toEqual([...metricIds].sort())
  })

  it('says zero for an empty sum of deals and nothing for an empty rate, mean, median, margin or spend', () => {
    for (const metric of metricDefinitions) {
      const isKnown = metric.aggregate === 'sum' && ['deal', 'lead'].includes(metric.subject) && !['margin', 'margin_at_risk', 'costed', 'discount', 'list_value'].includes(metric.measure)
      expect(valueOf(metric, emptyTally), metric.id).toBe(isKnown || ['payables_overdue', 'recurring_expansion', 'recurring_contraction', 'recurring_churn'].includes(metric.id) ? 0 : null)
    }
  })

  it('does not call a sum zero when there are records that cannot be priced', () => {
    expect(valueOf(revenue_won, { ...emptyTally, leftOut: { without_rate: 2 } })).toBeNull()
    expect(valueOf(pipeline_open, { ...emptyTally, leftOut: { without_amount: 1 } })).toBeNull()
    expect(valueOf(revenue_won, { ...emptyTally, leftOut: { undated: 1 } })).toBe(0)
  })

  it('computes rates, means and medians from the same records', () => {
    const won = (worth: number) => ({ worth, isFavourable: true })
    const lost = (worth: number) => ({ worth, isFavourable: false })
    const ones = tallyOf([won(1), won(1), won(1), lost(1)])
    const amounts = tallyOf([won(600), lost(200)])
    expect(valueOf(win_rate, ones)).toBe(0.75)
    expect(valueOf(deals_won, tallyOf([won(1), won(1)]))).toBe(2)
    expect(valueOf(win_rate_value, amounts)).toBe(0.75)
    expect(valueOf(average_deal, tallyOf([won(100), won(101)]))).toBe(101)
    expect(valueOf(sales_cycle, tallyOf([won(3), won(10), won(400)]))).toBe(10)
    expect(valueOf(sales_cycle_mean, tallyOf([won(3), won(10)]))).toBe(6.5)
  })

  it('has no rate by value where nothing was worth anything', () => {
    expect(valueOf(win_rate_value, tallyOf([{ worth: 0, isFavourable: false }]))).toBeNull()
  })
})

describe('tallies', () => {
  it('add up to the tally of all their records', () => {
    fc.assert(fc.property(contributions, contributions, (a, b) => {
      const together = tallyOf([...a, ...b], { undated: 3 })
      const added = addTallies([tallyOf(a, { undated: 1 }), tallyOf(b, { undated: 2 })])
      for (const metric of metricDefinitions) {
        const [sum, whole] = [valueOf(metric, added), valueOf(metric, together)]
        expect(sum === null, metric.id).toBe(whole === null)
        expect(sum ?? 0, metric.id).toBeCloseTo(whole ?? 0, 9)
      }
      expect(added.leftOut).toEqual(together.leftOut)
    }))
  })

  it('give the median that sorting gives', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 80 }), (days) => {
      const sorted = days.toSorted((a, b) => a - b)
      const middle = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
      expect(medianOf(days.map(day => [day, 1]))).toBe(middle)
    }))
  })
})

describe('a change', () => {
  it('is relative for amounts and in points for shares', () => {
    expect(changeOf(revenue_won, 150, 100)).toBe(0.5)
    expect(changeOf(win_rate, 0.6, 0.5)).toBeCloseTo(0.1)
  })

  it('is unknown without a before, or from nothing', () => {
    expect(changeOf(revenue_won, 150, null)).toBeNull()
    expect(changeOf(revenue_won, 150, 0)).toBeNull()
    expect(changeOf(revenue_won, null, 100)).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.ts'
import { isActive, monthPeriod, scoreOverTime } from './months.ts'
import { aDocument, anOrder, aReceipt, aSupplier } from './testing/a-document.ts'

describe('scores over time', () => {
  it('let a month weigh half as much every three months', () => {
    const months = [{ month: '2026-06-01', score: 90 }, { month: '2026-03-01', score: 60 }, { month: '2026-05-01', score: null }]
    expect(scoreOverTime(months, '2026-06-30', 3)).toBeCloseTo((90 + 0.5 * 60) / 1.5, 10)
  })

  it('are none without a month that has one, and know nothing of later months', () => {
    expect(scoreOverTime([{ month: '2026-07-01', score: 90 }], '2026-06-30', 3)).toBeNull()
  })

  it('judge a line at the end of its month, whatever arrives later', () => {
    const document = aDocument({ orders: [anOrder('1', { promised: '2026-01-30' })], receipts: [aReceipt('1', '2026-02-03', 10)] })
    const [january] = evaluate({ ...document, ...monthPeriod('2026-01-15') })
    expect(january?.measures.otif).toMatchObject({ value: 0, n: 1 })
    expect(january?.measures.meanDaysLate.value).toBe(1)
    const [february] = evaluate({ ...document, ...monthPeriod('2026-02-01') })
    expect(february?.measures.otif.n).toBe(0)
    expect(february?.measures.ppm.n).toBe(1)
  })

  it('leave months out in which there are only papers', () => {
    const suppliers = [aSupplier('A', { requirements: [{ type: 'kbis', documents: [{ verified: true }] }] })]
    const [card] = evaluate({ ...aDocument({ suppliers }), ...monthPeriod('2026-02-28') })
    expect(card?.criteria.compliance.raw).toBe(100)
    expect(isActive(card!.criteria)).toBe(false)
  })
})

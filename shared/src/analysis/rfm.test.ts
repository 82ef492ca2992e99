import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rfmOf, type CustomerHistory } from './rfm.ts'

const customer = (recencyDays: number, frequency: number, monetaryMinor: number): CustomerHistory => ({ recencyDays, frequency, monetaryMinor })

describe('RFM', () => {
  it('splits into fifths, the most recent, most frequent and largest first', () => {
    const customers = Array.from({ length: 10 }, (_, at) => customer(at * 30, 10 - at, (10 - at) * 1000))
    expect(rfmOf(customers).map(({ recency, frequency, monetary }) => [recency, frequency, monetary])).toEqual(
      [5, 5, 4, 4, 3, 3, 2, 2, 1, 1].map(score => [score, score, score]))
    expect(rfmOf(customers).map(({ segment }) => segment)).toEqual(['champions', 'champions', 'champions', 'champions', 'loyal', 'loyal', 'dormant', 'dormant', 'dormant', 'dormant'])
  })

  it('names those who bought much and not lately, and those who came lately for little', () => {
    const customers = [customer(400, 20, 90_000), customer(1, 1, 100), customer(200, 5, 5_000), customer(150, 6, 6_000), customer(100, 7, 7_000)]
    const [lost, fresh] = rfmOf(customers)
    expect(lost?.segment).toBe('at_risk')
    expect(fresh?.segment).toBe('recent')
  })

  it('gives equal customers equal scores', () => {
    expect(new Set(rfmOf(Array.from({ length: 7 }, () => customer(10, 2, 100))).map(score => JSON.stringify(score))).size).toBe(1)
    expect(rfmOf([])).toEqual([])
  })

  it('never scores a more recent customer lower', () => {
    fc.assert(fc.property(fc.array(fc.record({ recencyDays: fc.nat(1000), frequency: fc.nat(50), monetaryMinor: fc.nat(100_000) }), { minLength: 2, maxLength: 50 }), (customers) => {
      const scores = rfmOf(customers)
      for (const [at, one] of customers.entries())
        for (const [other, two] of customers.entries())
          if (one.recencyDays < two.recencyDays)
            expect(scores[at]!.recency).toBeGreaterThanOrEqual(scores[other]!.recency)
    }), { numRuns: 40 })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessHoursBetween, wallTime } from './business-hours.ts'
import { documentScores } from './document-output.ts'
import { measureIds } from './measure.ts'
import { readDocument } from './read-document.ts'
import { criterionIds, defaultSettings } from './settings.ts'
import { arbitraryDocument } from './testing/arbitrary-document.ts'
import { plainBusinessHours, plainScores } from './testing/plain-scores.ts'

const near = (value: number | null | undefined, expected: number | null | undefined, name: string): void => {
  if (value === null || expected === null || value === undefined || expected === undefined)
    expect([name, value ?? null]).toEqual([name, expected ?? null])
  else
    expect(Math.abs(value - expected), `${name}: ${value} and ${expected}`).toBeLessThan(1e-7 * Math.max(1, Math.abs(expected)))
}

describe('the score of any document', () => {
  it('is the same by a second way of computing it', () => {
    fc.assert(fc.property(arbitraryDocument, (document) => {
      const plain = plainScores(document)
      for (const card of documentScores(readDocument(document)).suppliers) {
        const expected = plain.get(card.supplier)!
        for (const id of measureIds) {
          near(card.measures[id].value, expected.values[id], id)
          expect([id, card.measures[id].n]).toEqual([id, expected.counts[id]])
        }
        for (const id of criterionIds) {
          near(card.criteria[id].raw, expected.raw[id], `raw ${id}`)
          near(card.criteria[id].score, expected.shrunk[id], `score ${id}`)
          near(card.contributions[id], expected.contributions[id], `contribution ${id}`)
        }
        near(card.score, expected.score, 'score')
        near(card.coverage, expected.coverage, 'coverage')
        expect(card.vetoes).toHaveLength(expected.vetoes)
        expect(card.standing).toBe(expected.standing)
      }
    }), { numRuns: 1000, seed: 20261122 })
  }, 30_000)

  it('has the business hours that a count by quarters has', () => {
    const moment = fc.integer({ min: 0, max: 40 * 96 }).map(quarter => new Date(Date.UTC(2026, 4, 28) + quarter * 9e5).toISOString().slice(0, 16))
    fc.assert(fc.property(moment, moment, (from, to) => {
      expect(businessHoursBetween(wallTime(from), wallTime(to), defaultSettings.businessHours)).toBeCloseTo(plainBusinessHours(from, to), 10)
    }), { numRuns: 100, seed: 1 })
  })
})

import { describe, expect, it } from 'vitest'
import { hasWeight, isSameWeights, rankBy, shareOfWeight } from './ranking.ts'
import { aRankedVendor, aRanking, points } from './testing/scorecard-samples.ts'

const weights = { delivery: 30, quality: 25, price: 20, service: 10, compliance: 15 }

describe('a ranking by weights', () => {
  it('is the portal\'s own with the portal\'s weights', () => {
    const ranking = aRanking()
    expect(rankBy(ranking, weights).map(({ vendor, rank }) => [vendor.name, rank])).toEqual([['Visserie Morel', 1], ['Boulons Durand', 2], ['Sans note', null]])
  })

  it('turns round with other weights', () => {
    const rows = rankBy(aRanking(), { ...weights, delivery: 0, quality: 0, price: 90 })
    expect(rows.map(({ vendor }) => vendor.name)).toEqual(['Boulons Durand', 'Visserie Morel', 'Sans note'])
  })

  it('gives the same rank for the same score, and keeps vetoes', () => {
    const twin = aRankedVendor({ vendorId: 'v9', name: 'Zèbre', criteria: points(100, 100, 100, 100, 100), vetoes: ['fraudAlert'] })
    const rows = rankBy(aRanking({ vendors: [twin, { ...twin, vendorId: 'v8', name: 'Abeille', vetoes: [] }] }), weights)
    expect(rows.map(({ vendor, rank, standing }) => [vendor.name, rank, standing])).toEqual([['Abeille', 1, 'Excellent'], ['Zèbre', 1, 'À surveiller']])
  })

  it('knows when there is nothing to weigh by', () => {
    const none = { delivery: 0, quality: 0, price: 0, service: 0, compliance: 0 }
    expect(hasWeight(none)).toBe(false)
    expect(shareOfWeight(none, 'price')).toBeNull()
    expect(shareOfWeight(weights, 'price')).toBe(0.2)
    expect(isSameWeights(weights, { ...weights })).toBe(true)
  })
})

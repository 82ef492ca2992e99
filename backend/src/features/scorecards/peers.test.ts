import { describe, expect, it } from 'vitest'
import { evaluate, type Scorecard } from '@comptoir/shared/scorecards/evaluate'
import { peersOf, tellableMedians, withoutMedians } from './peers.ts'
import { cardOf } from './card.ts'

/** Vendors of one category who deliver more and more of what they have promised. */
function category(size: number): Map<string, Scorecard> {
  const ids = Array.from({ length: size }, (_, at) => `V${at + 1}`)
  const cards = evaluate({
    asOf: '2026-03-31',
    settings: { weights: { quality: 0, price: 0, service: 0, compliance: 0 } },
    suppliers: ids.map(id => ({ id, category: 'Visserie' })),
    orders: ids.flatMap((id, at) => Array.from({ length: 10 }, (_, line) =>
      ({ line: `${id}-${line}`, supplier: id, item: 'vis', ordered: '2026-01-01', quantity: 1, price: 1, promised: line <= 6 + at ? '2026-02-01' : '2026-01-15' }))),
    receipts: ids.flatMap(id => Array.from({ length: 10 }, (_, line) => ({ line: `${id}-${line}`, on: '2026-02-01', quantity: 1 }))),
    invoices: [],
  })
  return new Map(cards.map(card => [String(card.supplier), card]))
}

describe('a vendor among its category', () => {
  const cards = category(3)
  const best = cards.get('V3')!

  it('has a rank and a median of those that the viewer sees', () => {
    expect(peersOf(cards, best, () => true)).toEqual({ vendorCount: 3, scoredCount: 3, rank: 1, medianScore: cards.get('V2')!.score })
    expect(peersOf(cards, cards.get('V1')!, () => true).rank).toBe(3)
  })

  it('is alone where the others are hidden', () => {
    expect(peersOf(cards, best, id => id === 'V3')).toEqual({ vendorCount: 1, scoredCount: 1, rank: 1, medianScore: best.score })
  })
})

describe('the medians that small samples are drawn to', () => {
  it('are told where every vendor behind them is seen', () => {
    const cards = category(3)
    expect(tellableMedians(cards, cards.get('V1')!, () => true)).toEqual(cards.get('V1')!.medians)
  })

  it('are kept back where one of few is hidden, for they would tell its score', () => {
    const cards = category(4)
    expect(tellableMedians(cards, cards.get('V1')!, id => id !== 'V4').delivery).toBeNull()
    expect(withoutMedians(cardOf(cards.get('V1')!)).medians.delivery).toBeNull()
  })

  it('are told where there are enough to hide among', () => {
    const cards = category(5)
    expect(tellableMedians(cards, cards.get('V1')!, id => id !== 'V4').delivery).toBe(cards.get('V1')!.medians.delivery)
  })
})

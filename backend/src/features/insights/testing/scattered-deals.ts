import type { InsightPortal } from '../ask.ts'
import { aDeal, type DealRow } from './a-portal.ts'

/** Numbers that look random and come out the same on every run (mulberry32). */
export function scattered(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296 * below)
  }
}

const start = Date.parse('2025-02-01T00:00:00Z')

/** Deals with everything that can be wrong with them: no amount, no rate, no day, closed before created, nobody's. */
export function scatteredDeal(portal: InsightPortal, dealId: number, next: (below: number) => number): DealRow {
  const semantics = (['S', 'S', 'F', 'P'] as const)[next(4)]!
  const createdAt = start + next(400 * 24 * 60) * 60_000
  const amount = next(12) === 0 ? null : next(50) * 100 + next(100)
  const isClosed = semantics !== 'P'
  return aDeal(portal, {
    deal_id: dealId,
    semantics,
    category_id: next(3),
    stage_id: isClosed ? semantics === 'S' ? 'WON' : 'LOSE' : `STAGE_${next(4)}`,
    amount_minor: amount,
    amount_base_minor: next(10) === 0 ? null : amount,
    assigned_by_id: next(9) === 0 ? null : 1 + next(5),
    created_at: new Date(createdAt),
    closed_at: isClosed && next(15) > 0 ? new Date(createdAt + (next(100) - 3) * 86_400_000 + next(1440) * 60_000) : null,
    company_id: next(7) === 0 ? null : 1 + next(60),
    closes_on: next(6) === 0 ? null : new Date(createdAt + next(200) * 86_400_000).toISOString().slice(0, 10),
    moved_at: next(4) === 0 ? null : new Date(createdAt + next(80) * 86_400_000),
  })
}

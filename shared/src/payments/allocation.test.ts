import { expect, it } from 'vitest'
import { firstShare, isAllocated, leftToAllocate } from './allocation.ts'

const booking = { amountMinor: -10_000, currency: 'EUR' }
const payables = [
  { payableId: 'a', amountMinor: 6_000, currency: 'EUR' }, { payableId: 'b', amountMinor: 5_001, currency: 'EUR' },
  { payableId: 'credit', amountMinor: -1_001, currency: 'EUR' }, { payableId: 'dollars', amountMinor: 4_000, currency: 'USD' },
]
const given = (...shares: [string, number][]): boolean => isAllocated(booking, shares.map(([payableId, amountMinor]) => ({ payableId, amountMinor })), payables)

it('a booking is given out to the cent, in parts and less credit notes', () => {
  expect([given(['a', 6_000], ['b', 4_000]), given(['a', 6_000], ['b', 5_001], ['credit', -1_001])]).toEqual([true, true])
})
it.each([
  ['a cent short', [['a', 6_000], ['b', 3_999]]], ['more than is owed', [['a', 4_999], ['b', 5_001], ['a', 0]]], ['a payable twice', [['a', 5_000], ['a', 5_000]]],
  ['another currency', [['a', 6_000], ['dollars', 4_000]]], ['a part of a credit note', [['a', 6_000], ['b', 4_500], ['credit', -500]]],
  ['an unknown payable', [['a', 6_000], ['x', 4_000]]], ['nothing', []],
] as [string, [string, number][]][])('a booking is not given out with %s', (_name, shares) => {
  expect(given(...shares)).toBe(false)
})
it('a payable that is added takes what is left, and no more than it is owed', () => {
  expect([leftToAllocate(booking, [{ amountMinor: 6_000 }]), firstShare(4_000, 5_001), firstShare(4_000, 100), firstShare(0, 100), firstShare(4_000, -50)]).toEqual([4_000, 4_000, 100, 100, -50])
})

import { describe, expect, it } from 'vitest'
import { changedKeys, changedParts, nameOf } from './record-change.ts'

const order = { number: 'CF-1', currency: 'EUR', status: 'draft', note: null, lines: ['Vis · 2 × 3'] }

describe('what a save changed', () => {
  it('is the parts that differ, beside what the document is called', () => {
    expect(changedParts(order, { ...order, status: 'confirmed', lines: ['Vis · 3 × 3'] })).toEqual({
      from: { number: 'CF-1', currency: 'EUR', status: 'draft', lines: ['Vis · 2 × 3'] },
      to: { number: 'CF-1', currency: 'EUR', status: 'confirmed', lines: ['Vis · 3 × 3'] },
    })
  })

  it('is nothing where nothing differs, and everything where it came or went', () => {
    expect(changedParts(order, { ...order })).toBeNull()
    expect(changedParts(null, order)).toEqual({ from: null, to: order })
    expect(changedParts(order, null)).toEqual({ from: order, to: null })
  })

  it('knows a name that changed', () => {
    expect(changedKeys(order, { ...order, number: 'CF-2' })).toEqual(['number'])
    expect(nameOf(order)).toBe('CF-1')
  })
})

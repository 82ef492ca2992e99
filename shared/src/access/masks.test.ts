import { describe, expect, it } from 'vitest'
import { seenValue } from './masks.ts'

const closed = { bank: false, prices: false, documents: false }

describe('a value of the history', () => {
  it('of a document of purchasing tells without the right to it that there was one, and not which', () => {
    const order = { number: 'CF-1', currency: 'EUR', status: 'draft' }
    expect(seenValue('order', order, closed)).toEqual({})
    expect(seenValue('order', null, closed)).toBeNull()
    expect(seenValue('order', order, { ...closed, prices: true })).toEqual(order)
  })

  it('of a file follows the right to documents', () => {
    expect(seenValue('file', { name: 'RIB.pdf' }, { ...closed, prices: true })).toEqual({})
    expect(seenValue('file', { name: 'RIB.pdf' }, { ...closed, documents: true })).toEqual({ name: 'RIB.pdf' })
  })
})

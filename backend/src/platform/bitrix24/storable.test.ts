import { describe, expect, it } from 'vitest'
import { parseStorable } from './storable.ts'

describe('an answer of the host', () => {
  it('is what it says', () => {
    expect(parseStorable('{"title":"Café \\ud83d\\ude00","list":[1,null,true]}')).toEqual({ title: 'Café 😀', list: [1, null, true] })
  })

  it('loses zero characters and halves of characters, wherever they stand', () => {
    expect(parseStorable('{"a\\u0000":[{"title":"x\\u0000y \\uD83D"}]}')).toEqual({ a: [{ title: 'xy \uFFFD' }] })
  })
})

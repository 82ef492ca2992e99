import { describe, expect, it } from 'vitest'
import { currencyExponent, toMajor, toMinor } from './money.ts'

describe('money', () => {
  it('keeps the cents that a float would lose', () => {
    expect(toMinor(1.005, 'EUR')).toBe(101)
    expect(toMinor(0.1 + 0.2, 'EUR')).toBe(30)
    expect(toMinor(-1.005, 'EUR')).toBe(-101)
  })

  it('follows the currency', () => {
    expect(currencyExponent('JPY')).toBe(0)
    expect(toMinor(1500, 'JPY')).toBe(1500)
    expect(toMinor(1.2345, 'TND')).toBe(1235)
    expect(toMajor(150_000, 'EUR')).toBe(1500)
  })

  it('treats an unknown currency name as one with cents', () => {
    expect(currencyExponent('not a code')).toBe(2)
  })

  it('has no amount for what is not a number', () => {
    expect(toMinor(Number.NaN, 'EUR')).toBeNull()
    expect(Object.is(toMinor(-0, 'EUR'), 0)).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { parseAmount, writeAmount } from './money-input.ts'

describe('a typed amount', () => {
  it.each([
    ['1250', 125_000], ['1 250,50', 125_050], ['1 250,5 €', 125_050], ['1,250.50', 125_050], ['1.250,50', 125_050],
    ['€1,250.50', 125_050], ['1250,', 125_000], ['1,250', 125_000], ['0', 0], ['0,07', 7], ['1.250.000', 125_000_000],
  ])('reads %s', (text, minor) => {
    expect(parseAmount(text, 'EUR')).toBe(minor)
  })

  it('knows currencies without decimals', () => {
    expect(parseAmount('1 250', 'JPY')).toBe(1_250)
  })

  it('tells nothing typed from nothing understood', () => {
    expect(parseAmount('  ', 'EUR')).toBeNull()
    for (const text of ['abc', '-5', '12,34,56', '1.2.3', '10 fois', '--'])
      expect(parseAmount(text, 'EUR'), text).toBeUndefined()
  })

  it('reads back what it wrote', () => {
    for (const minor of [0, 7, 125_050, 125_000])
      expect(parseAmount(writeAmount({ minor, currency: 'EUR' }, 'fr'), 'EUR')).toBe(minor)
    expect(writeAmount(null, 'fr')).toBe('')
  })
})
